package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyCheckValue.Method;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;

/// On two tokens of a real SoftHSM, against what Java computes of the same key.
class CheckValuesTest {
    private static final KeySpec.Aes AES = new KeySpec.Aes(256);
    private static final Template ENCRYPTS = KeyPurpose.DATA_ENCRYPTION.secretKey("known");
    private static final Template WRAPS = KeyPurpose.KEY_ENCRYPTION.secretKey("known");
    private static final Template AUTHENTICATES = KeyPurpose.MESSAGE_AUTHENTICATION.secretKey("known");
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static SoftHsm softHsm;
    private static TokenSession one;
    private static TokenSession two;

    @BeforeAll
    static void twoTokens() {
        softHsm = SoftHsm.with("one", "two");
        one = softHsm.asUser("one");
        two = softHsm.asUser("two");
    }

    @AfterAll
    static void away() {
        one.close();
        two.close();
        softHsm.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 192, 256})
    void keyThatEncrypts_hasTheStartOfAnEncryptedBlockOfZeros(int bits) throws Exception {
        byte[] value = value(bits / 8);
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(value, "AES"));

        KeyCheckValue checked = onBoth(new KeySpec.Aes(bits), value, ENCRYPTS);

        assertThat(checked).isEqualTo(new KeyCheckValue(hex(cipher.doFinal(new byte[16])), Method.AES_ENCRYPT));
    }

    /// The test vector that every HSM guide has: the check value of an AES 128 key of zeros.
    @Test
    void keyOfZeros_hasTheValueThatEverybodyKnows() {
        assertThat(onBoth(new KeySpec.Aes(128), new byte[16], ENCRYPTS).hex()).isEqualTo("66E94B");
    }

    @Test
    void keyThatOnlyWraps_hasTheStartOfSixteenWrappedZeros_andNothingIsLeft() throws Exception {
        byte[] value = value(32);
        Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
        cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(value, "AES"));
        int before = one.objects().size();

        KeyCheckValue checked = onBoth(AES, value, WRAPS);

        byte[] wrapped = cipher.wrap(new SecretKeySpec(new byte[16], "AES"));
        assertThat(checked).isEqualTo(new KeyCheckValue(hex(wrapped), Method.AES_KWP));
        assertThat(one.objects()).hasSize(before + 1).allMatch(TokenObject::onToken);
    }

    @Test
    void trustedWrappingKey_hasOneToo_inASessionWithoutLogin() {
        KeyId id = nextId();
        two.close();
        try (TokenSession officer = softHsm.asSecurityOfficer("two")) {
            officer.generateKey(AES, id, KeyPurpose.WRAPPING.secretKey("wrapping"))
                    .orThrow();
        }
        try (TokenSession anybody = softHsm.withoutLogin("two")) {
            KeyCheckValue value = anybody.checkValue(secret(anybody, id)).orThrow();
            assertThat(value.method()).isEqualTo(Method.AES_KWP);
        }
        two = softHsm.asUser("two");
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"HMAC_SHA256", "HMAC_SHA384", "HMAC_SHA512"})
    void keyThatAuthenticates_hasTheStartOfTheCodeOfNothing(Method method) throws Exception {
        SignatureScheme scheme = SignatureScheme.valueOf(method.name());
        var spec = new KeySpec.Hmac(Integer.parseInt(method.name().substring(8)));
        byte[] value = value(spec.bits() / 8);
        Mac mac = Mac.getInstance(scheme.jca());
        mac.init(new SecretKeySpec(value, "generic"));

        assertThat(onBoth(spec, value, AUTHENTICATES)).isEqualTo(new KeyCheckValue(hex(mac.doFinal()), method));
    }

    @Test
    void keyThatOnlyUnwrapsOrVerifies_isRefused() {
        KeyId unwraps = nextId();
        KeyId verifies = nextId();
        one.generateKey(AES, unwraps, KeyPurpose.UNWRAPPING.secretKey("unwraps"))
                .orThrow();
        one.generateKey(new KeySpec.Hmac(256), verifies, AUTHENTICATES.with(Attribute.SIGN, false))
                .orThrow();

        assertThat(one.checkValue(secret(one, unwraps)))
                .isEqualTo(new Outcome.Refused<>("C_EncryptInit", "CKR_KEY_FUNCTION_NOT_PERMITTED"));
        assertThat(one.checkValue(secret(one, verifies)))
                .isEqualTo(new Outcome.Refused<>("C_SignInit", "CKR_KEY_FUNCTION_NOT_PERMITTED"));
    }

    @Test
    void privateKey_andAuthenticatingKeyOfAnotherLength_areRefused() {
        KeyId pair = nextId();
        one.generateKeyPair(
                        new KeySpec.Ec(KeySpec.Curve.P256),
                        pair,
                        KeyPurpose.SIGNING.publicHalf("key"),
                        KeyPurpose.SIGNING.privateHalf("key"))
                .orThrow();
        KeyId odd = nextId();
        KnownKeys.create(softHsm, "one", new KeySpec.Hmac(256), value(20), odd, AUTHENTICATES);

        assertThat(one.checkValue(one.find(pair, ObjectClass.PRIVATE_KEY).orElseThrow())
                        .rv())
                .isEqualTo("CKR_KEY_TYPE_INCONSISTENT");
        assertThat(one.checkValue(secret(one, odd)).rv()).isEqualTo("CKR_KEY_SIZE_RANGE");
    }

    /// What the token says is not what we say, and stands in the inventory beside it.
    @Test
    void tokensOwnCheckValue_isShownInTheInventory() {
        KeyId id = nextId();
        KnownKeys.create(softHsm, "one", AES, value(32), id, ENCRYPTS);

        assertThat(one.inspect(Set.of("CKA_CHECK_VALUE")))
                .filteredOn(object -> object.id().equals(id.hex()))
                .singleElement()
                .satisfies(object -> assertThat(object.value("CKA_CHECK_VALUE").orElseThrow())
                        .hasSize(6));
    }

    /// The same key on both tokens; what both say of it.
    private static KeyCheckValue onBoth(KeySpec.Secret spec, byte[] value, Template template) {
        KeyId id = nextId();
        KnownKeys.create(softHsm, "one", spec, value, id, template);
        KnownKeys.create(softHsm, "two", spec, value, id, template);
        KeyCheckValue first = one.checkValue(secret(one, id)).orThrow();
        assertThat(two.checkValue(secret(two, id)).orThrow()).isEqualTo(first);
        return first;
    }

    private static TokenObject secret(TokenSession session, KeyId id) {
        return session.find(id, ObjectClass.SECRET_KEY).orElseThrow();
    }

    private static String hex(byte[] whole) {
        return HexFormat.of().withUpperCase().formatHex(whole, 0, 3);
    }

    private static byte[] value(int length) {
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) (i * 37 + 11);
        }
        return value;
    }

    private static KeyId nextId() {
        return new KeyId("%032x".formatted(NEXT.incrementAndGet()));
    }
}
