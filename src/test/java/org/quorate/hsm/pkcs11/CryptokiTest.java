package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.SoftHsm;

/// The functions that the port does not use yet, each compared with what Java computes.
class CryptokiTest {
    private static final byte[] DATA = "seventeen letters".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long CKM_AES_CBC_PAD = 0x1085;
    private static final long CKM_ECDH1_DERIVE = 0x1050;
    private static final long CKD_NULL = 1;
    private static final long CKK_GENERIC_SECRET = 0x10;

    private static SoftHsm softHsm;
    private static Cryptoki ck;
    private static long session;

    @BeforeAll
    static void openSession() {
        softHsm = SoftHsm.with("one", "changing");
        ck = softHsm.hsm().cryptoki();
        session = ck.openSession(softHsm.token("one").info().slot(), true);
    }

    @AfterAll
    static void away() {
        softHsm.close();
    }

    @Test
    void encrypt_isWhatJavaComputes_andDecryptsAgain() throws Exception {
        long key = ck.createObject(session, aes(VALUE).list());
        byte[] iv = new byte[16];
        iv[3] = 7;
        var mechanism = new Cryptoki.Mech(CKM_AES_CBC_PAD, new Cryptoki.Param.Raw(iv));
        Cipher java = Cipher.getInstance("AES/CBC/PKCS5Padding");
        java.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(VALUE, "AES"), new IvParameterSpec(iv));
        byte[] encrypted = ck.encrypt(session, mechanism, key, DATA);
        assertThat(encrypted).isEqualTo(java.doFinal(DATA));
        assertThat(ck.decrypt(session, mechanism, key, encrypted)).isEqualTo(DATA);
    }

    @Test
    void digest_isWhatJavaComputes() throws Exception {
        assertThat(ck.digest(session, Cryptoki.Mech.of(Ck.CKM_SHA256), DATA))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(DATA));
    }

    @Test
    void deriveKey_isTheAgreementThatJavaComputes() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair ours = generator.generateKeyPair();
        var half = Templates.empty().flag(Ck.CKA_TOKEN, false).flag(Ck.CKA_PRIVATE, false);
        var open = Templates.empty()
                .flag(Ck.CKA_TOKEN, false)
                .flag(Ck.CKA_PRIVATE, false)
                .parameters(new KeySpec.Ec(KeySpec.Curve.P256), new byte[0]);
        Cryptoki.PairHandles pair = ck.generateKeyPair(
                session,
                Cryptoki.Mech.of(Ck.CKM_EC_KEY_PAIR_GEN),
                open.list(),
                half.flag(Ck.CKA_DERIVE, true).list());
        byte[] spki = ours.getPublic().getEncoded();
        byte[] point = java.util.Arrays.copyOfRange(spki, spki.length - 65, spki.length);
        long derived = ck.deriveKey(
                session,
                new Cryptoki.Mech(CKM_ECDH1_DERIVE, new Cryptoki.Param.Ecdh(CKD_NULL, point)),
                pair.privateKey(),
                Templates.empty()
                        .number(Ck.CKA_CLASS, Ck.CKO_SECRET_KEY)
                        .number(Ck.CKA_KEY_TYPE, CKK_GENERIC_SECRET)
                        .number(Ck.CKA_VALUE_LEN, 32)
                        .flag(Ck.CKA_TOKEN, false)
                        .flag(Ck.CKA_PRIVATE, false)
                        .flag(Ck.CKA_SENSITIVE, false)
                        .flag(Ck.CKA_EXTRACTABLE, true)
                        .list());
        PublicKey theirs = PublicKeys.read(new Attributes(
                        ck.attributes(session, pair.publicKey(), List.of(Ck.CKA_EC_PARAMS, Ck.CKA_EC_POINT))))
                .orElseThrow();
        KeyAgreement java = KeyAgreement.getInstance("ECDH");
        java.init(ours.getPrivate());
        java.doPhase(theirs, true);
        assertThat(value(derived)).isEqualTo(java.generateSecret());
    }

    @Test
    void copiedObject_hasTheSameValue_andItsOwnLabel() {
        long key = ck.createObject(session, aes(VALUE).list());
        long copy = ck.copyObject(
                session, key, Templates.empty().text(Ck.CKA_LABEL, "copy").list());
        assertThat(copy).isNotEqualTo(key);
        assertThat(value(copy)).isEqualTo(VALUE);
        assertThat(new Attributes(ck.attributes(session, copy, List.of(Ck.CKA_LABEL))).text(Ck.CKA_LABEL))
                .isEqualTo("copy");
    }

    @Test
    void changedPin_isTheOnlyOneThatWorks() {
        byte[] next = "another-pin".getBytes(StandardCharsets.US_ASCII);
        long other = ck.openSession(softHsm.token("changing").info().slot(), true);
        try (var pin = SoftHsm.userPin()) {
            pin.use(old -> {
                ck.setPin(other, old, next);
                assertThatThrownBy(() -> ck.login(other, Ck.CKU_USER, old))
                        .isInstanceOfSatisfying(
                                CkException.class, e -> assertThat(e.rvName()).isEqualTo("CKR_PIN_INCORRECT"));
                ck.login(other, Ck.CKU_USER, next);
                return old.length;
            });
        }
    }

    @Test
    void slotsAndRandomness_answer() {
        assertThat(ck.slotInfo(softHsm.token("one").info().slot()).manufacturer())
                .isEqualTo("SoftHSM project");
        ck.seedRandom(session, DATA);
        assertThat(ck.random(session, 16)).hasSize(16);
        assertThat(Outcomes.of(ck::slotEvent).rv()).isIn("CKR_OK", "CKR_FUNCTION_NOT_SUPPORTED");
    }

    private static byte[] value(long object) {
        return new Attributes(ck.attributes(session, object, List.of(Ck.CKA_VALUE)))
                .bytes(Ck.CKA_VALUE)
                .orElseThrow();
    }

    private static Templates aes(byte[] value) {
        return Templates.empty()
                .number(Ck.CKA_CLASS, Ck.CKO_SECRET_KEY)
                .number(Ck.CKA_KEY_TYPE, Ck.CKK_AES)
                .bytes(Ck.CKA_VALUE, value)
                .flag(Ck.CKA_TOKEN, false)
                .flag(Ck.CKA_PRIVATE, false)
                .flag(Ck.CKA_SENSITIVE, false)
                .flag(Ck.CKA_EXTRACTABLE, true)
                .flag(Ck.CKA_ENCRYPT, true)
                .flag(Ck.CKA_DECRYPT, true);
    }
}
