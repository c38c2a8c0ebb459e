package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.x509.SignedStructure;
import org.quorate.hsm.IndependentWitness;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Operation;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.TokenInfo;
import org.quorate.ledger.Entry;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// The key is used: to sign a message that an independent process checks, and to sign its own certificate.
final class SignatureActs {
    private SignatureActs() {}

    static String test(Step.TestSignature step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        SignatureScheme scheme = SignatureScheme.strongestFor((KeySpec.Pair) key.spec());
        KeyId id = stage.keyOn(step.key(), step.token());
        PublicKey published = publicKeyAnywhere(stage, step.key());
        // The head of the ledger makes the message one that could not be signed before now.
        byte[] message = ("quorate test signature\n"
                        + stage.equipment().ledger().id() + "\n"
                        + stage.equipment().ledger().head().leaf() + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        if (stage.run().observation("test_signature").isEmpty()) {
            stage.working("ceremony.working.test_signature");
            byte[] signature = stage.withLogin(
                    step.token(),
                    PinKind.USER,
                    session -> session.sign(id, scheme, message).orThrow());
            stage.working("ceremony.working.witness");
            long slot = stage.token(step.token()).info().slot();
            IndependentWitness.Testimony testimony = stage.equipment()
                    .hsms()
                    .witness(step.token())
                    .verify(new IndependentWitness.Question(slot, published, scheme, message, signature))
                    .orThrow();
            stage.observe(Observation.sensed(
                            "test_signature",
                            Texts.get("ceremony.test_signature.label", key.label(), step.token()),
                            Texts.get(
                                    testimony.agreed() ? "ceremony.test_signature.yes" : "ceremony.test_signature.no",
                                    voices(testimony)))
                    .verdict(testimony.agreed())
                    .detail(testimony
                            .toJson()
                            .with("key", Json.of(step.key()))
                            .with("role", Json.of(step.token()))
                            .with("scheme", Json.of(scheme.jca()))
                            .with("message_sha256", Json.of(Digest.of(message).hex()))
                            .with("signature", Json.of(Base64.getEncoder().encodeToString(signature)))));
        }
        Entry tested = stage.run().observation("test_signature").orElseThrow();
        if (!tested.data().string("verdict").equals("matches")) {
            throw StepFailed.hard(Problem.of("ceremony.signature_refused", key.label()));
        }
        step.since()
                .ifPresent(since -> new RecoveryTime(step.key(), step.token(), since, step.withinMinutes())
                        .measure(stage, tested.time()));
        return Texts.get("ceremony.test_signature.done", key.label());
    }

    private static String voices(IndependentWitness.Testimony testimony) {
        return testimony.voices().stream()
                .map(voice -> Texts.get(
                        "ceremony.voice",
                        voice.provider(),
                        voice.act(),
                        voice.verdict().wire()))
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
    }

    /// A copy has no public half of its own on the second token; it is checked against the key as it was generated.
    private static PublicKey publicKeyAnywhere(Stage stage, String key) {
        return stage.script().cast().tokens().keySet().stream()
                .filter(role ->
                        stage.ceremony().observation("public_key", key, role).isPresent())
                .findFirst()
                .map(role -> KeyActs.publicKey(stage, key, role))
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.no_key", key, "")));
    }

    static String issueRootCertificate(Step.IssueRootCertificate step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        SignatureScheme scheme = SignatureScheme.strongestFor((KeySpec.Pair) key.spec());
        TokenInfo token = stage.token(step.token()).info();
        KeyId id = stage.keyOn(step.key(), step.token());
        byte[] tbs = toBeSigned(step, stage, scheme);
        RootCertificate.Facts facts = RootCertificate.facts(tbs);
        Approval approval = stage.approve(
                Operation.SIGN_CERTIFICATE,
                step.quorum(),
                Texts.get(
                        "ceremony.statement.certificate",
                        step.subject(),
                        facts.serial(),
                        UtcTime.forPeople(facts.notAfter()),
                        Digest.of(tbs).grouped()),
                () -> KeyActs.intent(Operation.SIGN_CERTIFICATE, step.token(), step.key(), id, stage)
                        .put("mechanism", scheme.jca())
                        .put("tbs", Digest.of(tbs).artefactName())
                        .put("serial", facts.serial())
                        .put("template", Json.obj().build())
                        .put("expect", Texts.get("ceremony.expect.certificate"))
                        .build());
        stage.commit(
                Texts.get("ceremony.commit.certificate"),
                Texts.get("ceremony.consequence.certificate"),
                List.of(
                        Exhibit.of(Texts.get("ceremony.fact.serial"), token.serial()),
                        Exhibit.of(Texts.get("ceremony.fact.subject"), step.subject()),
                        Exhibit.of(Texts.get("ceremony.fact.certificate_serial"), facts.serial()),
                        Exhibit.of(
                                Texts.get("ceremony.fact.validity"),
                                UtcTime.forPeople(facts.notBefore()) + " – " + UtcTime.forPeople(facts.notAfter())),
                        Exhibit.of(Texts.get("ceremony.fact.tbs"), Digest.of(tbs))),
                approval,
                token);
        byte[] signature = HsmSigning.sign(
                stage, approval, new HsmSigning.Use(step.token(), id, scheme), tbs, "ceremony.working.certificate");
        byte[] certificate = SignedStructure.assemble(tbs, scheme, signature);
        List<String> wrong =
                RootCertificate.check(certificate, tbs, KeyActs.publicKey(stage, step.key(), step.token()));
        if (!wrong.isEmpty()) {
            throw StepFailed.hard(Problem.of("ceremony.certificate_wrong", String.join(", ", wrong)));
        }
        stage.observe(Observation.sensed(
                        "certificate",
                        Texts.get("ceremony.certificate.label", step.subject()),
                        Digest.of(certificate).grouped())
                .verdict(true)
                .with(certificate)
                .detail(Json.obj()
                        .put("key", step.key())
                        .put("role", step.token())
                        .put("subject", step.subject())
                        .put("issuer", step.subject())
                        .put("serial", facts.serial())
                        .put("not_before", UtcTime.format(facts.notBefore()))
                        .put("not_after", UtcTime.format(facts.notAfter()))
                        .put("sha256", Digest.of(certificate).hex())
                        .build()));
        return Texts.get("ceremony.certificate.done", step.subject());
    }

    private static byte[] toBeSigned(Step.IssueRootCertificate step, Stage stage, SignatureScheme scheme) {
        return HsmSigning.fixed(
                stage,
                Texts.get("ceremony.tbs.label"),
                () -> RootCertificate.toBeSigned(
                        step.subject(),
                        KeyActs.publicKey(stage, step.key(), step.token()),
                        stage.token(step.token()).random(16).orThrow(),
                        stage.equipment().workstation().now(),
                        step.years(),
                        scheme));
    }
}
