package org.quorate.ceremony;

import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.x509.CertificateLint;
import org.quorate.ceremony.x509.Pem;
import org.quorate.script.Step;

/// The certificate of an authority's key comes from an authority outside, of which this ledger knows nothing.
/// What can be checked is checked: that it is of this very key, may sign, and was signed by the certificate
/// that was brought with it. Whose that other certificate is only people can say, from paper; so they compare
/// it, and officers sign that this is the certificate in whose name the key signs from now on.
final class CertificateTaking {
    private static final String TAKEN = "take_certificate";
    private static final int MAX_BYTES = 64 * 1024;

    private final Step.TakeCertificate step;
    private final Stage stage;
    private final PublicKey own;

    private CertificateTaking(Step.TakeCertificate step, Stage stage) {
        this.step = step;
        this.stage = stage;
        this.own = KeyActs.publicKey(stage, step.key(), step.token());
    }

    static String take(Step.TakeCertificate step, Stage stage) {
        return new CertificateTaking(step, stage).perform();
    }

    private String perform() {
        X509Certificate issuer = certificate(
                step.issuer(), Texts.get("ceremony.take_certificate.bring_issuer", step.issuer()), this::noAuthority);
        X509Certificate taken = certificate(
                step.file(), Texts.get("ceremony.take_certificate.bring", step.file()), found -> wrong(found, issuer));
        // One that was brought at an earlier step was judged for that step only.
        wrong(taken, issuer).ifPresent(why -> {
            throw StepFailed.hard(Problem.of("ceremony.certificate_not_taken", step.file(), why));
        });
        stage.compare(
                "issuer_certificate",
                Exhibit.of(Texts.get("ceremony.take_certificate.issuer", name(issuer)), Digest.of(encoded(issuer))),
                Texts.get("ceremony.take_certificate.issuer.against"));
        List<Exhibit> contents = contents(taken, issuer);
        Approval approval = stage.approve(
                TAKEN,
                step.quorum(),
                Texts.get(
                        "ceremony.statement.take_certificate",
                        stage.script().cast().key(step.key()).label(),
                        contents.stream()
                                .map(one -> one.label() + ": "
                                        + one.digest().map(Digest::grouped).orElse(one.text()))
                                .collect(Collectors.joining("\n"))),
                () -> Json.obj()
                        .put("op", TAKEN)
                        .put("key", step.key())
                        .put("certificate", Digest.of(encoded(taken)).hex())
                        .put("issuer_certificate", Digest.of(encoded(issuer)).hex())
                        .build());
        record(taken, approval);
        return Texts.get("ceremony.take_certificate.done", name(taken), name(issuer));
    }

    // ---- what is brought ----

    private X509Certificate certificate(
            String file, String explanation, java.util.function.Function<X509Certificate, Optional<String>> objection) {
        byte[] bytes = CeremonyFiles.get(
                stage,
                file,
                explanation,
                MAX_BYTES,
                brought -> parsed(brought)
                        .map(objection)
                        .orElseGet(() -> Optional.of(Texts.get("ceremony.take_certificate.none"))));
        return parsed(bytes)
                .orElseThrow(() -> StepFailed.hard(Problem.of(
                        "ceremony.certificate_not_taken", file, Texts.get("ceremony.take_certificate.none"))));
    }

    private static Optional<X509Certificate> parsed(byte[] file) {
        try {
            return Optional.of(CertificateLint.parse(Pem.certificate(file)));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private Optional<String> noAuthority(X509Certificate issuer) {
        return CertificateLint.isAuthority(issuer)
                ? Optional.empty()
                : Optional.of(Texts.get("ceremony.take_certificate.no_authority", name(issuer)));
    }

    private Optional<String> wrong(X509Certificate certificate, X509Certificate issuer) {
        List<String> wrong = CertificateLint.ofForeign(
                certificate, own, issuer, stage.equipment().workstation().now());
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    // ---- what they read, and what is kept ----

    private static List<Exhibit> contents(X509Certificate taken, X509Certificate issuer) {
        return List.of(
                Exhibit.of(Texts.get("ceremony.fact.subject"), name(taken)),
                Exhibit.of(Texts.get("ceremony.fact.issuer"), name(issuer)),
                Exhibit.of(Texts.get("ceremony.fact.certificate_serial"), serial(taken)),
                Exhibit.of(
                        Texts.get("ceremony.fact.validity"),
                        UtcTime.forPeople(taken.getNotBefore().toInstant()) + " – "
                                + UtcTime.forPeople(taken.getNotAfter().toInstant())),
                Exhibit.of(Texts.get("ceremony.take_certificate.digest"), Digest.of(encoded(taken))),
                Exhibit.of(Texts.get("ceremony.take_certificate.issuer", name(issuer)), Digest.of(encoded(issuer))));
    }

    private void record(X509Certificate taken, Approval approval) {
        stage.observe(Observation.sensed(
                        "certificate",
                        Texts.get("ceremony.certificate.label", name(taken)),
                        Digest.of(encoded(taken)).grouped())
                .verdict(true)
                .with(encoded(taken))
                .detail(Json.obj()
                        .put("key", step.key())
                        .put("role", step.token())
                        .put("subject", name(taken))
                        .put("issuer", taken.getIssuerX500Principal().getName())
                        .put("serial", serial(taken))
                        .put("not_before", UtcTime.format(taken.getNotBefore().toInstant()))
                        .put("not_after", UtcTime.format(taken.getNotAfter().toInstant()))
                        .put("sha256", Digest.of(encoded(taken)).hex())
                        .put("quorum", Json.integers(approval.cosigns()))
                        .build()));
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was parsed has an encoding", e);
        }
    }
}
