package org.quorate.card;

import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;

/// A share that only one card can open, and only as what it was sealed for. It may stand in the open.
///
/// @param recipient digest of the certificate whose key it was sealed to
/// @param ephemeral the public half (SubjectPublicKeyInfo) that went into the key agreement; empty for RSA
/// @param nonce of AES-GCM; empty for RSA
public record SealedShare(Scheme scheme, Digest recipient, byte[] ephemeral, byte[] nonce, byte[] sealed) {
    private static final String FORMAT = "quorate-sealed-share/1";

    public enum Scheme {
        /// ECDH with an ephemeral key, HKDF with SHA-256, AES-256-GCM.
        ECDH_HKDF_SHA256_A256GCM,
        /// RSAES-OAEP with SHA-256 twice; the context is its label.
        RSA_OAEP_SHA256
    }

    /// What a share is for. Sealed in one context it does not open in another.
    ///
    /// @param secret whose share it is, such as the user PIN of the token with a serial
    /// @param generation of that secret, from 1; the next one has the next number
    /// @param split of which it is a share
    /// @param number which share it is, from 1
    public record Context(UUID ledger, Json.Obj secret, long generation, Split split, int number) {
        public Context {
            if (!split.has(number) || generation < 1) {
                throw new IllegalArgumentException("a share has a number of its split, and a generation from 1");
            }
        }

        /// Bound into the key or the label, together with the card that it is for.
        byte[] boundTo(Digest recipient) {
            return Json.obj()
                    .put("format", FORMAT)
                    .put("ledger", ledger.toString())
                    .put("secret", secret)
                    .put("generation", generation)
                    .put("split", split.id())
                    .put("m", split.m())
                    .put("n", split.n())
                    .put("number", number)
                    .put("recipient", recipient.hex())
                    .build()
                    .canonical();
        }
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("format", FORMAT)
                .put("scheme", scheme.name())
                .put("recipient", recipient.hex())
                .put("ephemeral", Base64.getEncoder().encodeToString(ephemeral))
                .put("nonce", Base64.getEncoder().encodeToString(nonce))
                .put("sealed", Base64.getEncoder().encodeToString(sealed))
                .build();
    }

    /// Empty where it is not of this form.
    public static Optional<SealedShare> fromJson(Json.Obj json) {
        try {
            return json.string("format").equals(FORMAT)
                    ? Optional.of(new SealedShare(
                            Scheme.valueOf(json.string("scheme")),
                            new Digest(json.string("recipient")),
                            Base64.getDecoder().decode(json.string("ephemeral")),
                            Base64.getDecoder().decode(json.string("nonce")),
                            Base64.getDecoder().decode(json.string("sealed"))))
                    : Optional.empty();
        } catch (JsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
