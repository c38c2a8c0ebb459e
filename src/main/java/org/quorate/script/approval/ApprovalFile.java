package org.quorate.script.approval;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.card.CardAlgorithm;
import org.quorate.script.approval.ScriptApproval.Approver;
import org.quorate.script.approval.ScriptApproval.Plan;

/// An approval beside its script: what each card signed, its certificate and its signature, and nothing that takes a
/// ledger to check. The format is `quorate-approval/1`; it is described in `docs/script-format.md`.
///
/// @param signatures each of which holds
public record ApprovalFile(Plan plan, String ledger, String mode, String nextReview, List<Signed> signatures) {
    public static final String FORMAT = "quorate-approval/1";
    public static final String SUFFIX = ".approval.json";

    /// Stands before what a card signs, so that it can be nothing else.
    private static final byte[] PREFIX = (FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);

    public ApprovalFile {
        signatures = List.copyOf(signatures);
    }

    /// One card's signature.
    ///
    /// @param said what it signed
    /// @param signature PKCS#1 v1.5, or ECDSA in DER
    public record Signed(
            Json.Obj said, Approver approver, byte[] certificate, CardAlgorithm algorithm, byte[] signature) {

        /// The key of the card, as the ledger knows it.
        public Digest key() {
            return Digest.of(parse(certificate).orElseThrow().getPublicKey().getEncoded());
        }

        private Json.Obj toJson() {
            return Json.obj()
                    .put("signed", said)
                    .put("certificate", Base64.getEncoder().encodeToString(certificate))
                    .put("alg", algorithm.name())
                    .put("signature", Base64.getEncoder().encodeToString(signature))
                    .build();
        }
    }

    /// What one card is to sign: the file by its digest, who signs it as what, and the words.
    public record Saying(Plan plan, String ledger, String mode, String nextReview, Approver approver) {
        public Json.Obj toJson() {
            return header(plan, ledger, mode, nextReview)
                    .put(
                            "approver",
                            Json.obj()
                                    .put("person", approver.person())
                                    .put("name", approver.name())
                                    .put("roles", Json.strings(approver.roles()))
                                    .build())
                    .put("at", UtcTime.format(approver.at()))
                    .put("text", text())
                    .build();
        }

        private String text() {
            return Texts.get(
                    "approval.said",
                    approver.name(),
                    String.join(", ", approver.roles()).replace('_', ' '),
                    plan.title(),
                    plan.id(),
                    plan.version(),
                    plan.digest().hex(),
                    nextReview);
        }
    }

    /// What the file says once, and every card signs.
    private static Json.Builder header(Plan plan, String ledger, String mode, String nextReview) {
        return Json.obj()
                .put("format", FORMAT)
                .put("ledger", ledger)
                .put("mode", mode)
                .put("script_id", plan.id())
                .put("version", plan.version())
                .put("title", plan.title())
                .put("sha256", plan.digest().hex())
                .put("next_review", nextReview);
    }

    /// The bytes that a card signs.
    public static byte[] message(Json.Obj said) {
        byte[] words = said.canonical();
        byte[] message = Arrays.copyOf(PREFIX, PREFIX.length + words.length);
        System.arraycopy(words, 0, message, PREFIX.length, words.length);
        return message;
    }

    /// Whether a card that signs `message` for something else would approve a script.
    public static boolean isReserved(byte[] message) {
        return message.length >= PREFIX.length && Arrays.equals(message, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    /// A signature that was checked.
    public static Optional<Signed> signed(Json.Obj said, byte[] certificate, String algorithm, byte[] signature) {
        return parse(certificate).flatMap(parsed -> {
            PublicKey key = parsed.getPublicKey();
            return CardAlgorithm.of(key)
                    .filter(one -> one.name().equals(algorithm))
                    .filter(one -> one.verifies(key, message(said), signature))
                    .map(one -> new Signed(said, approver(said), certificate.clone(), one, signature.clone()));
        });
    }

    private static Approver approver(Json.Obj said) {
        Json.Obj approver = said.object("approver");
        Instant at = UtcTime.parse(said.string("at")).orElseThrow(() -> new JsonException("'at' is no time"));
        return new Approver(approver.string("person"), approver.string("name"), approver.strings("roles"), at);
    }

    private static Optional<X509Certificate> parse(byte[] certificate) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    public byte[] toBytes() {
        return header(plan, ledger, mode, nextReview)
                .put(
                        "signatures",
                        Json.array(signatures.stream().map(Signed::toJson).toList()))
                .build()
                .canonical();
    }

    /// Reads a file and checks each signature in it.
    ///
    /// @throws JsonException saying what is wrong with it
    public static ApprovalFile parse(byte[] file, byte[] script) {
        Json.Obj json = Json.parseCanonicalObject(file);
        if (!json.string("format").equals(FORMAT)) {
            throw new JsonException("the format is not " + FORMAT);
        }
        Digest digest = json.digest("sha256");
        if (!digest.equals(Digest.of(script))) {
            throw new JsonException(Texts.get("approval.file.other", digest.grouped()));
        }
        var plan = new Plan(json.string("script_id"), json.string("version"), json.string("title"), digest);
        var signatures = new ArrayList<Signed>();
        for (Json.Obj one : json.objects("signatures")) {
            Signed signed = signed(
                            one.object("signed"),
                            decoded(one.string("certificate")),
                            one.string("alg"),
                            decoded(one.string("signature")))
                    .orElseThrow(() -> new JsonException(Texts.get("approval.file.signature", signatures.size() + 1)));
            var saying = new Saying(
                    plan, json.string("ledger"), json.string("mode"), json.string("next_review"), signed.approver());
            if (!saying.toJson().equals(signed.said())) {
                throw new JsonException(Texts.get("approval.file.said", signatures.size() + 1));
            }
            signatures.add(signed);
        }
        Set<String> persons = Set.copyOf(
                signatures.stream().map(one -> one.approver().person()).toList());
        if (signatures.isEmpty() || persons.size() != signatures.size()) {
            throw new JsonException(Texts.get("approval.file.persons"));
        }
        return new ApprovalFile(
                plan, json.string("ledger"), json.string("mode"), json.string("next_review"), signatures);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new JsonException("not base64: " + base64);
        }
    }
}
