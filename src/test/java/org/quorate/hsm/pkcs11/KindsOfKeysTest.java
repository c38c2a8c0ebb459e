package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.InspectedObject;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeyReport;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;

/// Ed25519 and HMAC keys on a real SoftHSM.
class KindsOfKeysTest {
    private static final byte[] MESSAGE = "to be signed or authenticated".getBytes(StandardCharsets.UTF_8);
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

    @Test
    void ed25519_signsWhatJavaVerifies_andNoOtherMessage() throws Exception {
        KeyId id = nextId();
        PublicKey key = edwards(id);
        byte[] signature = session.sign(id, SignatureScheme.ED25519, MESSAGE).orThrow();

        assertThat(key).isInstanceOf(EdECPublicKey.class);
        assertThat(signature).hasSize(64);
        assertThat(inSoftware(key, MESSAGE, signature)).isTrue();
        assertThat(verifies(id, SignatureScheme.ED25519, MESSAGE, signature)).isTrue();
        assertThat(verifies(id, SignatureScheme.ED25519, new byte[] {1}, signature))
                .isFalse();
        assertThat(verifies(id, SignatureScheme.ED25519, MESSAGE, new byte[] {1, 2}))
                .isFalse();
        assertThat(session.publicKey(id).orThrow()).isEqualTo(key);
    }

    @Test
    void ed25519_isAsAsked_andInTheInventory() {
        KeyId id = nextId();
        edwards(id);

        assertAsAsked(id, ObjectClass.PRIVATE_KEY, KeyPurpose.SIGNING.privateHalf("key"));
        assertAsAsked(id, ObjectClass.PUBLIC_KEY, KeyPurpose.SIGNING.publicHalf("key"));
        assertThat(inventory(id))
                .hasSize(2)
                .allSatisfy(key -> assertThat(key.key()).contains("Ed25519"));
    }

    @Test
    void ed25519_publicHalfFromOutside_comesBackAsItWas_andVerifies() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyId id = nextId();
        session.importPublicKey(pair.getPublic(), id, KeyPurpose.SIGNING.publicHalf("from outside"))
                .orThrow();
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);

        assertThat(session.publicKey(id).orThrow()).isEqualTo(pair.getPublic());
        assertThat(verifies(id, SignatureScheme.ED25519, MESSAGE, signer.sign()))
                .isTrue();
    }

    @Test
    void ed25519_isNamedByTheOidOfRfc8410_onSoftHsm() {
        KeyId id = nextId();
        edwards(id);
        Cryptoki ck = softHsm.hsm().cryptoki();
        long other = ck.openSession(softHsm.token("one").info().slot(), false);
        long key = session.find(id, ObjectClass.PUBLIC_KEY).orElseThrow().handle();

        assertThat(ck.attributes(other, key, List.of(Ck.CKA_EC_PARAMS)))
                .singleElement()
                .satisfies(read -> assertThat(read.value()).containsExactly(6, 3, 0x2b, 0x65, 0x70));
        ck.closeSession(other);
    }

    /// Whatever is allowed of it: SoftHSM cannot.
    @Test
    void ed25519_wrapped_isRefusedByName_andStays() {
        KeyId id = nextId();
        KeyId wrapping = nextId();
        session.generateKeyPair(
                        new KeySpec.Ed25519(),
                        id,
                        KeyPurpose.SIGNING.publicHalf("key"),
                        KeyPurpose.SIGNING.privateHalf("key").with(Attribute.EXTRACTABLE, true))
                .orThrow();
        session.generateKey(new KeySpec.Aes(256), wrapping, KeyPurpose.KEY_ENCRYPTION.secretKey("wrapping"))
                .orThrow();

        assertThat(session.wrap(wrapping, WrapScheme.AES_KWP, id, ObjectClass.PRIVATE_KEY))
                .isEqualTo(new Outcome.Refused<>("C_WrapKey", "CKR_KEY_NOT_WRAPPABLE"));
        assertThat(session.find(id, ObjectClass.PRIVATE_KEY)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 384, 512})
    void hmac_isWhatJavaComputes_andIsVerifiedOnTheToken(int bits) throws Exception {
        var spec = new KeySpec.Hmac(bits);
        SignatureScheme scheme = SignatureScheme.of(spec);
        byte[] value = new byte[bits / 8];
        value[0] = 7;
        KeyId id = nextId();
        KnownKeys.create(softHsm, "one", spec, value, id, KeyPurpose.MESSAGE_AUTHENTICATION.secretKey("known"));

        byte[] code = session.sign(id, scheme, MESSAGE).orThrow();

        assertThat(code).hasSize(bits / 8).isEqualTo(hmac(scheme, value, MESSAGE));
        assertThat(verifies(id, scheme, MESSAGE, code)).isTrue();
        assertThat(verifies(id, scheme, new byte[] {1}, code)).isFalse();
        assertThat(verifies(id, scheme, MESSAGE, new byte[] {1, 2})).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HMAC 256", "HMAC 384", "HMAC 512"})
    void hmac_made_isAsAsked_andInTheInventory(String text) {
        KeySpec.Secret spec = (KeySpec.Secret) KeySpec.parse(text).orElseThrow();
        Template asked = KeyPurpose.MESSAGE_AUTHENTICATION.secretKey("key");
        KeyId id = nextId();
        session.generateKey(spec, id, asked).orThrow();

        assertAsAsked(id, ObjectClass.SECRET_KEY, asked);
        assertThat(inventory(id))
                .singleElement()
                .satisfies(key -> assertThat(key.key()).contains(text));
        assertThat(session.sign(id, SignatureScheme.of((KeySpec.Hmac) spec), MESSAGE)
                        .orThrow())
                .hasSize(((KeySpec.Hmac) spec).bits() / 8);
    }

    /// Nothing but a check value needs one.
    @Test
    void hmac_ofAnEmptyMessage_isWhatJavaComputes() throws Exception {
        byte[] value = new byte[32];
        KeyId id = nextId();
        KnownKeys.create(
                softHsm, "one", new KeySpec.Hmac(256), value, id, KeyPurpose.MESSAGE_AUTHENTICATION.secretKey("known"));

        assertThat(session.sign(id, SignatureScheme.HMAC_SHA256, new byte[0]).orThrow())
                .isEqualTo(hmac(SignatureScheme.HMAC_SHA256, value, new byte[0]));
    }

    private static PublicKey edwards(KeyId id) {
        return session.generateKeyPair(
                        new KeySpec.Ed25519(),
                        id,
                        KeyPurpose.SIGNING.publicHalf("key"),
                        KeyPurpose.SIGNING.privateHalf("key"))
                .orThrow();
    }

    private static List<InspectedObject> inventory(KeyId id) {
        return session.inspect(Set.of()).stream()
                .filter(object -> object.id().equals(id.hex()))
                .toList();
    }

    private static void assertAsAsked(KeyId id, ObjectClass kind, Template asked) {
        assertThat(session.report(session.find(id, kind).orElseThrow(), asked).lines())
                .filteredOn(line -> line.asked().isPresent() && line.state() != KeyReport.State.AS_ASKED)
                .isEmpty();
    }

    private static boolean verifies(KeyId id, SignatureScheme scheme, byte[] message, byte[] signature) {
        return session.verify(id, scheme, message, signature).orThrow();
    }

    private static boolean inSoftware(PublicKey key, byte[] message, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static byte[] hmac(SignatureScheme scheme, byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance(scheme.jca());
        mac.init(new SecretKeySpec(key, "generic"));
        return mac.doFinal(message);
    }

    private static KeyId nextId() {
        return new KeyId("%032x".formatted(NEXT.incrementAndGet()));
    }
}
