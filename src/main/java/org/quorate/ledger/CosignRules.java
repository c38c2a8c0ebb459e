package org.quorate.ledger;

import static org.quorate.ledger.EntryRules.demand;
import static org.quorate.ledger.EntryRules.read;

import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.JsonException;
import org.quorate.ledger.EntryRules.Effect;
import org.quorate.ledger.LedgerState.Awaited;
import org.quorate.ledger.LedgerState.CosignFact;

/// What makes a co-signature one, and where one must stand.
final class CosignRules {
    private final LedgerState state;

    CosignRules(LedgerState state) {
        this.state = state;
    }

    /// @param due whether it is the co-signature of a key just named, which may be a device's
    Effect judge(Body entry, boolean due) {
        Cosign cosign = read(entry, Rule.COSIGN_DATA, Cosign::fromJson);
        long target = cosign.target();
        demand(target >= 0 && target < entry.seq(), Rule.COSIGN_TARGET, "an earlier entry", target);
        Digest leaf = Digest.ofRaw(state.tree().leaf(target));
        demand(cosign.leaf().equals(leaf), Rule.COSIGN_TARGET, leaf, cosign.leaf());
        Optional<UUID> ceremony = state.ceremonyOf(target);
        demand(
                entry.ceremony().equals(ceremony),
                Rule.COSIGN_CEREMONY,
                ceremony.map(UUID::toString).orElse("null"),
                entry.ceremony().map(UUID::toString).orElse("null"));
        Optional<LedgerKey> key =
                state.keys().counting(cosign.key(), entry.seq()).filter(k -> k.isPerson() || due);
        demand(key.isPresent(), Rule.COSIGN_KEY, "a person's key that counts", cosign.key());
        demand(
                cosign.isSignedBy(key.orElseThrow().spki(), entry.ledger(), ceremony),
                Rule.COSIGN_SIGNATURE,
                "a signature of that key over entry " + target,
                "one that does not hold");
        return known -> known.learn(entry.seq(), new CosignFact(target, cosign.meaning(), cosign.key()));
    }

    /// The entry after a genesis or an added key is a co-signature of it by a key that it names.
    ///
    /// @return what is awaited after this entry
    /// @throws BrokenEntryException when it is another entry
    Awaited next(Body entry) {
        Optional<Cosign> cosign = entry.type() == EntryType.COSIGN ? cosignOf(entry) : Optional.empty();
        return switch (state.awaited()) {
            case Awaited.Nothing nothing -> nothing;
            case Awaited.Founders founders ->
                cosign.filter(c -> c.target() == 0 && c.meaning() == Cosign.Meaning.APPROVE)
                        .map(Cosign::key)
                        .filter(founders.left()::contains)
                        .map(founders::without)
                        .orElseThrow(() -> new BrokenEntryException(
                                Rule.GENESIS_FOUNDERS,
                                "an approval of entry 0 by a founder who has not signed yet",
                                entry.type().wire()));
            case Awaited.OwnCosign(var target, var key) ->
                cosign.filter(c -> c.target() == target && c.key().equals(key))
                        .<Awaited>map(own -> new Awaited.Nothing())
                        .orElseThrow(() -> new BrokenEntryException(
                                Rule.KEY_ADD_OWN_COSIGN,
                                "a co-signature of entry " + target + " by the key it adds",
                                entry.type().wire()));
        };
    }

    private static Optional<Cosign> cosignOf(Body entry) {
        try {
            return Optional.of(Cosign.fromJson(entry.data()));
        } catch (JsonException e) {
            // Its own rules say what is wrong with it.
            return Optional.empty();
        }
    }
}
