package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The backup of a ceremony as one story on two real tokens: the root reaches the second token under a wrapping key
/// that reached it under a transport key, and afterwards nothing is left that could carry it away again.
class BackupOnSoftHsmTest {
    private static final KeyId TRANSPORT = id(1);
    private static final KeyId WRAPPING = id(2);
    private static final KeyId ROOT = id(3);
    private static final KeyId OTHER = id(4);
    private static final KeySpec.Pair ROOT_SPEC = new KeySpec.Ec(KeySpec.Curve.P384);
    private static final KeySpec.Secret AES = new KeySpec.Aes(256);
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);

    private SoftHsm softHsm;

    @BeforeEach
    void twoTokens() {
        softHsm = SoftHsm.with("primary", "backup");
    }

    @AfterEach
    void away() {
        softHsm.close();
    }

    @Test
    void backup_carriesTheRootOnceAndThenNeverAgain() throws Exception {
        PublicKey root = transportAndWrappingKeysAndRoot();

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
                    .extracting(TokenObject::kind)
                    .containsExactlyInAnyOrder(ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY);
        }
    }

    @Test
    void keysBeforeTheBackup_areAsAsked() {
        transportAndWrappingKeysAndRoot();
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
        transportAndWrappingKeysAndRoot();
        try (TokenSession primary = softHsm.asUser("primary")) {
            Template untrusted = KeyPurpose.WRAPPING.secretKey("other").with(Attribute.TRUSTED, false);
            primary.generateKey(AES, OTHER, untrusted).orThrow();
            assertThat(primary.wrap(OTHER, WrapScheme.AES_KWP, ROOT, ObjectClass.PRIVATE_KEY))
                    .isEqualTo(new Outcome.Refused<>("C_WrapKey", "CKR_KEY_NOT_WRAPPABLE"));
        }
    }

    @Test
    void makingATrustedKey_byTheUser_isRefused() {
        try (TokenSession primary = softHsm.asUser("primary")) {
            assertThat(primary.generateKey(AES, OTHER, KeyPurpose.WRAPPING.secretKey("other")))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void unwrapping_withTheWrappingKeyAndNoLogin_isRefused() {
        transportAndWrappingKeysAndRoot();
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
            assertThat(anybody.unwrap(WRAPPING, WrapScheme.AES_KWP, wrapped, ROOT_SPEC, OTHER, inClear))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void sameUnwrapping_withAKeyThatMayUnwrap_succeeds_soThatTheRefusalAboveMeansSomething() {
        transportAndWrappingKeysAndRoot();
        try (TokenSession officer = softHsm.asSecurityOfficer("primary")) {
            Template careless = KeyPurpose.WRAPPING.secretKey("careless").with(Attribute.UNWRAP, true);
            officer.generateKey(AES, OTHER, careless).orThrow();
        }
        byte[] wrapped;
        try (TokenSession primary = softHsm.asUser("primary")) {
            wrapped = primary.wrap(OTHER, WrapScheme.AES_KWP, ROOT, ObjectClass.PRIVATE_KEY)
                    .orThrow();
        }
        try (TokenSession anybody = softHsm.withoutLogin("primary")) {
            Template inClear = KeyPurpose.CERTIFICATE_AUTHORITY
                    .privateHalf("stolen")
                    .with(Attribute.TOKEN, false)
                    .with(Attribute.PRIVATE, false)
                    .with(Attribute.SENSITIVE, false);
            KeyId stolen = id(5);
            anybody.unwrap(OTHER, WrapScheme.AES_KWP, wrapped, ROOT_SPEC, stolen, inClear)
                    .orThrow();
            TokenObject key = anybody.find(stolen, ObjectClass.PRIVATE_KEY).orElseThrow();
            assertThat(anybody.secretReadable(key).orThrow()).isTrue();
        }
    }

    /// Everything up to the root on both tokens; the public half of the root.
    private PublicKey transportAndWrappingKeysAndRoot() {
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
        PublicKey root;
        byte[] wrappingKey;
        byte[] wrappedRoot;
        try (TokenSession primary = softHsm.asUser("primary")) {
            root = primary.generateKeyPair(
                            ROOT_SPEC,
                            ROOT,
                            KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf("root"),
                            KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf("root"))
                    .orThrow();
            wrappingKey = primary.wrap(TRANSPORT, WrapScheme.RSA_OAEP, WRAPPING, ObjectClass.SECRET_KEY)
                    .orThrow();
            wrappedRoot = primary.wrap(WRAPPING, WrapScheme.AES_KWP, ROOT, ObjectClass.PRIVATE_KEY)
                    .orThrow();
            assertThat(primary.publicKey(ROOT).orThrow()).isEqualTo(root);
        }
        try (TokenSession backup = softHsm.asUser("backup")) {
            Template unwrapping = KeyPurpose.UNWRAPPING.secretKey("wrapping");
            backup.unwrap(TRANSPORT, WrapScheme.RSA_OAEP, wrappingKey, AES, WRAPPING, unwrapping)
                    .orThrow();
            Template copy = KeyPurpose.CERTIFICATE_AUTHORITY.copy("root");
            backup.unwrap(WRAPPING, WrapScheme.AES_KWP, wrappedRoot, ROOT_SPEC, ROOT, copy)
                    .orThrow();
        }
        return root;
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
