package org.quorate.script.yaml;

import static org.quorate.script.yaml.StepForms.may;
import static org.quorate.script.yaml.StepForms.need;

import java.util.List;
import org.quorate.script.CertificateProfile;
import org.quorate.script.Step;
import org.quorate.script.yaml.StepForm.FieldType;

/// The steps around certificates, as they are written down.
final class CertificateForms {
    static final StepForm REQUEST = new StepForm(
            "make_certificate_request",
            List.of(
                    need("key", FieldType.KEY),
                    need("token", FieldType.TOKEN),
                    need("subject", FieldType.DISTINGUISHED_NAME),
                    need("profile", FieldType.PROFILE),
                    may("names", FieldType.DNS_NAMES),
                    need("file", FieldType.FILE),
                    need("quorum", FieldType.QUORUM)),
            (head, v) -> new Step.MakeCertificateRequest(
                    head,
                    v.text("key"),
                    v.text("token"),
                    v.text("subject"),
                    profile(v),
                    v.optionalTexts("names"),
                    v.text("file"),
                    v.text("quorum")));

    static final StepForm CERTIFICATE = new StepForm(
            "issue_certificate",
            List.of(
                    need("key", FieldType.KEY),
                    need("token", FieldType.TOKEN),
                    need("request", FieldType.FILE),
                    need("subject", FieldType.DISTINGUISHED_NAME),
                    need("profile", FieldType.PROFILE),
                    may("names", FieldType.DNS_NAMES),
                    may("path_length", FieldType.PATH_LENGTH),
                    need("days", FieldType.DAYS),
                    may("crl_url", FieldType.URL),
                    need("file", FieldType.FILE),
                    need("quorum", FieldType.QUORUM)),
            (head, v) -> new Step.IssueCertificate(
                    head,
                    v.text("key"),
                    v.text("token"),
                    v.text("request"),
                    v.text("subject"),
                    profile(v),
                    v.optionalTexts("names"),
                    v.optionalInteger("path_length"),
                    v.integer("days"),
                    v.optionalText("crl_url"),
                    v.text("file"),
                    v.text("quorum")));

    static final StepForm TAKEN = new StepForm(
            "take_certificate",
            List.of(
                    need("key", FieldType.KEY),
                    need("token", FieldType.TOKEN),
                    need("file", FieldType.FILE),
                    need("issuer", FieldType.FILE),
                    need("quorum", FieldType.QUORUM)),
            (head, v) -> new Step.TakeCertificate(
                    head, v.text("key"), v.text("token"), v.text("file"), v.text("issuer"), v.text("quorum")));

    static final StepForm CRL = new StepForm(
            "issue_crl",
            List.of(
                    need("key", FieldType.KEY),
                    need("token", FieldType.TOKEN),
                    need("days", FieldType.DAYS),
                    need("file", FieldType.FILE),
                    need("quorum", FieldType.QUORUM)),
            (head, v) -> new Step.IssueCrl(
                    head, v.text("key"), v.text("token"), v.integer("days"), v.text("file"), v.text("quorum")));

    static final StepForm JAR = new StepForm(
            "sign_jar",
            List.of(
                    need("key", FieldType.KEY),
                    need("token", FieldType.TOKEN),
                    need("certificate", FieldType.FILE),
                    need("file", FieldType.FILE),
                    need("out", FieldType.FILE),
                    need("quorum", FieldType.QUORUM)),
            (head, v) -> new Step.SignJar(
                    head,
                    v.text("key"),
                    v.text("token"),
                    v.text("certificate"),
                    v.text("file"),
                    v.text("out"),
                    v.text("quorum")));

    private CertificateForms() {}

    private static CertificateProfile profile(Values values) {
        return CertificateProfile.ofWire(values.text("profile")).orElseThrow();
    }
}
