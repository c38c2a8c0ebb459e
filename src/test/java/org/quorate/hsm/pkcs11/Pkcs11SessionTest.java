package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.CipherScheme;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeyReport;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;

class Pkcs11SessionTest {
    private static final byte[] MESSAGE = "a certificate to be".getBytes(StandardCharsets.UTF_8);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static SoftHsm softHsm;
    private static TokenSession session;

    @BeforeAll
    static void userSession() {
        softHsm = SoftHsm.with("one", "two");
        session = softHsm.asUser("one");
    }

    @AfterAll
    static void away() {
        session.close();
        softHsm.close();
    }

    @ParameterizedTest
    @CsvSource({
        "EC P-256, ECDSA_SHA256",
        "EC P-384, ECDSA_SHA384",
        "EC P-521, ECDSA_SHA512",
        "RSA 2048, RSA_SHA256",
        "RSA 2048, RSA_SHA384"
    })
    void signature_verifiesOnTheTokenAndInSoftware_andNoOtherMessageDoes(String spec, SignatureScheme scheme)
            throws Exception {
        KeyId id = nextId();
        PublicKey key = generate(id, spec);
        byte[] signature = session.sign(id, scheme, MESSAGE).orThrow();

        assertThat(inSoftware(key, scheme, MESSAGE, signature)).isTrue();
        assertThat(session.verify(id, scheme, MESSAGE, signature).orThrow()).isTrue();
        assertThat(session.verify(id, scheme, new byte[] {1}, signature).orThrow())
                .isFalse();
        assertThat(session.verify(id, scheme, MESSAGE, new byte[] {1, 2}).orThrow())
                .isFalse();
        assertThat(session.publicKey(id).orThrow()).isEqualTo(key);
    }

    @Test
    void signing_byHashingHere_givesTheSameRsaSignatureAsTheTokensOwnHashing() {
        KeyId id = nextId();
        generate(id, "RSA 2048");
        byte[] byToken = session.sign(id, SignatureScheme.RSA_SHA256, MESSAGE).orThrow();
        var here = Signing.of(SignatureScheme.RSA_SHA256, MESSAGE, java.util.List.of());
        Cryptoki ck = softHsm.hsm().cryptoki();
        long handle = session.find(id, ObjectClass.PRIVATE_KEY).orElseThrow().handle();
        long other = ck.openSession(softHsm.token("one").info().slot(), true);
        assertThat(ck.sign(other, here.mechanism(), handle, here.input())).isEqualTo(byToken);
        ck.closeSession(other);
    }

    @Test
    void importedPublicKey_comesBackAsItWas() throws Exception {
        for (String spec : new String[] {"EC P-521", "RSA 2048"}) {
            PublicKey key = generate(nextId(), spec);
            KeyId id = nextId();
            session.importPublicKey(key, id, KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf("imported"))
                    .orThrow();
            assertThat(session.publicKey(id).orThrow()).isEqualTo(key);
        }
        assertThat(generate(nextId(), "RSA 2048")).isInstanceOf(RSAPublicKey.class);
    }

    @Test
    void importedCertificate_standsBesideItsKey() throws Exception {
        KeyId id = nextId();
        PublicKey key = generate(id, "EC P-256");
        byte[] der = Certificates.selfSigned(session, id, SignatureScheme.ECDSA_SHA256, key);
        session.importCertificate(der, id, "root").orThrow();
        assertThat(session.find(id))
                .extracting(TokenObject::kind)
                .containsExactlyInAnyOrder(ObjectClass.CERTIFICATE, ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY);
    }

    @Test
    void report_tellsAsAskedDifferingAndNotReportedApart() {
        KeyId id = nextId();
        generate(id, "EC P-256");
        Template asked =
                new Template("key", Map.of(Attribute.SIGN, true, Attribute.DECRYPT, true, Attribute.TRUSTED, false));
        TokenObject key = session.find(id, ObjectClass.PRIVATE_KEY).orElseThrow();
        KeyReport report = session.report(key, asked);
        assertThat(report.id()).isEqualTo(id);
        assertThat(state(report, Attribute.SIGN)).isEqualTo(KeyReport.State.AS_ASKED);
        assertThat(state(report, Attribute.DECRYPT)).isEqualTo(KeyReport.State.DIFFERS);
        assertThat(state(report, Attribute.TRUSTED)).isEqualTo(KeyReport.State.NOT_REPORTED);
        assertThat(report.reported(Attribute.LOCAL)).contains(true);
        assertThat(report.reported(Attribute.NEVER_EXTRACTABLE)).contains(false);
    }

    @Test
    void unknownKey_isRefused() {
        KeyId nobody = nextId();
        assertThat(session.publicKey(nobody))
                .isEqualTo(new Outcome.Refused<>("C_FindObjects", "CKR_OBJECT_HANDLE_INVALID"));
        assertThat(session.find(nobody)).isEmpty();
    }

    @Test
    void oldHandle_doesNotDestroyAnotherKey() {
        KeyId mine = nextId();
        generate(mine, "EC P-256");
        TokenObject key = session.find(mine, ObjectClass.PRIVATE_KEY).orElseThrow();
        var stale = new TokenObject(key.handle(), key.kind(), "another label", key.id(), key.onToken());
        assertThat(session.destroy(stale).rv()).isEqualTo("CKR_OBJECT_HANDLE_INVALID");
        assertThat(session.set(stale, Attribute.EXTRACTABLE, false).rv()).isEqualTo("CKR_OBJECT_HANDLE_INVALID");
        assertThatThrownBy(() -> session.report(stale, KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf("")))
                .isInstanceOf(ProblemException.class);
        assertThat(session.find(mine, ObjectClass.PRIVATE_KEY)).contains(key);
    }

    @Test
    void secret_isReadableOnlyWhereTheKeyIsNotSensitive() {
        KeyId open = nextId();
        KeyId closed = nextId();
        Template sensitive = KeyPurpose.UNWRAPPING.secretKey("key");
        session.generateKey(new KeySpec.Aes(256), closed, sensitive).orThrow();
        session.generateKey(
                        new KeySpec.Aes(128),
                        open,
                        sensitive.with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true))
                .orThrow();
        assertThat(readable(open)).isTrue();
        assertThat(readable(closed)).isFalse();
    }

    @Test
    void wrapping_namesTheMechanismThatWasFound() {
        KeyId id = nextId();
        Template both = KeyPurpose.WRAPPING
                .secretKey("key")
                .with(Attribute.TRUSTED, false)
                .with(Attribute.WRAP_WITH_TRUSTED, false);
        session.generateKey(new KeySpec.Aes(256), id, both).orThrow();
        session.wrap(id, WrapScheme.AES_KWP, id, ObjectClass.SECRET_KEY).orThrow();
        assertThat(session.mechanismOf(WrapScheme.AES_KWP)).contains("0x210a, found to be RFC 5649");
        assertThat(session.objects()).allMatch(TokenObject::onToken);
    }

    /// In sessions of its own: a refused PIN leaves the signature begun, and such a session is thrown away.
    @Test
    void keyThatWantsItsPinAtEveryUse_signsWithItAndNotWithout() throws Exception {
        KeyId id = nextId();
        SignatureScheme scheme = SignatureScheme.ECDSA_SHA256;
        try (Secret pin = SoftHsm.userPin();
                Secret wrong = Secret.ofBytes(new byte[] {'1', '2', '3', '4'})) {
            try (TokenSession own = softHsm.asUser("two")) {
                PublicKey key = own.generateKeyPair(
                                new KeySpec.Ec(KeySpec.Curve.P256),
                                id,
                                KeyPurpose.SIGNING.publicHalf("key"),
                                KeyPurpose.SIGNING.privateHalf("key").with(Attribute.ALWAYS_AUTHENTICATE, true))
                        .orThrow();
                byte[] signature = own.sign(id, scheme, MESSAGE, pin).orThrow();
                assertThat(inSoftware(key, scheme, MESSAGE, signature)).isTrue();
                assertThat(own.sign(id, scheme, MESSAGE, wrong))
                        .isEqualTo(new Outcome.Refused<>("C_Login", "CKR_PIN_INCORRECT"));
            }
            try (TokenSession own = softHsm.asUser("two")) {
                assertThat(own.sign(id, scheme, MESSAGE))
                        .isEqualTo(new Outcome.Refused<>("C_Sign", "CKR_USER_NOT_LOGGED_IN"));
            }
        }
    }

    @Test
    void blocks_areEncryptedAndDecrypted_asJavaDoesIt() throws Exception {
        KeyId id = nextId();
        Template open = KeyPurpose.UNWRAPPING
                .secretKey("key")
                .with(Attribute.UNWRAP, false)
                .with(Attribute.ENCRYPT, true)
                .with(Attribute.DECRYPT, true);
        session.generateKey(new KeySpec.Aes(256), id, open).orThrow();
        byte[] encrypted =
                session.encrypt(id, CipherScheme.AES_BLOCKS, new byte[32]).orThrow();
        assertThat(encrypted).hasSize(32);
        assertThat(java.util.Arrays.copyOf(encrypted, 16))
                .isEqualTo(java.util.Arrays.copyOfRange(encrypted, 16, 32))
                .isNotEqualTo(new byte[16]);
        assertThat(session.decrypt(id, CipherScheme.AES_BLOCKS, encrypted).orThrow())
                .isEqualTo(new byte[32]);
    }

    @Test
    void sealedBytes_areOpenedWithThePrivateHalf() {
        KeyId id = nextId();
        session.generateKeyPair(
                        new KeySpec.Rsa(2048),
                        id,
                        KeyPurpose.TRANSPORT.publicHalf("key").with(Attribute.ENCRYPT, true),
                        KeyPurpose.TRANSPORT
                                .privateHalf("key")
                                .with(Attribute.UNWRAP, false)
                                .with(Attribute.DECRYPT, true))
                .orThrow();
        byte[] sealed = session.encrypt(id, CipherScheme.RSA_OAEP, MESSAGE).orThrow();
        assertThat(sealed).hasSize(256);
        assertThat(session.decrypt(id, CipherScheme.RSA_OAEP, sealed).orThrow()).isEqualTo(MESSAGE);
    }

    @Test
    void agreement_isTheOneThatJavaComputes_andLeavesNothing() throws Exception {
        KeyId id = nextId();
        PublicKey ours = session.generateKeyPair(
                        new KeySpec.Ec(KeySpec.Curve.P384),
                        id,
                        KeyPurpose.SIGNING.publicHalf("key"),
                        KeyPurpose.SIGNING
                                .privateHalf("key")
                                .with(Attribute.SIGN, false)
                                .with(Attribute.DERIVE, true))
                .orThrow();
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair theirs = generator.generateKeyPair();
        KeyAgreement java = KeyAgreement.getInstance("ECDH");
        java.init(theirs.getPrivate());
        java.doPhase(ours, true);
        int before = session.objects().size();
        try (Secret shared = session.agree(id, (ECPublicKey) theirs.getPublic()).orThrow()) {
            assertThat(shared.<byte[]>use(byte[]::clone)).isEqualTo(java.generateSecret());
        }
        assertThat(session.objects()).hasSize(before);
    }

    @Test
    void copy_hasItsOwnCkaIdAndLabel_andSignsLikeTheOriginal() throws Exception {
        KeyId id = nextId();
        KeyId copy = nextId();
        PublicKey key = session.generateKeyPair(
                        new KeySpec.Ec(KeySpec.Curve.P256),
                        id,
                        KeyPurpose.SIGNING.publicHalf("key"),
                        KeyPurpose.SIGNING.privateHalf("key").with(Attribute.COPYABLE, true))
                .orThrow();
        TokenObject original = session.find(id, ObjectClass.PRIVATE_KEY).orElseThrow();
        session.copy(original, copy, new Template("copy", Map.of(Attribute.TOKEN, false)))
                .orThrow();
        assertThat(session.find(copy)).singleElement().satisfies(found -> {
            assertThat(found.label()).isEqualTo("copy");
            assertThat(found.onToken()).isFalse();
        });
        SignatureScheme scheme = SignatureScheme.ECDSA_SHA256;
        assertThat(inSoftware(
                        key,
                        scheme,
                        MESSAGE,
                        session.sign(copy, scheme, MESSAGE).orThrow()))
                .isTrue();
        session.find(copy).forEach(session::destroy);
    }

    private static boolean readable(KeyId id) {
        return session.secretReadable(session.find(id, ObjectClass.SECRET_KEY).orElseThrow())
                .orThrow();
    }

    private static KeyReport.State state(KeyReport report, Attribute attribute) {
        return report.lines().stream()
                .filter(line -> line.attribute() == attribute)
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static PublicKey generate(KeyId id, String spec) {
        return session.generateKeyPair(
                        (KeySpec.Pair) KeySpec.parse(spec).orElseThrow(),
                        id,
                        KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf("key"),
                        KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf("key"))
                .orThrow();
    }

    private static boolean inSoftware(PublicKey key, SignatureScheme scheme, byte[] message, byte[] signature)
            throws Exception {
        Signature verifier = Signature.getInstance(scheme.jca());
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static KeyId nextId() {
        return new KeyId("%032x".formatted(NEXT.incrementAndGet()));
    }
}
