package org.quorate.ceremony;

import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Json;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.Operation;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;

/// Where a key on a token comes from, by the entries of all ceremonies.
///
/// @param entry the intent of the act that brought it to the token
/// @param title of the ceremony
/// @param publicKey of a pair, as it was recorded where it was made
/// @param checkValue of a secret key, as it was recorded where it was made
record KeyOrigin(
        Entry entry, String title, String spec, Optional<PublicKey> publicKey, Optional<KeyCheckValue> checkValue) {
    private static final long AT_ONCE = 1_000;

    /// Empty where no ceremony of this ledger brought it there.
    static Optional<KeyOrigin> of(Ledger ledger, String serial, KeyId id) {
        List<Ceremony> spoken = speakingOf(id, ledger);
        return spoken.stream()
                .flatMap(ceremony -> brought(ceremony, serial, id).stream()
                        .map(intent -> new KeyOrigin(
                                intent,
                                ceremony.opening().string("title"),
                                intent.data().string("spec"),
                                recorded(spoken, id, "public_key")
                                        .map(detail -> KeyActs.decode(
                                                Base64.getDecoder().decode(detail.string("spki")))),
                                recorded(spoken, id, "check_value").map(CheckValues::of))))
                .reduce((first, second) -> second);
    }

    private static List<Ceremony> speakingOf(KeyId id, Ledger ledger) {
        var ceremonies = new LinkedHashSet<UUID>();
        long size = ledger.head().size();
        for (long from = 0; from < size; from += AT_ONCE) {
            for (Entry entry : ledger.range(from, Math.min(from + AT_ONCE, size))) {
                if (entry.is(EntryType.INTENT)
                        && entry.data().optionalString("cka_id").equals(Optional.of(id.hex()))) {
                    entry.ceremony().ifPresent(ceremonies::add);
                }
            }
        }
        return ceremonies.stream()
                .map(one -> Ceremony.of(ledger.ofCeremony(one)))
                .toList();
    }

    private static Optional<Entry> brought(Ceremony ceremony, String serial, KeyId id) {
        return brought(ceremony, id).stream()
                .filter(intent -> intent.data().object("token").string("serial").equals(serial))
                .reduce((first, second) -> second);
    }

    private static List<Entry> brought(Ceremony ceremony, KeyId id) {
        return ceremony.runs().stream()
                .flatMap(run -> run.of(EntryType.INTENT).filter(run::happened))
                .filter(intent -> Operation.bringsAKey(intent.data().string("op"))
                        && intent.data().string("cka_id").equals(id.hex()))
                .toList();
    }

    /// What was recorded where the key was made. A copy on another token has the same CKA_ID.
    private static Optional<Json.Obj> recorded(List<Ceremony> spoken, KeyId id, String name) {
        return spoken.stream()
                .flatMap(ceremony -> brought(ceremony, id).stream()
                        .flatMap(
                                intent -> ceremony
                                        .observation(
                                                name,
                                                intent.data().string("key"),
                                                intent.data().string("token_role"))
                                        .stream()))
                .findFirst()
                .map(found -> found.data().object("detail"));
    }
}
