package org.quorate.ceremony;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.x509.CertificateContents;
import org.quorate.ceremony.x509.CertificateLint;
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

/// An authority signs a certificate for whoever brought a request. The request gives the key and proves that somebody
/// has its private half; what the certificate says is the script's.
final class IssuingActs {
    /// Back in time, for a relying party whose clock is a little behind.
    private static final int MINUTES_BACK = 10;

    private final Step.IssueCertificate step;
    private final Stage stage;
    private final KeyDefinition key;
    private final PublicKey own;
    private final X509Certificate issuer;
    private final SignatureScheme scheme;

    private IssuingActs(Step.IssueCertificate step, Stage stage) {
        this.step = step;
        this.stage = stage;
        this.key = stage.script().cast().key(step.key());
        this.own = KeyActs.publicKey(stage, step.key(), step.token());
        this.issuer = Authority.certificate(stage, own, key.label());
        this.scheme = SignatureScheme.strongestFor((KeySpec.Pair) key.spec());
    }

    static String issue(Step.IssueCertificate step, Stage stage) {
        return new IssuingActs(step, stage).perform();
    }

    private String perform() {
        TokenInfo token = stage.token(step.token()).info();
        KeyId id = stage.keyOn(step.key(), step.token());
        byte[] file = CeremonyFiles.get(
                stage,
                step.request(),
                Texts.get("ceremony.request.bring", step.request(), step.subject()),
                CertificateRequest.MAX_BYTES,
                this::objection);
        CertificateRequest request = request(file);
        stage.compare(
                "certificate_request",
                Exhibit.of(Texts.get("ceremony.request.label", step.request()), Digest.of(file)),
                Texts.get("ceremony.request.against"));
        byte[] tbs = HsmSigning.fixed(stage, Texts.get("ceremony.tbs.label"), () -> toBeSigned(request));
        endIfWrong(
                "ceremony.certificate_not_to_be_signed",
                CertificateLint.ofUnsigned(tbs, scheme, issuer, step.profile()));
        List<Exhibit> contents = contents(request, file, tbs);
        Approval approval = stage.approve(
                Operation.SIGN_CERTIFICATE,
                step.quorum(),
                Texts.get("ceremony.statement.issue_certificate", key.label(), token.label(), token.serial()) + "\n\n"
                        + contents.stream()
                                .map(one -> one.label() + ": "
                                        + one.digest().map(Digest::grouped).orElse(one.text()))
                                .collect(Collectors.joining("\n")),
                () -> HsmSigning.intent(
                                KeyActs.intent(Operation.SIGN_CERTIFICATE, step.token(), step.key(), id, stage),
                                scheme,
                                tbs,
                                Texts.get("ceremony.expect.certificate"))
                        .put("serial", CertificateContents.Facts.of(tbs).serial())
                        .put("subject", step.subject())
                        .put("request", Digest.of(file).hex())
                        .build());
        var facts = new ArrayList<>(List.of(Exhibit.of(Texts.get("ceremony.fact.serial"), token.serial())));
        facts.addAll(contents);
        stage.commit(
                Texts.get("ceremony.commit.issue_certificate"),
                Texts.get("ceremony.consequence.certificate"),
                facts,
                approval,
                token);
        byte[] signature = HsmSigning.sign(
                stage, approval, new HsmSigning.Use(step.token(), id, scheme), tbs, "ceremony.working.certificate");
        byte[] certificate = SignedStructure.assemble(tbs, scheme, signature);
        endIfWrong(
                "ceremony.certificate_wrong",
                CertificateLint.ofSigned(certificate, tbs, issuer, step.profile(), now()));
        record(certificate, tbs, file);
        CeremonyFiles.handOut(
                stage,
                step.file(),
                Texts.get("ceremony.certificate.take", step.subject()),
                Pem.of(Pem.CERTIFICATE, certificate));
        return Texts.get("ceremony.certificate.issued", step.subject(), step.file());
    }

    private Instant now() {
        return stage.equipment().workstation().now();
    }

    private List<String> names() {
        return step.names().orElse(List.of());
    }

    private Optional<String> objection(byte[] file) {
        return switch (CertificateRequest.read(file)) {
            case CertificateRequest.Reading.Bad(var why) -> Optional.of(why);
            case CertificateRequest.Reading.Good(var request) ->
                request.objection(
                        step.subject(),
                        step.profile(),
                        names(),
                        own,
                        now().plus(step.days(), ChronoUnit.DAYS)
                                .atZone(ZoneOffset.UTC)
                                .getYear());
        };
    }

    /// One that this ceremony made was never judged when it was brought.
    private CertificateRequest request(byte[] file) {
        objection(file).ifPresent(why -> {
            throw StepFailed.hard(Problem.of("ceremony.request_refused", step.request(), why));
        });
        return switch (CertificateRequest.read(file)) {
            case CertificateRequest.Reading.Good(var request) -> request;
            case CertificateRequest.Reading.Bad(var why) ->
                throw StepFailed.hard(Problem.of("ceremony.request_refused", step.request(), why));
        };
    }

    private byte[] toBeSigned(CertificateRequest request) {
        Instant from = now().truncatedTo(ChronoUnit.SECONDS).minus(MINUTES_BACK, ChronoUnit.MINUTES);
        Instant until = from.plus(step.days(), ChronoUnit.DAYS).minusSeconds(1);
        return new CertificateContents(
                        new CertificateContents.Subject(
                                step.subject(), request.key().key(), names()),
                        new CertificateContents.Validity(from, until),
                        step.profile(),
                        step.pathLength(),
                        step.crlUrl())
                .toBeSigned(issuer, stage.token(step.token()).random(16).orThrow(), scheme);
    }

    private static void endIfWrong(String problem, List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw StepFailed.hard(Problem.of(problem, String.join("; ", wrong)));
        }
    }

    /// What people read before they approve it.
    private List<Exhibit> contents(CertificateRequest request, byte[] file, byte[] tbs) {
        CertificateContents.Facts facts = CertificateContents.Facts.of(tbs);
        var all = new ArrayList<Exhibit>();
        all.add(Exhibit.of(Texts.get("ceremony.fact.subject"), step.subject()));
        step.names()
                .ifPresent(names -> all.add(Exhibit.of(Texts.get("ceremony.fact.names"), String.join(", ", names))));
        all.add(Exhibit.of(
                Texts.get("ceremony.fact.profile"),
                Texts.get("step.profile." + step.profile().wire())));
        step.pathLength()
                .ifPresent(
                        length -> all.add(Exhibit.of(Texts.get("ceremony.fact.path_length"), String.valueOf(length))));
        all.add(Exhibit.of(Texts.get("ceremony.fact.key"), request.key().spec().text()));
        all.add(Exhibit.of(
                Texts.get("ceremony.fact.spki"), Digest.of(request.key().key().getEncoded())));
        all.add(Exhibit.of(
                Texts.get("ceremony.fact.issuer"),
                issuer.getSubjectX500Principal().getName()));
        all.add(Exhibit.of(Texts.get("ceremony.fact.certificate_serial"), facts.serial()));
        all.add(Exhibit.of(
                Texts.get("ceremony.fact.validity"),
                UtcTime.forPeople(facts.from()) + " – " + UtcTime.forPeople(facts.until())));
        step.crlUrl().ifPresent(url -> all.add(Exhibit.of(Texts.get("ceremony.fact.crl_url"), url)));
        all.add(Exhibit.of(Texts.get("ceremony.request.label", step.request()), Digest.of(file)));
        all.add(Exhibit.of(Texts.get("ceremony.fact.tbs"), Digest.of(tbs)));
        return List.copyOf(all);
    }

    private void record(byte[] certificate, byte[] tbs, byte[] file) {
        CertificateContents.Facts facts = CertificateContents.Facts.of(tbs);
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
                        .put("issuer", issuer.getSubjectX500Principal().getName())
                        .put("serial", facts.serial())
                        .put("not_before", UtcTime.format(facts.from()))
                        .put("not_after", UtcTime.format(facts.until()))
                        .put("profile", step.profile().wire())
                        .put("names", Json.strings(names()))
                        .put("request", Digest.of(file).hex())
                        .put("sha256", Digest.of(certificate).hex())
                        .build()));
    }
}
