package org.quorate.ceremony;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.x509.CertificateLint;
import org.quorate.ceremony.x509.JarSignature;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Operation;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.TokenInfo;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// Code is signed: what came in, what the key signed and what went out are all on record.
final class JarActs {
    private static final int MAX_CERTIFICATE = 64 << 10;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    private final Step.SignJar step;
    private final Stage stage;
    private final KeyDefinition key;

    private JarActs(Step.SignJar step, Stage stage) {
        this.step = step;
        this.stage = stage;
        this.key = stage.script().cast().key(step.key());
    }

    static String sign(Step.SignJar step, Stage stage) {
        return new JarActs(step, stage).perform();
    }

    private String perform() {
        SignatureScheme scheme = SignatureScheme.strongestFor((KeySpec.Pair) key.spec());
        TokenInfo token = stage.token(step.token()).info();
        KeyId id = stage.keyOn(step.key(), step.token());
        X509Certificate certificate = certificate();
        byte[] file = CeremonyFiles.get(
                stage,
                step.file(),
                Texts.get("ceremony.jar.bring", step.file()),
                JarSignature.MAX_BYTES,
                bytes -> JarSignature.read(bytes) instanceof JarSignature.Reading.Bad(var why)
                        ? Optional.of(why)
                        : Optional.empty());
        JarSignature jar = read(file);
        stage.compare(
                "jar",
                Exhibit.of(Texts.get("ceremony.jar.label", step.file()), Digest.of(file)),
                Texts.get("ceremony.jar.against"));
        byte[] tbs = HsmSigning.fixed(stage, Texts.get("ceremony.jar.tbs"), jar::toBeSigned);
        Approval approval = stage.approve(
                Operation.SIGN_JAR,
                step.quorum(),
                Texts.get(
                        "ceremony.statement.jar",
                        key.label(),
                        token.label(),
                        token.serial(),
                        step.file(),
                        Digest.of(file).grouped(),
                        jar.files(),
                        certificate.getSubjectX500Principal().getName(),
                        certificate.getSerialNumber().toString(16),
                        Digest.of(tbs).grouped()),
                () -> HsmSigning.intent(
                                KeyActs.intent(Operation.SIGN_JAR, step.token(), step.key(), id, stage),
                                scheme,
                                tbs,
                                Texts.get("ceremony.expect.certificate"))
                        .put("file", step.file())
                        .put("sha256", Digest.of(file).hex())
                        .put("serial", certificate.getSerialNumber().toString(16))
                        .build());
        byte[] signature = HsmSigning.sign(
                stage, approval, new HsmSigning.Use(step.token(), id, scheme), tbs, "ceremony.working.jar");
        byte[] signed = jar.signed(Authority.chain(stage.equipment().ledger(), certificate), scheme, signature);
        JarSignature.doubt(signed, certificate).ifPresent(doubt -> {
            throw StepFailed.hard(Problem.of("ceremony.jar_wrong", step.out(), doubt));
        });
        stage.observe(Observation.sensed(
                        "jar_signed",
                        Texts.get("ceremony.jar.signed", step.out()),
                        Digest.of(signed).grouped())
                .verdict(true)
                .detail(Json.obj()
                        .put("key", step.key())
                        .put("role", step.token())
                        .put("file", step.file())
                        .put("sha256", Digest.of(file).hex())
                        .put("out", step.out())
                        .put("out_sha256", Digest.of(signed).hex())
                        .put("serial", certificate.getSerialNumber().toString(16))
                        .build()));
        CeremonyFiles.handOut(stage, step.out(), Texts.get("ceremony.jar.take", step.file()), signed);
        return Texts.get("ceremony.jar.done", step.file(), step.out());
    }

    private JarSignature read(byte[] file) {
        return switch (JarSignature.read(file)) {
            case JarSignature.Reading.Good(var jar) -> jar;
            case JarSignature.Reading.Bad(var why) ->
                throw StepFailed.hard(Problem.of("ceremony.jar_refused", step.file(), why));
        };
    }

    private X509Certificate certificate() {
        byte[] file = CeremonyFiles.get(
                stage,
                step.certificate(),
                Texts.get("ceremony.jar.bring_certificate", step.certificate(), key.label()),
                MAX_CERTIFICATE,
                this::objection);
        objection(file).ifPresent(why -> {
            throw StepFailed.hard(Problem.of("ceremony.jar_refused", step.certificate(), why));
        });
        return parsed(file).orElseThrow();
    }

    private Optional<String> objection(byte[] file) {
        Optional<X509Certificate> certificate = parsed(file);
        if (certificate.isEmpty()) {
            return Optional.of(Texts.get("ceremony.jar.no_certificate"));
        }
        if (!certificate.get().getPublicKey().equals(KeyActs.publicKey(stage, step.key(), step.token()))) {
            return Optional.of(Texts.get("ceremony.jar.other_key"));
        }
        if (!usages(certificate.get()).contains(CODE_SIGNING)) {
            return Optional.of(Texts.get("ceremony.jar.not_for_code"));
        }
        Instant now = stage.equipment().workstation().now();
        return now.isBefore(certificate.get().getNotBefore().toInstant())
                        || now.isAfter(certificate.get().getNotAfter().toInstant())
                ? Optional.of(Texts.get("ceremony.jar.not_valid_now"))
                : Optional.empty();
    }

    /// As PEM or in DER: the platform's parser takes both.
    private static Optional<X509Certificate> parsed(byte[] file) {
        try {
            return Optional.ofNullable(CertificateLint.parse(file));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static List<String> usages(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage()).orElse(List.of());
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
