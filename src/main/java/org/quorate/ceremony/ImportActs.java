package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Operation;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// Keys that were made elsewhere come in, under a key of this token whose public half was handed out. That it is the
/// right one is compared with what its sender says on paper, never with what came beside it.
final class ImportActs {
    private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";
    private static final int MAX_BYTES = 64 << 10;

    private ImportActs() {}

    static String handOut(Step.HandOutPublicKey step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        PublicKey published = KeyActs.publicKey(stage, step.key(), step.token());
        CeremonyFiles.handOut(
                stage, step.file(), Texts.get("ceremony.hand_out.explanation", key.label()), pem(published));
        return Texts.get("ceremony.hand_out.done", key.label(), step.file());
    }

    static String importKey(Step.ImportKey step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        KeyDefinition under = stage.script().cast().key(step.under());
        TokenInfo token = stage.token(step.token()).info();
        KeyId unwrapping = stage.keyOn(step.under(), step.token());
        Template template = key.purpose().generated(key.spec(), key.label());
        byte[] blob = CeremonyFiles.get(
                stage,
                step.file(),
                Texts.get("ceremony.import_key.bring", step.file()),
                MAX_BYTES,
                bytes -> bytes.length == 0 ? Optional.of(Texts.get("ceremony.import_key.empty")) : Optional.empty());
        Optional<PublicKey> published = step.publicFile().map(name -> publicKey(name, key, stage));
        WrapScheme scheme = scheme(blob, stage, step);
        Leftovers.clear(stage, step.token(), step.quorum(), PinKind.USER);
        Approval approval = stage.approve(
                Operation.IMPORT_KEY,
                step.quorum(),
                Texts.get(
                                "ceremony.statement.import_key",
                                key.spec().text(),
                                key.label(),
                                step.file(),
                                Digest.of(blob).grouped(),
                                under.label(),
                                token.label(),
                                token.serial())
                        + KeyActs.spelled(
                                KeyActs.kind(key) == ObjectClass.SECRET_KEY ? "secret_key" : "private_key", template),
                () -> KeyActs.intent(
                                Operation.IMPORT_KEY,
                                step.token(),
                                step.key(),
                                KeyActs.freshId(stage, step.token()),
                                stage)
                        .put("under", step.under())
                        .put("mechanism", scheme.name())
                        .put("spec", key.spec().text())
                        .put("purpose", key.purpose().wire())
                        .put("file", step.file())
                        .put("sha256", Digest.of(blob).hex())
                        .put("template", template.toJson())
                        .put("expect", Texts.get("ceremony.expect.import_key"))
                        .putIfPresent("cryptoperiod", KeyActs.cryptoperiod(key, stage))
                        .build());
        KeyId id = new KeyId(approval.act().string("cka_id"));
        stage.withLogin(
                step.token(),
                PinKind.USER,
                session -> stage.act(
                        approval,
                        Texts.get("ceremony.working.import"),
                        () -> session.unwrap(unwrapping, scheme, blob, key.spec(), id, template)
                                .map(made ->
                                        Json.obj().put("cka_id", made.hex()).build())));
        stage.withLogin(step.token(), PinKind.USER, session -> {
            KeyActs.readBack(stage, session, step.key(), step.token(), id, KeyActs.kind(key), template);
            published.ifPresentOrElse(
                    half -> proveHalf(step, stage, session, id, half),
                    () -> CheckValues.record(stage, session, step.key(), step.token(), id));
            return id;
        });
        if (published.isEmpty()) {
            stage.compare(
                    "check_value_compared",
                    Exhibit.of(
                            Texts.get("ceremony.check_value.label", key.label()),
                            CheckValues.known(step.key(), stage).orElseThrow().hex()),
                    Texts.get("ceremony.import_key.against"));
        }
        return Texts.get("ceremony.import_key.done", key.label(), token.label());
    }

    /// A blob as long as the modulus is one OAEP block; a longer one has the key behind it.
    private static WrapScheme scheme(byte[] blob, Stage stage, Step.ImportKey step) {
        PublicKey transport = KeyActs.publicKey(stage, step.under(), step.token());
        int block = ((RSAPublicKey) transport).getModulus().bitLength() / 8;
        return blob.length == block ? WrapScheme.RSA_OAEP : WrapScheme.RSA_AES;
    }

    /// The fingerprint is compared before anything is approved.
    private static PublicKey publicKey(String file, KeyDefinition key, Stage stage) {
        byte[] pem = CeremonyFiles.get(
                stage,
                file,
                Texts.get("ceremony.import_key.bring_public", file),
                MAX_BYTES,
                bytes -> parsed(bytes).isEmpty()
                        ? Optional.of(Texts.get("ceremony.import_key.no_pem"))
                        : Optional.empty());
        PublicKey published = parsed(pem).orElseThrow();
        stage.compare(
                "fingerprint",
                Exhibit.of(Texts.get("ceremony.fingerprint.label", key.label()), Digest.of(published.getEncoded())),
                Texts.get("ceremony.import_key.against"));
        return published;
    }

    /// The private half signs what only the public half that was compared can verify.
    private static void proveHalf(
            Step.ImportKey step, Stage stage, TokenSession session, KeyId id, PublicKey published) {
        KeyDefinition key = stage.script().cast().key(step.key());
        SignatureScheme scheme = SignatureScheme.strongestFor((KeySpec.Pair) key.spec());
        byte[] message = ("quorate import\n" + id.hex() + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] signature = session.sign(id, scheme, message).orThrow();
        if (!verifies(published, scheme, message, signature)) {
            throw StepFailed.hard(Problem.of("ceremony.key_differs", key.label()));
        }
        KeyActs.recordPublicKey(stage, published, step.key(), step.token());
    }

    private static boolean verifies(PublicKey key, SignatureScheme scheme, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(scheme.jca());
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static byte[] pem(PublicKey key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return (PEM_BEGIN + "\n" + body + "\n" + PEM_END + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static Optional<PublicKey> parsed(byte[] pem) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        int begin = text.indexOf(PEM_BEGIN);
        int end = text.indexOf(PEM_END);
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    KeyActs.decode(Base64.getMimeDecoder().decode(text.substring(begin + PEM_BEGIN.length(), end))));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
