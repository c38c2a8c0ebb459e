package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Secret;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;

/// What makers add to PKCS#11: roles, card sets, PIN pads. The shim has them, in front of SoftHSM.
class MakersModuleTest {
    private static final long CRYPTO_USER = 0x80000001L;
    private static final long CKU_USER = 1;

    @TempDir
    static Path folder;

    private static SoftHsm softHsm;
    private static Shim shim;

    @BeforeAll
    static void module() throws Exception {
        shim = new Shim(folder);
        softHsm = SoftHsm.with("one", "role");
    }

    @AfterAll
    static void away() {
        softHsm.close();
    }

    @Test
    void extensions_areFoundByName_andSoftHsmHasNone() {
        try (Pkcs11Hsm hsm = open(Map.of())) {
            assertThat(hsm.extensions()).containsExactly("C_LoginBegin", "C_LoginNext", "C_LoginEnd", "CA_InitRolePIN");
            assertThat(softHsm.hsm().extensions()).isEmpty();
        }
    }

    @Test
    void functionThatTheModuleDoesNotHave_isRefusedAsNotSupported() {
        try (Secret so = SoftHsm.soPin();
                Secret pin = secret("12345678")) {
            assertThat(softHsm.token("one").setRolePin(so, CRYPTO_USER, pin))
                    .isEqualTo(new Outcome.Refused<>("CA_InitRolePIN", "CKR_FUNCTION_NOT_SUPPORTED"));
            assertThat(softHsm.token("one").open(new Token.Login.CardSet(CKU_USER, left -> pin)))
                    .isEqualTo(new Outcome.Refused<>("C_LoginBegin", "CKR_FUNCTION_NOT_SUPPORTED"));
        }
    }

    @Test
    void roleOfTheMaker_getsItsPinFromTheSecurityOfficer_andLogsIn() {
        try (Pkcs11Hsm hsm = open(Map.of());
                Secret so = SoftHsm.soPin();
                Secret pin = secret("crypto-user-pin")) {
            Token token = token(hsm, "role");
            token.setRolePin(so, CRYPTO_USER, pin).orThrow();
            try (TokenSession session =
                    token.open(new Token.Login.Role(CRYPTO_USER, pin)).orThrow()) {
                assertThat(session.objects()).isEmpty();
            }
            assertThat(token.setRolePin(so, 0x80000009L, pin))
                    .isEqualTo(new Outcome.Refused<>("CA_InitRolePIN", "CKR_USER_TYPE_INVALID"));
        }
    }

    @Test
    void cardSet_isAskedCardByCard_untilEnoughWereShown() {
        var left = new ArrayList<Long>();
        try (Pkcs11Hsm hsm = open(Map.of())) {
            var cards = cards("user-pin-", "12345678");
            var login = new Token.Login.CardSet(CKU_USER, wanted -> {
                left.add(wanted);
                return cards.removeFirst();
            });
            try (TokenSession session = token(hsm, "one").open(login).orThrow()) {
                assertThat(session.objects()).isEmpty();
            }
            assertThat(left).containsExactly(2L, 1L);
        }
    }

    @Test
    void cardSet_withAWrongPassphrase_isRefused() {
        try (Pkcs11Hsm hsm = open(Map.of())) {
            var cards = cards("user-pin-", "wrong");
            assertThat(token(hsm, "one").open(new Token.Login.CardSet(CKU_USER, wanted -> cards.removeFirst())))
                    .isEqualTo(new Outcome.Refused<>("C_LoginEnd", "CKR_PIN_INCORRECT"));
        }
    }

    @Test
    void cardSet_thatIsBrokenOff_leavesNoCardShown() {
        try (Pkcs11Hsm hsm = open(Map.of())) {
            Token token = token(hsm, "one");
            var first = cards("user-pin-");
            try {
                token.open(new Token.Login.CardSet(CKU_USER, wanted -> first.removeFirst()));
            } catch (java.util.NoSuchElementException e) {
                assertThat(hsm.drainCallLog()).anyMatch(line -> line.startsWith("C_LoginEnd CKR_0x80000063"));
            }
            var rest = cards("12345678", "12345678");
            assertThat(token.open(new Token.Login.CardSet(CKU_USER, wanted -> rest.removeFirst()))
                            .rv())
                    .isEqualTo("CKR_PIN_INCORRECT");
        }
    }

    @Test
    void pinPad_takesTheEmptyPin() {
        Map<String, String> pad = Map.of("SHIM_PAD", "user-pin-12345678");
        try (Pkcs11Hsm hsm = open(pad);
                Secret typedThere = secret("")) {
            Token token = token(hsm, "one");
            assertThat(token.info().hasPinPad()).isTrue();
            try (TokenSession session =
                    token.open(Token.Login.of(PinKind.USER, typedThere)).orThrow()) {
                assertThat(session.objects()).isEmpty();
            }
            TokenInfo after =
                    token.changePin(PinKind.USER, typedThere, typedThere).orThrow();
            assertThat(after.serial()).isEqualTo(token.info().serial());
        }
    }

    @Test
    void emptyPin_whereThereIsNoPad_neverReachesTheToken() {
        try (Secret nothing = secret("");
                Secret so = SoftHsm.soPin()) {
            Token token = softHsm.token("one");
            softHsm.hsm().drainCallLog();
            assertThat(token.open(Token.Login.of(PinKind.USER, nothing)))
                    .isEqualTo(new Outcome.Refused<>("C_Login", "CKR_PIN_LEN_RANGE"));
            assertThat(token.initialise(nothing, "one"))
                    .isEqualTo(new Outcome.Refused<>("C_InitToken", "CKR_PIN_LEN_RANGE"));
            assertThat(softHsm.hsm().drainCallLog())
                    .noneMatch(line -> line.startsWith("C_Login ") || line.startsWith("C_InitToken "));
            assertThat(token.setUserPin(so, nothing))
                    .isEqualTo(new Outcome.Refused<>("C_InitPIN", "CKR_PIN_LEN_RANGE"));
        }
    }

    @Test
    void slotEvent_doesNotWait() {
        assertThat(softHsm.hsm().slotEvent().rv()).isIn("CKR_OK", "CKR_FUNCTION_NOT_SUPPORTED");
    }

    private static Pkcs11Hsm open(Map<String, String> lies) {
        return Pkcs11Hsm.open(shim.settings(softHsm.folder(), lies));
    }

    private static Token token(Pkcs11Hsm hsm, String label) {
        return hsm.tokens().stream()
                .filter(token -> token.info().label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static ArrayDeque<Secret> cards(String... passphrases) {
        return new ArrayDeque<>(
                List.of(passphrases).stream().map(MakersModuleTest::secret).toList());
    }

    private static Secret secret(String text) {
        return Secret.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
