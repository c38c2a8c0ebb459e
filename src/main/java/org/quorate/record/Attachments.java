package org.quorate.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Texts;

/// The files that travel inside a record, so that it can be checked years later without anything else.
public record Attachments(List<File> files) {
    public static final String EXTRACT = "ledger-extract.jsonl";
    public static final String CHECKPOINT = "checkpoint.txt";
    public static final String SCRIPT = "script.yaml";
    public static final String SITE = "site.json";
    public static final String TRUST = "trust.json";
    public static final String VERIFIER = "quorate_verify.py";

    public Attachments {
        files = List.copyOf(files);
        if (files.stream().map(File::name).distinct().count() != files.size()) {
            throw new IllegalArgumentException("two attachments have the same name");
        }
    }

    /// @param relation how the file stands to the pages (ISO 32000-2, AFRelationship)
    public record File(String name, String mime, Relation relation, String description, byte[] bytes) {
        public Digest digest() {
            return Digest.of(bytes);
        }
    }

    public enum Relation {
        SOURCE("Source"),
        DATA("Data"),
        SUPPLEMENT("Supplement");

        private final String pdf;

        Relation(String pdf) {
            this.pdf = pdf;
        }

        public String pdf() {
            return pdf;
        }
    }

    /// Everything a record carries: the extract and its checkpoint, script and site as the opening names them, the
    /// certificates, the trust facts, and the verifier.
    ///
    /// @param verifier the bytes of `quorate_verify.py`
    public static Attachments of(CeremonyRecord record, Extract extract, Artefacts artefacts, byte[] verifier) {
        var files = new ArrayList<File>();
        files.add(file(EXTRACT, "application/json", Relation.SOURCE, "extract", extract.toBytes()));
        String note = record.anchoring().checkpoint().note();
        files.add(file(CHECKPOINT, "text/plain", Relation.SOURCE, "checkpoint", note.getBytes(StandardCharsets.UTF_8)));
        Heading.Plan plan = record.heading().script();
        artefacts
                .get(plan.digest())
                .ifPresent(bytes -> files.add(file(SCRIPT, "text/yaml", Relation.SOURCE, "script", bytes)));
        for (Heading.Plan.Used part : plan.parts()) {
            artefacts.get(part.digest()).ifPresent(bytes -> files.add(part(part.file(), bytes)));
        }
        artefacts
                .get(plan.site())
                .ifPresent(bytes -> files.add(file(SITE, "application/json", Relation.SOURCE, "site", bytes)));
        byte[] trust = record.anchoring().trust().toJson().pretty().getBytes(StandardCharsets.UTF_8);
        files.add(file(TRUST, "application/json", Relation.DATA, "trust", trust));
        int number = 1;
        for (CertificateFacts certificate : record.certificates()) {
            Optional<byte[]> der = certificate.artefact().flatMap(artefacts::get);
            if (der.isPresent()) {
                String name = "certificate-" + number++;
                files.add(file(name + ".cer", "application/pkix-cert", Relation.DATA, "certificate", der.get()));
                files.add(file(name + ".pem", "application/x-pem-file", Relation.DATA, "pem", pem(der.get())));
            }
        }
        for (RevocationFacts list : record.revocations()) {
            Optional<byte[]> der = list.artefact().flatMap(artefacts::get);
            if (der.isPresent()) {
                String name = "revocations-" + list.key() + "-" + list.named().number() + ".crl";
                files.add(file(name, "application/pkix-crl", Relation.DATA, "crl", der.get()));
            }
        }
        files.add(file(VERIFIER, "text/x-python", Relation.SUPPLEMENT, "verifier", verifier));
        return new Attachments(files);
    }

    /// A part of the script, by the name under which the script uses it.
    public static File part(String name, byte[] bytes) {
        return file("part-" + name, "text/yaml", Relation.SOURCE, "part", bytes);
    }

    private static File file(String name, String mime, Relation relation, String text, byte[] bytes) {
        return new File(name, mime, relation, Texts.get("record.file." + text), bytes);
    }

    private static byte[] pem(byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
