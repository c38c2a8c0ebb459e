package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.ProblemException;
import org.quorate.hsm.Attribute;
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
        softHsm = SoftHsm.with("one");
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
