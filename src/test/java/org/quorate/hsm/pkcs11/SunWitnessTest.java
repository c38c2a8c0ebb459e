package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.hsm.IndependentWitness.Question;
import org.quorate.hsm.IndependentWitness.Testimony;
import org.quorate.hsm.IndependentWitness.Verdict;
import org.quorate.hsm.IndependentWitness.Voice;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.TokenSession;

class SunWitnessTest {
    private static final KeyId EC = new KeyId("01".repeat(16));
    private static final KeyId RSA = new KeyId("02".repeat(16));
    private static final KeyId EDWARDS = new KeyId("03".repeat(16));
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    private static SoftHsm softHsm;
    private static SunWitness witness;
    private static PublicKey ecKey;
    private static PublicKey rsaKey;
    private static PublicKey edwardsKey;
    private static byte[] ecSignature;
    private static byte[] edwardsSignature;
    private static byte[] rsaSignature;

    @BeforeAll
    static void keysWithCertificate() throws Exception {
        softHsm = SoftHsm.with("one");
        witness = new SunWitness(softHsm.settings());
        try (TokenSession session = softHsm.asUser("one")) {
            ecKey = generate(session, EC, new KeySpec.Ec(KeySpec.Curve.P384));
            rsaKey = generate(session, RSA, new KeySpec.Rsa(2048));
            edwardsKey = generate(session, EDWARDS, new KeySpec.Ed25519());
            edwardsSignature =
                    session.sign(EDWARDS, SignatureScheme.ED25519, MESSAGE).orThrow();
            ecSignature =
                    session.sign(EC, SignatureScheme.ECDSA_SHA384, MESSAGE).orThrow();
            rsaSignature =
                    session.sign(RSA, SignatureScheme.RSA_SHA256, MESSAGE).orThrow();
            byte[] certificate = Certificates.selfSigned(session, EC, SignatureScheme.ECDSA_SHA384, ecKey);
            session.importCertificate(certificate, EC, "root").orThrow();
        }
    }

    @AfterAll
    static void away() {
        softHsm.close();
    }

    @Test
    void verify_ofGoodSignatures_isAgreedByTokenAndSoftware() {
        Testimony ec = verify(ecKey, SignatureScheme.ECDSA_SHA384, MESSAGE, ecSignature);
        assertThat(ec.voices()).extracting(Voice::provider).containsExactly("SunPKCS11-Witness", "SunEC");
        assertThat(ec.agreed()).isTrue();
        Testimony rsa = verify(rsaKey, SignatureScheme.RSA_SHA256, MESSAGE, rsaSignature);
        assertThat(rsa.voices()).extracting(Voice::provider).containsExactly("SunPKCS11-Witness", "SunRsaSign");
        assertThat(rsa.agreed()).isTrue();
    }

    @Test
    void verify_ofAnotherMessage_isDeniedByBoth() {
        Testimony ec = verify(ecKey, SignatureScheme.ECDSA_SHA384, new byte[] {1}, ecSignature);
        assertThat(ec.voices()).extracting(Voice::verdict).containsExactly(Verdict.INVALID, Verdict.INVALID);
        assertThat(ec.agreed()).isFalse();
    }

    @Test
    void verify_onASlotThatIsNotThere_isNoAgreement() {
        Testimony testimony = witness.verify(
                        new Question(77, ecKey, SignatureScheme.ECDSA_SHA384, MESSAGE, ecSignature))
                .orThrow();
        assertThat(testimony.voices()).extracting(Voice::verdict).containsExactly(Verdict.NO_ANSWER, Verdict.VALID);
        assertThat(testimony.agreed()).isFalse();
    }

    @Test
    void verify_ofEd25519_isAgreedByTwoInSoftware_andTheClientOfTheTokenSaysWhyItCannot() {
        Testimony testimony = verify(edwardsKey, SignatureScheme.ED25519, MESSAGE, edwardsSignature);
        assertThat(testimony.voices())
                .extracting(Voice::provider, Voice::verdict)
                .containsExactly(
                        tuple("SunPKCS11-Witness", Verdict.NO_ANSWER),
                        tuple("SunEC", Verdict.VALID),
                        tuple("BC", Verdict.VALID));
        assertThat(testimony.voices().getFirst().detail())
                .isEqualTo("no such algorithm: Ed25519 for provider SunPKCS11-Witness");
        assertThat(testimony.agreed()).isTrue();
    }

    @Test
    void verify_ofEd25519_overAnotherMessage_isDeniedByBothInSoftware() {
        Testimony testimony = verify(edwardsKey, SignatureScheme.ED25519, new byte[] {1}, edwardsSignature);
        assertThat(testimony.voices())
                .extracting(Voice::verdict)
                .containsExactly(Verdict.NO_ANSWER, Verdict.INVALID, Verdict.INVALID);
        assertThat(testimony.agreed()).isFalse();
    }

    @Test
    void signAsClient_withEd25519_isNoAnswer() {
        try (Secret pin = SoftHsm.userPin()) {
            Testimony testimony = signAsClient(edwardsKey, SignatureScheme.ED25519, pin);
            assertThat(testimony.voices()).extracting(Voice::verdict).containsExactly(Verdict.NO_ANSWER);
        }
    }

    @Test
    void verify_ofAnAuthenticationCode_isNoAnswer() {
        Testimony testimony = verify(ecKey, SignatureScheme.HMAC_SHA256, MESSAGE, new byte[32]);
        assertThat(testimony.voices()).singleElement().satisfies(voice -> {
            assertThat(voice.verdict()).isEqualTo(Verdict.NO_ANSWER);
            assertThat(voice.detail()).isEqualTo("a message authentication code has no public key");
        });
    }

    @Test
    void signAsClient_withTheRightPin_isVerifiedInSoftware() {
        try (Secret pin = SoftHsm.userPin()) {
            Testimony testimony = signAsClient(ecKey, SignatureScheme.ECDSA_SHA384, pin);
            assertThat(testimony.agreed()).as(testimony.toString()).isTrue();
            assertThat(testimony.voices().getFirst().detail()).isEqualTo("signed as root with SHA384withECDSA");
        }
    }

    @Test
    void signAsClient_withAWrongPin_isNoAnswer_evenWhileWeAreLoggedIn() {
        try (TokenSession session = softHsm.asUser("one");
                Secret wrong = Secret.ofBytes("wrong-pin".getBytes(StandardCharsets.UTF_8))) {
            assertThat(session.find(EC)).isNotEmpty();
            Testimony testimony = signAsClient(ecKey, SignatureScheme.ECDSA_SHA384, wrong);
            assertThat(testimony.agreed()).isFalse();
            assertThat(testimony.voices()).hasSize(1);
            assertThat(testimony.voices().getFirst().detail()).isEqualTo("CKR_PIN_INCORRECT");
        }
    }

    @Test
    void signAsClient_withAKeyWithoutCertificate_isNoAnswer() {
        try (Secret pin = SoftHsm.userPin()) {
            Testimony testimony = signAsClient(rsaKey, SignatureScheme.RSA_SHA256, pin);
            assertThat(testimony.voices()).extracting(Voice::verdict).isEqualTo(List.of(Verdict.NO_ANSWER));
        }
    }

    @Test
    void testimony_survivesItsJson() {
        var testimony = new Testimony(List.of(new Voice("act", "SunEC", "25", Verdict.INVALID, "why")));
        byte[] json = testimony.toJson().canonical();
        assertThat(Testimony.fromJson(Json.parseObject(json))).isEqualTo(testimony);
    }

    private static Testimony verify(PublicKey key, SignatureScheme scheme, byte[] message, byte[] signature) {
        return witness.verify(new Question(slot(), key, scheme, message, signature))
                .orThrow();
    }

    private static Testimony signAsClient(PublicKey key, SignatureScheme scheme, Secret pin) {
        return witness.signAsClient(slot(), key, scheme, pin).orThrow();
    }

    private static long slot() {
        return softHsm.token("one").info().slot();
    }

    private static PublicKey generate(TokenSession session, KeyId id, KeySpec.Pair spec) {
        return session.generateKeyPair(
                        spec,
                        id,
                        KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf("key"),
                        KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf("key"))
                .orThrow();
    }
}
