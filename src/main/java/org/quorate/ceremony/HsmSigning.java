package org.quorate.ceremony;

import java.util.Base64;
import java.util.function.Supplier;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.ledger.Entry;

/// A key signs bytes that were fixed before anybody approved them.
final class HsmSigning {
    private HsmSigning() {}

    /// Which key, where, and how.
    record Use(String role, KeyId id, SignatureScheme scheme) {}

    /// Made once, and kept; a resumed attempt takes it from the ledger.
    static byte[] fixed(Stage stage, String label, Supplier<byte[]> make) {
        Entry entry = stage.run().observation("to_be_signed").orElseGet(() -> {
            byte[] bytes = make.get();
            return stage.observe(
                    Observation.sensed("to_be_signed", label, Digest.of(bytes).grouped())
                            .with(bytes));
        });
        return CeremonyFiles.content(stage, entry);
    }

    /// What an intent to sign says beside what every intent about a key does.
    static Json.Builder intent(Json.Builder intent, SignatureScheme scheme, byte[] toBeSigned, String expect) {
        return intent.put("mechanism", scheme.jca())
                .put("tbs", Digest.of(toBeSigned).artefactName())
                .put("template", Json.obj().build())
                .put("expect", expect);
    }

    static byte[] sign(Stage stage, Approval approval, Use use, byte[] toBeSigned, String working) {
        Json.Obj observed = stage.withLogin(
                use.role(),
                PinKind.USER,
                session -> stage.act(
                        approval,
                        Texts.get(working),
                        () -> session.sign(use.id(), use.scheme(), toBeSigned)
                                .map(signature -> Json.obj()
                                        .put("signature", Base64.getEncoder().encodeToString(signature))
                                        .build())));
        return Base64.getDecoder().decode(observed.string("signature"));
    }
}
