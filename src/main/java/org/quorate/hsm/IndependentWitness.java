package org.quorate.hsm;

import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.quorate.base.Json;
import org.quorate.base.Secret;

/// Looks at a token as other software sees it: through another binding, in a process that never logs in for us. What it
/// says does not rest on our own code, and that is its worth.
public interface IndependentWitness {

    /// Verifies a signature through the token and in software.
    Outcome<Testimony> verify(Question question);

    /// Opens the token as an ordinary client would, signs a fresh message with the key that `key` belongs to (it
    /// needs a certificate beside it) and verifies the signature in software.
    Outcome<Testimony> signAsClient(long slot, PublicKey key, SignatureScheme scheme, Secret userPin);

    /// @param slot where the token is now, asked of the [Hsm] by its serial
    record Question(long slot, PublicKey key, SignatureScheme scheme, byte[] message, byte[] signature) {
        public Json.Obj toJson() {
            HexFormat hex = HexFormat.of();
            return Json.obj()
                    .put("slot", slot)
                    .put("spki", hex.formatHex(key.getEncoded()))
                    .put("scheme", scheme.jca())
                    .put("message", hex.formatHex(message))
                    .put("signature", hex.formatHex(signature))
                    .build();
        }
    }

    enum Verdict {
        VALID,
        INVALID,
        /// The provider could not do what was asked; why is in the detail.
        NO_ANSWER;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What one provider said.
    ///
    /// @param act such as `verify on the token`
    record Voice(String act, String provider, String version, Verdict verdict, String detail) {
        public Json.Obj toJson() {
            return Json.obj()
                    .put("act", act)
                    .put("provider", provider)
                    .put("version", version)
                    .put("verdict", verdict.wire())
                    .put("detail", detail)
                    .build();
        }

        static Voice fromJson(Json.Obj json) {
            return new Voice(
                    json.string("act"),
                    json.string("provider"),
                    json.string("version"),
                    Verdict.valueOf(json.string("verdict").toUpperCase(Locale.ROOT)),
                    json.string("detail"));
        }
    }

    record Testimony(List<Voice> voices) {
        public Testimony {
            voices = List.copyOf(voices);
        }

        /// At least two providers said *valid* and none said *invalid*. One that could not answer says neither: no
        /// client of a token knows every kind of key.
        public boolean agreed() {
            return count(Verdict.VALID) >= 2 && count(Verdict.INVALID) == 0;
        }

        private long count(Verdict verdict) {
            return voices.stream().filter(voice -> voice.verdict() == verdict).count();
        }

        public Json.Obj toJson() {
            return Json.obj()
                    .put("agreed", agreed())
                    .put("voices", Json.array(voices.stream().map(Voice::toJson).toList()))
                    .build();
        }

        public static Testimony fromJson(Json.Obj json) {
            return new Testimony(
                    json.objects("voices").stream().map(Voice::fromJson).toList());
        }
    }
}
