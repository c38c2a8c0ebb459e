package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The backup of a ceremony as one story on two real tokens: the root reaches the second token under a wrapping key
/// that reached it under a transport key, and afterwards nothing is left that could carry it away again.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupOnSoftHsmTest {
    private static final KeyId TRANSPORT = id(1);
    private static final KeyId WRAPPING = id(2);
    private static final KeyId ROOT = id(3);
    private static final KeyId UNTRUSTED = id(4);
    private static final KeyId CARELESS = id(5);
    private static final KeyId STOLEN = id(6);
    private static final KeyId FORBIDDEN = id(7);
    private static final KeySpec.Pair ROOT_SPEC = new KeySpec.Ec(KeySpec.Curve.P384);
    private static final KeySpec.Secret AES = new KeySpec.Aes(256);
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);

    private static SoftHsm softHsm;
    private static PublicKey root;

    @BeforeAll
    static void twoTokens() {
        softHsm = SoftHsm.with("primary", "backup");
        root = transportAndWrappingKeysAndRoot();
    }

    @AfterAll
    static void away() {
        softHsm.close();
    }

    @Test
    @Order(Integer.MAX_VALUE) // it destroys what the others look at
    void backup_carriesTheRootOnceAndThenNeverAgain() throws Exception {
        try (TokenSession backup = softHsm.asUser("backup")) {
            assertAsAsked(backup, ROOT, ObjectClass.PRIVATE_KEY, KeyPurpose.CERTIFICATE_AUTHORITY.copy("root"));
            assertAsAsked(backup, WRAPPING, ObjectClass.SECRET_KEY, KeyPurpose.UNWRAPPING.secretKey("wrapping"));
            byte[] signature =
                    backup.sign(ROOT, SignatureScheme.ECDSA_SHA384, MESSAGE).orThrow();
            assertThat(verifiesInSoftware(root, signature)).isTrue();
            destroy(backup, WRAPPING);
            destroy(backup, TRANSPORT);
            assertThat(backup.objects()).extracting(TokenObject::kind).containsExactly(ObjectClass.PRIVATE_KEY);
        }

        try (TokenSession primary = softHsm.asUser("primary")) {
            TokenObject key = primary.find(ROOT, ObjectClass.PRIVATE_KEY).orElseThrow();
            assertThat(primary.set(key, Attribute.EXTRACTABLE, false).rv()).isEqualTo("CKR_OK");
            assertThat(primary.wrap(WRAPPING, WrapScheme.AES_KWP, ROOT, ObjectClass.PRIVATE_KEY))
                    .isEqualTo(new Outcome.Refused<>("C_WrapKey", "CKR_KEY_UNEXTRACTABLE"));
            assertThat(primary.set(key, Attribute.EXTRACTABLE, true)).isInstanceOf(Outcome.Refused.class);
            destroy(primary, WRAPPING);
            destroy(primary, TRANSPORT);
            assertThat(primary.objects())
                    .filteredOn(object -> !object.id().equals(Optional.of(UNTRUSTED))
                            && !object.id().equals(Optional.of(CARELESS)))
                    .extracting(TokenObject::kind)
                    .containsExactlyInAnyOrder(ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY);
        }
    }

    @Test
    void keysBeforeTheBackup_areAsAsked() {
        try (TokenSession primary = softHsm.asUser("primary")) {
            assertAsAsked(primary, ROOT, ObjectClass.PRIVATE_KEY, KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf("root"));
            assertAsAsked(primary, ROOT, ObjectClass.PUBLIC_KEY, KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf("root"));
            assertAsAsked(primary, WRAPPING, ObjectClass.SECRET_KEY, KeyPurpose.WRAPPING.secretKey("wrapping"));
            assertAsAsked(
                    primary, TRANSPORT, ObjectClass.PUBLIC_KEY, KeyPurpose.TRANSPORT.trustedPublicHalf("transport"));
        }
        try (TokenSession backup = softHsm.asUser("backup")) {
            assertAsAsked(backup, TRANSPORT, ObjectClass.PRIVATE_KEY, KeyPurpose.TRANSPORT.privateHalf("transport"));
            assertAsAsked(backup, TRANSPORT, ObjectClass.PUBLIC_KEY, KeyPurpose.TRANSPORT.publicHalf("transport"));
        }
    }

    @Test
    void wrappingTheRoot_underAKeyThatIsNotTrusted_isRefused() {
        try (TokenSession primary = softHsm.asUser("primary")) {
            Template untrusted = KeyPurpose.WRAPPING.secretKey("other").with(Attribute.TRUSTED, false);
            primary.generateKey(AES, UNTRUSTED, untrusted).orThrow();
            assertThat(primary.wrap(UNTRUSTED, WrapScheme.AES_KWP, ROOT, ObjectClass.PRIVATE_KEY))
                    .isEqualTo(new Outcome.Refused<>("C_WrapKey", "CKR_KEY_NOT_WRAPPABLE"));
        }
    }

    /// SoftHSM leaves a nameless object behind when it refuses; it is found and destroyed as any other.
    @Test
    void makingATrustedKey_byTheUser_isRefused_andItsRemainsCanBeDestroyed() {
        try (TokenSession primary = softHsm.asUser("primary")) {
            assertThat(primary.generateKey(AES, FORBIDDEN, KeyPurpose.WRAPPING.secretKey("other")))
                    .isEqualTo(new Outcome.Refused<>("C_GenerateKey", "CKR_ATTRIBUTE_READ_ONLY"));
            assertThat(primary.find(FORBIDDEN)).isEmpty();
            primary.objects().stream()
                    .filter(object -> object.id().isEmpty())
                    .forEach(remains -> primary.destroy(remains).orThrow());
            assertThat(primary.objects()).allMatch(object -> object.id().isPresent());
        }
    }

    @Test
    void unwrapping_withTheWrappingKeyAndNoLogin_isRefused() {
        byte[] wrapped;
        try (TokenSession primary = softHsm.asUser("primary")) {
            wrapped = primary.wrap(WRAPPING, WrapScheme.AES_KWP, ROOT, ObjectClass.PRIVATE_KEY)
                    .orThrow();
        }
        try (TokenSession anybody = softHsm.withoutLogin("primary")) {
            assertThat(anybody.find(WRAPPING, ObjectClass.SECRET_KEY)).isPresent();
            Template inClear = KeyPurpose.CERTIFICATE_AUTHORITY
                    .privateHalf("stolen")
                    .with(Attribute.TOKEN, false)
                    .with(Attribute.PRIVATE, false)
                    .with(Attribute.SENSITIVE, false);
            assertThat(anybody.unwrap(WRAPPING, WrapScheme.AES_KWP, wrapped, ROOT_SPEC, STOLEN, inClear))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void sameUnwrapping_withAKeyThatMayUnwrap_succeeds_soThatTheRefusalAboveMeansSomething() {
        try (TokenSession officer = softHsm.asSecurityOfficer("primary")) {
            Template careless = KeyPurpose.WRAPPING.secretKey("careless").with(Attribute.UNWRAP, true);
            officer.generateKey(AES, CARELESS, careless).orThrow();
        }
        byte[] wrapped;
        try (TokenSession primary = softHsm.asUser("primary")) {
            wrapped = primary.wrap(CARELESS, WrapScheme.AES_KWP, ROOT, ObjectClass.PRIVATE_KEY)
                    .orThrow();
        }
        try (TokenSession anybody = softHsm.withoutLogin("primary")) {
            Template inClear = KeyPurpose.CERTIFICATE_AUTHORITY
                    .privateHalf("stolen")
                    .with(Attribute.TOKEN, false)
                    .with(Attribute.PRIVATE, false)
                    .with(Attribute.SENSITIVE, false);
            anybody.unwrap(CARELESS, WrapScheme.AES_KWP, wrapped, ROOT_SPEC, STOLEN, inClear)
                    .orThrow();
            TokenObject key = anybody.find(STOLEN, ObjectClass.PRIVATE_KEY).orElseThrow();
            assertThat(anybody.secretReadable(key).orThrow()).isTrue();
        }
    }

    /// Everything up to the root on both tokens; the public half of the root.
    private static PublicKey transportAndWrappingKeysAndRoot() {
        PublicKey transport;
        try (TokenSession backup = softHsm.asUser("backup")) {
            transport = backup.generateKeyPair(
                            new KeySpec.Rsa(3072),
                            TRANSPORT,
                            KeyPurpose.TRANSPORT.publicHalf("transport"),
                            KeyPurpose.TRANSPORT.privateHalf("transport"))
                    .orThrow();
        }
        try (TokenSession officer = softHsm.asSecurityOfficer("primary")) {
            officer.importPublicKey(transport, TRANSPORT, KeyPurpose.TRANSPORT.trustedPublicHalf("transport"))
                    .orThrow();
            officer.generateKey(AES, WRAPPING, KeyPurpose.WRAPPING.secretKey("wrapping"))
                    .orThrow();
        }
        PublicKey generated;
        byte[] wrappingKey;
        byte[] wrappedRoot;
        try (TokenSession primary = softHsm.asUser("primary")) {
            generated = primary.generateKeyPair(
                            ROOT_SPEC,
                            ROOT,
                            KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf("root"),
                            KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf("root"))
                    .orThrow();
            wrappingKey = primary.wrap(TRANSPORT, WrapScheme.RSA_OAEP, WRAPPING, ObjectClass.SECRET_KEY)
                    .orThrow();
            wrappedRoot = primary.wrap(WRAPPING, WrapScheme.AES_KWP, ROOT, ObjectClass.PRIVATE_KEY)
                    .orThrow();
            assertThat(primary.publicKey(ROOT).orThrow()).isEqualTo(generated);
        }
        try (TokenSession backup = softHsm.asUser("backup")) {
            Template unwrapping = KeyPurpose.UNWRAPPING.secretKey("wrapping");
            backup.unwrap(TRANSPORT, WrapScheme.RSA_OAEP, wrappingKey, AES, WRAPPING, unwrapping)
                    .orThrow();
            Template copy = KeyPurpose.CERTIFICATE_AUTHORITY.copy("root");
            backup.unwrap(WRAPPING, WrapScheme.AES_KWP, wrappedRoot, ROOT_SPEC, ROOT, copy)
                    .orThrow();
        }
        return generated;
    }

    private static void assertAsAsked(TokenSession session, KeyId id, ObjectClass kind, Template asked) {
        KeyReport report = session.report(session.find(id, kind).orElseThrow(), asked);
        assertThat(report.lines())
                .filteredOn(line -> line.asked().isPresent() && line.state() != KeyReport.State.AS_ASKED)
                .isEmpty();
    }

    private static void destroy(TokenSession session, KeyId id) {
        List<TokenObject> objects = session.find(id);
        assertThat(objects).isNotEmpty();
        objects.forEach(object -> session.destroy(object).orThrow());
        assertThat(session.find(id)).isEmpty();
    }

    private static boolean verifiesInSoftware(PublicKey key, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance("SHA384withECDSA");
        verifier.initVerify(key);
        verifier.update(MESSAGE);
        return verifier.verify(signature);
    }

    private static KeyId id(int number) {
        return new KeyId("%032x".formatted(number));
    }
}
