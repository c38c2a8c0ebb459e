package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quorate.base.Secret;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Mechanism;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;

class Pkcs11TokenTest {
    private static final KeyId KEY = new KeyId("01".repeat(16));
    private static final KeySpec.Aes AES = new KeySpec.Aes(256);

    private static SoftHsm softHsm;

    @BeforeAll
    static void oneToken() {
        softHsm = SoftHsm.with("one");
    }

    @AfterAll
    static void away() {
        softHsm.close();
    }

    @Test
    void initialise_ofAFreshSlot_answersTheTokenAsEveryProcessFindsIt() {
        TokenInfo before = softHsm.uninitialised().info();
        assertThat(before.serial()).isEmpty();
        TokenInfo after;
        try (Secret pin = SoftHsm.soPin()) {
            after = softHsm.uninitialised().initialise(pin, "two").orThrow();
        }
        assertThat(after.label()).isEqualTo("two");
        assertThat(after.initialised()).isTrue();
        assertThat(after.serial()).hasSize(16);
        try (Pkcs11Hsm other = Pkcs11Hsm.open(softHsm.settings())) {
            assertThat(other.bySerial(after.serial()).orElseThrow().info()).isEqualTo(after);
        }
    }

    @Test
    void initialise_ofAUsedToken_keepsItsSerialAndDestroysItsObjects() {
        Token token = softHsm.initialise("used");
        try (TokenSession session = softHsm.asUser("used")) {
            session.generateKey(AES, KEY, KeyPurpose.UNWRAPPING.secretKey("key"))
                    .orThrow();
        }
        try (Secret so = SoftHsm.soPin();
                Secret user = SoftHsm.userPin()) {
            TokenInfo again = token.initialise(so, "again").orThrow();
            assertThat(again.serial()).isEqualTo(token.info().serial());
            assertThat(again.has("CKF_USER_PIN_INITIALIZED")).isFalse();
            TokenInfo withPin = token.setUserPin(so, user).orThrow();
            assertThat(withPin.has("CKF_USER_PIN_INITIALIZED")).isTrue();
        }
        try (TokenSession session = softHsm.asUser("again")) {
            assertThat(session.objects()).isEmpty();
        }
    }

    @Test
    void initialise_withTheWrongSoPin_isRefusedAndLeavesTheToken() {
        try (Secret wrong = secret("wrong-pin")) {
            assertThat(softHsm.token("one").initialise(wrong, "two"))
                    .isEqualTo(new Outcome.Refused<>("C_InitToken", "CKR_PIN_INCORRECT"));
        }
        assertThat(softHsm.token("one").info().has("CKF_USER_PIN_INITIALIZED")).isTrue();
    }

    @Test
    void open_withAWrongPin_isRefused_evenWhileAnotherSessionIsLoggedIn() {
        try (TokenSession session = softHsm.asUser("one");
                Secret wrong = secret("wrong-pin")) {
            assertThat(softHsm.token("one").open(new Token.Login.User(wrong)))
                    .isEqualTo(new Outcome.Refused<>("C_Login", "CKR_PIN_INCORRECT"));
        }
    }

    @Test
    void open_endsTheSessionBefore_andItsLogin() {
        TokenSession user = softHsm.asUser("one");
        try (TokenSession officer = softHsm.asSecurityOfficer("one")) {
            assertThat(officer.generateKey(AES, KEY, KeyPurpose.WRAPPING.secretKey("key"))
                            .rv())
                    .isEqualTo("CKR_OK");
            assertThat(user.generateKey(AES, KEY, KeyPurpose.UNWRAPPING.secretKey("key"))
                            .rv())
                    .isEqualTo("CKR_SESSION_CLOSED");
            user.close();
            assertThat(officer.publicKey(KEY).rv()).isEqualTo("CKR_OBJECT_HANDLE_INVALID");
        }
        try (TokenSession nobody = softHsm.withoutLogin("one")) {
            assertThat(nobody.generateKey(AES, KEY, KeyPurpose.UNWRAPPING.secretKey("key"))
                            .rv())
                    .isEqualTo("CKR_USER_NOT_LOGGED_IN");
        }
    }

    @Test
    void open_onAnotherToken_leavesASessionAlone() {
        softHsm.initialise("three");
        try (TokenSession one = softHsm.asUser("one");
                TokenSession two = softHsm.asSecurityOfficer("three")) {
            assertThat(one.publicKey(KEY).rv()).isEqualTo("CKR_OBJECT_HANDLE_INVALID");
            assertThat(two.objects()).isEmpty();
        }
    }

    @Test
    void token_thatIsGone_isRefusedByName() {
        TokenInfo known = softHsm.token("one").info();
        var absent = new Pkcs11Token(
                softHsm.hsm(),
                new TokenInfo(
                        known.slot(),
                        known.label(),
                        known.manufacturer(),
                        known.model(),
                        "feedfeedfeedfeed",
                        "",
                        "",
                        known.flags(),
                        0,
                        0,
                        known.room()));
        assertThat(softHsm.hsm().bySerial("feedfeedfeedfeed")).isEmpty();
        assertThat(absent.open(new Token.Login.None()).rv()).isEqualTo("CKR_TOKEN_NOT_PRESENT");
        assertThat(softHsm.hsm().bySerial("feedfeedfeedfeed")).isEmpty();
    }

    @Test
    void random_isAsLongAsAsked_andDiffers_andDisturbsNoLogin() {
        try (TokenSession session = softHsm.asUser("one")) {
            byte[] first = softHsm.token("one").random(32).orThrow();
            assertThat(first)
                    .hasSize(32)
                    .isNotEqualTo(softHsm.token("one").random(32).orThrow());
            assertThat(session.generateKey(AES, KEY, KeyPurpose.UNWRAPPING.secretKey("key"))
                            .rv())
                    .isEqualTo("CKR_OK");
        }
    }

    @Test
    void mechanisms_areNamedWithTheirFlags() {
        List<Mechanism> mechanisms = softHsm.token("one").mechanisms();
        Mechanism ecdsa = mechanisms.stream()
                .filter(m -> m.name().equals("CKM_ECDSA"))
                .findFirst()
                .orElseThrow();
        assertThat(ecdsa.flags()).contains("CKF_SIGN", "CKF_VERIFY");
        assertThat(ecdsa.maxKeySize()).isEqualTo(521);
        assertThat(mechanisms).noneMatch(m -> m.name().contains("0x"));
    }

    private static Secret secret(String text) {
        return Secret.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
