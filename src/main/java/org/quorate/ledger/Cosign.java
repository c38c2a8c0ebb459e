package org.quorate.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;

/// A person's signature over an earlier entry. As the leaf of an entry covers the one before, it commits to everything
/// up to there.
public record Cosign(
        long target, Digest leaf, Meaning meaning, Digest key, CosignAlgorithm algorithm, byte[] signature) {

    /// How everything begins that a card signs for a ledger, of this version or another.
    private static final byte[] DOMAIN = "quorate".getBytes(StandardCharsets.US_ASCII);

    /// Whether a signature over these bytes could be shown around as one over an entry of some ledger. A card
    /// that signs what was brought from elsewhere never signs such bytes.
    public static boolean isReserved(byte[] message) {
        return message.length >= DOMAIN.length && Arrays.equals(message, 0, DOMAIN.length, DOMAIN, 0, DOMAIN.length);
    }

    /// What a card signs.
    ///
    /// @param ceremony the ceremony of the target, which is the co-signature's own
    public static byte[] signedBytes(UUID ledger, long target, Digest leaf, Optional<UUID> ceremony, Meaning meaning) {
        String text = "quorate-ledger/1 cosign\n%s\n%d\n%s\n%s\n%s\n"
                .formatted(ledger, target, leaf, ceremony.map(UUID::toString).orElse(""), meaning.wire());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] signedBytes(Entry target, Meaning meaning) {
        return signedBytes(target.ledger(), target.seq(), target.leaf(), target.ceremony(), meaning);
    }

    /// The entry that records a signature over `target`.
    public static Draft draft(Entry target, Meaning meaning, Digest key, CosignAlgorithm algorithm, byte[] signature) {
        var cosign = new Cosign(target.seq(), target.leaf(), meaning, key, algorithm, signature);
        return new Draft(EntryType.COSIGN, target.ceremony(), target.step(), cosign.toJson(), List.of());
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("target", target)
                .put("leaf", leaf.hex())
                .put("meaning", meaning.wire())
                .put("key", key.hex())
                .put("alg", algorithm.name())
                .put("sig", Base64Text.of(signature))
                .build();
    }

    /// @throws JsonException naming what is missing or wrong
    public static Cosign fromJson(Json.Obj data) {
        return new Cosign(
                data.integer("target"),
                data.digest("leaf"),
                Meaning.ofWire(data.string("meaning")),
                data.digest("key"),
                CosignAlgorithm.ofWire(data.string("alg"))
                        .orElseThrow(() -> new JsonException("the member 'alg' is not ES256, ES384 or RS256")),
                Base64Text.parse(data.string("sig"))
                        .orElseThrow(() -> new JsonException("the member 'sig' is not base64")));
    }

    /// Whether the signature is by the key `spki` over this target in this ledger and ceremony.
    public boolean isSignedBy(byte[] spki, UUID ledger, Optional<UUID> ceremony) {
        return SigningKey.parse(spki)
                .filter(k -> k.verifies(algorithm, signedBytes(ledger, target, leaf, ceremony, meaning), signature))
                .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cosign cosign && cosign.toJson().equals(toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    /// What a signature says. A signature has a printed meaning and never stands for another.
    public enum Meaning {
        APPROVE,
        WITNESS,
        REJECT,
        CLOSE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Meaning ofWire(String wire) {
            for (Meaning meaning : values()) {
                if (meaning.wire().equals(wire)) {
                    return meaning;
                }
            }
            throw new JsonException("the member 'meaning' is not approve, witness, reject or close");
        }
    }
}
