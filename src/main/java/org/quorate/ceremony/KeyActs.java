package org.quorate.ceremony;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPolicy;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeyReport;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Operation;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.Entry;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// Keys come into being: approved, committed, made, and read back in a new session.
final class KeyActs {
    private KeyActs() {}

    static String generatePair(Step.GenerateKeyPair step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        KeySpec.Pair spec = (KeySpec.Pair) key.spec();
        TokenInfo token = stage.token(step.token()).info();
        Template publicHalf = key.purpose().publicHalf(key.label());
        Template privateHalf = key.purpose().privateHalf(key.label());
        Leftovers.clear(stage, step.token(), step.quorum(), PinKind.USER);
        Approval approval = stage.approve(
                Operation.GENERATE_KEY_PAIR,
                step.quorum(),
                Texts.get("ceremony.statement.generate", spec.text(), key.label(), token.label(), token.serial())
                        + spelled("private_key", privateHalf)
                        + spelled("public_key", publicHalf),
                () -> intent(Operation.GENERATE_KEY_PAIR, step.token(), step.key(), freshId(stage, step.token()), stage)
                        .put("spec", spec.text())
                        .put("purpose", key.purpose().wire())
                        .put(
                                "template",
                                Json.obj()
                                        .put("public", publicHalf.toJson())
                                        .put("private", privateHalf.toJson())
                                        .build())
                        .put("expect", Texts.get("ceremony.expect.generate"))
                        .putIfPresent("cryptoperiod", cryptoperiod(key, stage))
                        .build());
        KeyId id = new KeyId(approval.act().string("cka_id"));
        stage.commit(
                Texts.get("ceremony.commit.generate", spec.text()),
                Texts.get("ceremony.consequence.generate", key.label(), token.label()),
                List.of(
                        Exhibit.of(Texts.get("ceremony.fact.serial"), token.serial()),
                        Exhibit.of(Texts.get("ceremony.fact.label"), token.label()),
                        Exhibit.of(Texts.get("ceremony.fact.key"), key.label() + ", " + spec.text()),
                        Exhibit.of(Texts.get("ceremony.fact.cka_id"), id.hex())),
                approval,
                token);
        stage.withLogin(
                step.token(),
                PinKind.USER,
                session -> stage.act(
                        approval,
                        Texts.get("ceremony.working.generate", spec.text()),
                        () -> session.generateKeyPair(spec, id, publicHalf, privateHalf)
                                .map(KeyActs::describe)));
        // A new session, so that what is read is what the token keeps and not what this session remembers.
        return stage.withLogin(step.token(), PinKind.USER, session -> {
            PublicKey published = recordPublicKey(stage, session, step.key(), step.token(), id);
            readBack(stage, session, step.key(), step.token(), id, ObjectClass.PUBLIC_KEY, publicHalf);
            readBack(stage, session, step.key(), step.token(), id, ObjectClass.PRIVATE_KEY, privateHalf);
            return Texts.get(
                    "ceremony.generate.done",
                    key.label(),
                    Digest.of(published.getEncoded()).grouped());
        });
    }

    static String generateSecretKey(Step.GenerateSecretKey step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        KeySpec.Secret spec = (KeySpec.Secret) key.spec();
        TokenInfo token = stage.token(step.token()).info();
        Template template = key.purpose().secretKey(key.label());
        PinKind maker = makerOf(key.purpose());
        boolean wrapping = maker == PinKind.SECURITY_OFFICER;
        Leftovers.clear(stage, step.token(), step.quorum(), maker);
        Approval approval = stage.approve(
                Operation.GENERATE_KEY,
                step.quorum(),
                Texts.get(
                                wrapping ? "ceremony.statement.wrapping_key" : "ceremony.statement.generate",
                                spec.text(),
                                key.label(),
                                token.label(),
                                token.serial())
                        + spelled("secret_key", template),
                () -> intent(Operation.GENERATE_KEY, step.token(), step.key(), freshId(stage, step.token()), stage)
                        .put("spec", spec.text())
                        .put("purpose", key.purpose().wire())
                        .put("template", template.toJson())
                        .put("expect", Texts.get("ceremony.expect.secret_key"))
                        .putIfPresent("cryptoperiod", cryptoperiod(key, stage))
                        .build());
        KeyId id = new KeyId(approval.act().string("cka_id"));
        stage.withLogin(
                step.token(),
                maker,
                session -> stage.act(
                        approval,
                        Texts.get("ceremony.working.generate", spec.text()),
                        () -> session.generateKey(spec, id, template)
                                .map(made ->
                                        Json.obj().put("cka_id", made.hex()).build())));
        return stage.withLogin(step.token(), maker, session -> {
            readBack(stage, session, step.key(), step.token(), id, ObjectClass.SECRET_KEY, template);
            if (!wrapping) {
                String value = CheckValues.record(stage, session, step.key(), step.token(), id)
                        .hex();
                return Texts.get("ceremony.secret_key.done", key.label(), value);
            }
            stage.observe(Observation.sensed(
                    "public_object",
                    Texts.get("ceremony.public_object.label"),
                    Texts.get("ceremony.public_object.text")));
            return Texts.get("ceremony.wrapping_key.done", key.label(), id.hex());
        });
    }

    static String importTrusted(Step.ImportTrustedKey step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        TokenInfo token = stage.token(step.to()).info();
        PublicKey published = publicKey(stage, step.key(), step.from());
        Digest fingerprint = Digest.of(published.getEncoded());
        Template template = key.purpose().trustedPublicHalf(key.label());
        stage.compare(
                "fingerprint",
                Exhibit.of(Texts.get("ceremony.fingerprint.label", key.label()), fingerprint),
                Texts.get(
                        "ceremony.fingerprint.of_source",
                        stage.script().cast().token(step.from()).title()));
        Leftovers.clear(stage, step.to(), step.quorum(), PinKind.SECURITY_OFFICER);
        Approval approval = stage.approve(
                Operation.IMPORT_PUBLIC_KEY,
                step.quorum(),
                Texts.get(
                                "ceremony.statement.import",
                                key.label(),
                                fingerprint.grouped(),
                                token.label(),
                                token.serial())
                        + spelled("public_key", template),
                () -> intent(
                                Operation.IMPORT_PUBLIC_KEY,
                                step.to(),
                                step.key(),
                                stage.keyOn(step.key(), step.from()),
                                stage)
                        .put("spec", key.spec().text())
                        .put("spki_sha256", fingerprint.hex())
                        .put("from", step.from())
                        .put("template", template.toJson())
                        .put("expect", Texts.get("ceremony.expect.import"))
                        .build());
        KeyId id = new KeyId(approval.act().string("cka_id"));
        stage.withLogin(
                step.to(),
                PinKind.SECURITY_OFFICER,
                session -> stage.act(
                        approval,
                        Texts.get("ceremony.working.import"),
                        () -> session.importPublicKey(published, id, template)
                                .map(made ->
                                        Json.obj().put("cka_id", made.hex()).build())));
        return stage.withLogin(step.to(), PinKind.SECURITY_OFFICER, session -> {
            PublicKey imported = recordPublicKey(stage, session, step.key(), step.to(), id);
            if (!imported.equals(published)) {
                throw StepFailed.hard(Problem.of("ceremony.key_differs", key.label()));
            }
            readBack(stage, session, step.key(), step.to(), id, ObjectClass.PUBLIC_KEY, template);
            return Texts.get("ceremony.import.done", key.label(), token.label());
        });
    }

    static String readFingerprint(Step.ReadFingerprint step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        if (kind(key) == ObjectClass.SECRET_KEY) {
            return CheckValues.read(step, stage, key);
        }
        Digest recorded = Digest.of(publicKey(stage, step.key(), step.token()).getEncoded());
        Digest now = stage.withLogin(
                step.token(),
                PinKind.USER,
                session -> Digest.of(session.publicKey(stage.keyOn(step.key(), step.token()))
                        .orThrow()
                        .getEncoded()));
        if (!now.equals(recorded)) {
            throw StepFailed.hard(Problem.of("ceremony.key_differs", key.label()));
        }
        stage.compare(
                "fingerprint",
                Exhibit.of(Texts.get("ceremony.fingerprint.label", key.label()), now),
                Texts.get("ceremony.fingerprint.against"));
        return Texts.get("ceremony.fingerprint.done", key.label());
    }

    // ---- shared by the acts on keys ----

    /// TRUSTED can only be set by the security officer; what is private can only be made by the user.
    static PinKind makerOf(KeyPurpose purpose) {
        return purpose == KeyPurpose.WRAPPING ? PinKind.SECURITY_OFFICER : PinKind.USER;
    }

    static ObjectClass kind(KeyDefinition key) {
        return key.spec() instanceof KeySpec.Secret ? ObjectClass.SECRET_KEY : ObjectClass.PRIVATE_KEY;
    }

    /// Refuses what is too weak for the time that it is to be used, by the clock of today.
    static Optional<Json.Obj> cryptoperiod(KeyDefinition key, Stage stage) {
        return key.years().map(years -> {
            LocalDate from = LocalDate.ofInstant(stage.equipment().workstation().now(), ZoneOffset.UTC);
            LocalDate until = from.plusYears(years);
            KeyPolicy.refusal(key.spec(), until.getYear()).ifPresent(refusal -> {
                throw StepFailed.hard(
                        Problem.of("ceremony.key_too_weak", key.label(), refusal.strength(), until, refusal.section()));
            });
            return Json.obj()
                    .put("from", from.toString())
                    .put("until", until.toString())
                    .build();
        });
    }

    /// What every intent about a key says.
    static Json.Builder intent(Operation operation, String role, String key, KeyId id, Stage stage) {
        return Json.obj()
                .put("op", operation.wire())
                .put("token", stage.token(role).info().identity())
                .put("token_role", role)
                .put("key", key)
                .put("cka_id", id.hex());
    }

    /// What every intent says that is about a token and none of its keys; the format wants sixteen bytes for an id.
    static Json.Builder intentOnToken(Operation operation, String role, TokenInfo token) {
        return Json.obj()
                .put("op", operation.wire())
                .put("token", token.identity())
                .put("token_role", role)
                .put("key", "")
                .put("cka_id", "0".repeat(32));
    }

    /// Every attribute in words, so that officers read what they sign.
    static String spelled(String kind, Template template) {
        return "\n"
                + Texts.get(
                        "ceremony.attributes",
                        Texts.get("ceremony.attributes." + kind),
                        template.named(true),
                        template.named(false));
    }

    /// Sixteen bytes of the token's own generator.
    static KeyId freshId(Stage stage, String role) {
        return KeyId.of(stage.token(role).random(16).orThrow());
    }

    /// The public key as it was recorded when it came to be, or was imported, on that token.
    static PublicKey publicKey(Stage stage, String key, String role) {
        Entry entry = stage.ceremony()
                .observation("public_key", key, role)
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.no_key", key, role)));
        return decode(Base64.getDecoder().decode(entry.data().object("detail").string("spki")));
    }

    static PublicKey decode(byte[] spki) {
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
            } catch (GeneralSecurityException e) {
                // The next algorithm is tried; where none fits, the line below says so.
            }
        }
        throw Problem.of("ceremony.unknown_key_kind").asException();
    }

    static PublicKey recordPublicKey(Stage stage, TokenSession session, String key, String role, KeyId id) {
        return recordPublicKey(stage, session.publicKey(id).orThrow(), key, role);
    }

    static PublicKey recordPublicKey(Stage stage, PublicKey published, String key, String role) {
        byte[] spki = published.getEncoded();
        KeyDefinition definition = stage.script().cast().key(key);
        stage.observe(Observation.sensed(
                        "public_key",
                        Texts.get("ceremony.public_key.label", definition.label()),
                        Digest.of(spki).grouped())
                .detail(Json.obj()
                        .put("key", key)
                        .put("role", role)
                        .put("spec", definition.spec().text())
                        .put("spki", Base64.getEncoder().encodeToString(spki))
                        .put("sha256", Digest.of(spki).hex())
                        .build()));
        return published;
    }

    /// Reads every attribute that was asked for back, and puts asked beside reported on record.
    static KeyReport readBack(
            Stage stage, TokenSession session, String key, String role, KeyId id, ObjectClass kind, Template asked) {
        Optional<TokenObject> object = session.find(id, kind);
        if (object.isEmpty()) {
            throw StepFailed.hard(Problem.of("ceremony.key_not_found", kind.cko(), id.hex(), role));
        }
        KeyReport report =
                session.report(object.get(), asked).believing(attribute -> VendorActs.reports(attribute, role, stage));
        long asAsked = report.lines().stream()
                .filter(line -> line.state() == KeyReport.State.AS_ASKED)
                .count();
        stage.observe(Observation.sensed(
                        "key_report",
                        Texts.get("ceremony.key_report.label." + kind.name().toLowerCase(Locale.ROOT), role),
                        Texts.get(
                                        "ceremony.key_report.text",
                                        asAsked,
                                        report.lines().size(),
                                        report.differing().size())
                                + unbelieved(report, role, stage))
                .verdict(report.differing().isEmpty())
                .detail(report.toJson().with("key", Json.of(key)).with("role", Json.of(role))));
        if (!report.differing().isEmpty()) {
            String names = report.differing().stream()
                    .map(line -> line.attribute().cka())
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
            throw StepFailed.overridable(Problem.of("ceremony.attributes_differ", names));
        }
        return report;
    }

    /// Nobody is left to wonder why a token that answers everything has no answer here.
    private static String unbelieved(KeyReport report, String role, Stage stage) {
        List<String> names = report.lines().stream()
                .map(KeyReport.Line::attribute)
                .filter(attribute -> !VendorActs.reports(attribute, role, stage))
                .map(Attribute::cka)
                .toList();
        return names.isEmpty() ? "" : ". " + Texts.get("ceremony.key_report.unbelieved", String.join(", ", names));
    }

    private static Json.Obj describe(PublicKey key) {
        return Json.obj().put("spki_sha256", Digest.of(key.getEncoded()).hex()).build();
    }
}
