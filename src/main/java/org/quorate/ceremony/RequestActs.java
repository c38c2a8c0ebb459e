package org.quorate.ceremony;

import java.util.List;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.x509.CertificateRequest;
import org.quorate.ceremony.x509.Pem;
import org.quorate.ceremony.x509.SignedStructure;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Operation;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.TokenInfo;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// A key asks for a certificate.
final class RequestActs {
    private RequestActs() {}

    static String make(Step.MakeCertificateRequest step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        SignatureScheme scheme = SignatureScheme.strongestFor((KeySpec.Pair) key.spec());
        TokenInfo token = stage.token(step.token()).info();
        KeyId id = stage.keyOn(step.key(), step.token());
        List<String> names = step.names().orElse(List.of());
        byte[] tbs = HsmSigning.fixed(
                stage,
                Texts.get("ceremony.request.tbs"),
                () -> CertificateRequest.toBeSigned(
                        step.subject(), KeyActs.publicKey(stage, step.key(), step.token()), step.profile(), names));
        Approval approval = stage.approve(
                Operation.SIGN_REQUEST,
                step.quorum(),
                Texts.get(
                        "ceremony.statement.request",
                        key.label(),
                        token.label(),
                        token.serial(),
                        step.subject(),
                        names.isEmpty() ? Texts.get("ceremony.certificate.no_names") : String.join(", ", names),
                        Texts.get("step.profile." + step.profile().wire()),
                        Digest.of(tbs).grouped()),
                () -> HsmSigning.intent(
                                KeyActs.intent(Operation.SIGN_REQUEST, step.token(), step.key(), id, stage),
                                scheme,
                                tbs,
                                Texts.get("ceremony.expect.certificate"))
                        .put("subject", step.subject())
                        .put("file", step.file())
                        .build());
        byte[] signature = HsmSigning.sign(
                stage, approval, new HsmSigning.Use(step.token(), id, scheme), tbs, "ceremony.working.request");
        byte[] request = SignedStructure.assemble(tbs, scheme, signature);
        if (CertificateRequest.read(request) instanceof CertificateRequest.Reading.Bad(var why)) {
            throw StepFailed.hard(Problem.of("ceremony.request_refused", step.file(), why));
        }
        stage.observe(Observation.sensed(
                        "certificate_request",
                        Texts.get("ceremony.request.made", step.subject()),
                        Digest.of(request).grouped())
                .verdict(true)
                .with(request)
                .detail(Json.obj()
                        .put("key", step.key())
                        .put("role", step.token())
                        .put("subject", step.subject())
                        .put("names", Json.strings(names))
                        .put("profile", step.profile().wire())
                        .put("file", step.file())
                        .put("sha256", Digest.of(request).hex())
                        .build()));
        CeremonyFiles.handOut(
                stage, step.file(), Texts.get("ceremony.request.take", step.subject()), Pem.of(Pem.REQUEST, request));
        return Texts.get("ceremony.request.done", step.subject(), step.file());
    }
}
