package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Texts;
import org.quorate.hsm.KeySpec;

/// Data keys in their envelopes, as they lie outside of an HSM: `quorate-envelopes/1`. It holds no secret that the
/// key-encryption key does not protect.
///
/// @param under label of the key-encryption key, for people
/// @param keyId its CKA_ID
record EnvelopeFile(String under, String keyId, List<Envelope> keys) {
    static final int MAX_BYTES = 16 << 20;
    private static final String FORMAT = "quorate-envelopes/1";
    private static final String MECHANISM = "aes_kwp";

    EnvelopeFile {
        keys = List.copyOf(keys);
    }

    /// One data key.
    ///
    /// @param name by which whoever uses the key finds it
    /// @param checkValue the first three bytes of a block of zeros, encrypted
    record Envelope(String name, KeySpec.Aes spec, String checkValue, byte[] wrapped) {
        Json.Obj toJson() {
            return Json.obj()
                    .put("name", name)
                    .put("spec", spec.text())
                    .put("check_value", checkValue)
                    .put("wrapped", Base64.getEncoder().encodeToString(wrapped))
                    .build();
        }

        static Envelope fromJson(Json.Obj json) {
            return new Envelope(
                    json.string("name"),
                    KeySpec.parse(json.string("spec"))
                            .filter(KeySpec.Aes.class::isInstance)
                            .map(KeySpec.Aes.class::cast)
                            .orElseThrow(() -> new JsonException("not an AES key: " + json.string("spec"))),
                    json.string("check_value"),
                    decode(json.string("wrapped")));
        }

        private static byte[] decode(String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new JsonException("not base64: " + text.substring(0, Math.min(text.length(), 16)));
            }
        }
    }

    byte[] bytes() {
        return Json.obj()
                .put("format", FORMAT)
                .put(
                        "under",
                        Json.obj().put("label", under).put("cka_id", keyId).build())
                .put("mechanism", MECHANISM)
                .put("keys", Json.array(keys.stream().map(Envelope::toJson).toList()))
                .build()
                .pretty()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// @throws JsonException where it is no such file
    static EnvelopeFile parse(byte[] bytes) {
        Json.Obj json = Json.parseObject(bytes);
        if (!json.string("format").equals(FORMAT) || !json.string("mechanism").equals(MECHANISM)) {
            throw new JsonException("not of the format " + FORMAT + " with the mechanism " + MECHANISM);
        }
        var keys = new ArrayList<Envelope>();
        var names = new HashSet<String>();
        for (Json.Obj key : json.objects("keys")) {
            Envelope envelope = Envelope.fromJson(key);
            if (!names.add(envelope.name())) {
                throw new JsonException("two keys have the name " + envelope.name());
            }
            keys.add(envelope);
        }
        return new EnvelopeFile(
                json.object("under").string("label"), json.object("under").string("cka_id"), keys);
    }

    /// What speaks against a file that people bring; empty where nothing does.
    static Optional<String> objection(byte[] bytes) {
        try {
            return parse(bytes).keys().isEmpty()
                    ? Optional.of(Texts.get("ceremony.envelopes.empty"))
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.of(Texts.get("ceremony.envelopes.malformed", String.valueOf(e.getMessage())));
        }
    }
}
