package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.VisibleText;
import org.quorate.hsm.Admission;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.HealthCheck;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Template;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.TokenState;

/// Tokens in every state that a ceremony may find them in: each has words of its own. Those of a module that cannot be
/// used at all are in [ModuleProblemTest].
class BadInputTest {
    private static final KeyId KEY = new KeyId("0d".repeat(16));
    private static final KeySpec.Aes AES = new KeySpec.Aes(256);
    private static final String ODD = " a\u202eb\u0007";
    private static final String FULL = "é".repeat(16);

    @TempDir
    static Path folder;

    private static SoftHsm softHsm;
    private static Shim shim;
    private static Pkcs11Hsm faulty;

    @BeforeAll
    static void token() throws Exception {
        shim = new Shim(folder);
        softHsm = SoftHsm.with("one", ODD, FULL);
        faulty = open(Map.of());
    }

    @AfterAll
    static void away() {
        faulty.close();
        softHsm.close();
    }

    @Test
    void uninitialisedToken_isSaid() {
        Token token = softHsm.uninitialised();
        assertThat(token.info().states()).containsExactly(TokenState.UNINITIALISED);
        assertProblem(
                "hsm.uninitialised",
                "C_OpenSession",
                () -> token.open(new Token.Login.None()).orThrow());
    }

    @Test
    void wrongPin_isSaid() {
        try (Secret wrong = secret("wrong-pin")) {
            assertProblem(
                    "hsm.pin_incorrect",
                    "CKR_PIN_INCORRECT",
                    () -> softHsm.token("one").open(new Token.Login.User(wrong)).orThrow());
            assertProblem(
                    "hsm.pin_form", "CKR_PIN_LEN_RANGE", () -> changeTo("123").orThrow());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "C_Login, 0xa4, hsm.pin_locked",
        "C_Login, 0xa3, hsm.pin_expired",
        "C_Login, 0x102, hsm.no_user_pin",
        "C_OpenSession, 0xe0, hsm.removed",
        "C_GenerateKey, 0xe2, hsm.write_protected",
        "C_GenerateKey, 0x31, hsm.full",
        "C_GenerateKey, 0x70, hsm.no_mechanism",
        "C_GenerateKey, 0x140, hsm.no_mechanism",
        "C_GenerateKey, 0x54, hsm.no_function",
        "C_Login, 0xb7, hsm.in_use",
        "C_GenerateKey, 0xd1, hsm.template_refused",
        "C_GenerateKey, 0x80000063, hsm.refused"
    })
    void refusal_hasItsOwnWords(String function, String rv, String problem) {
        Token token = faulty.byLabel("one").orElseThrow();
        shim.plan(function, 1, "answer", Long.decode(rv));
        assertProblem(
                problem,
                "answered " + Names.rv(Long.decode(rv)),
                () -> generate(token, KeyPurpose.UNWRAPPING.secretKey("key").with(Attribute.TOKEN, false))
                        .orThrow());
    }

    @Test
    void tokenThatIsWriteProtected_isListedAllTheSame_andSaysSoWhereItIsToBeChanged() {
        Token token = faulty.byLabel("one").orElseThrow();
        shim.plan("C_OpenSession", 1, "answer", Ck.CKR_TOKEN_WRITE_PROTECTED);
        try (Secret pin = SoftHsm.userPin();
                TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
            assertThat(session.objects()).isEmpty();
            assertProblem(
                    "hsm.write_protected",
                    "CKR_SESSION_READ_ONLY",
                    () -> session.generateKey(AES, KEY, KeyPurpose.UNWRAPPING.secretKey("key"))
                            .orThrow());
        }
    }

    @Test
    void attackOnATokenThatIsAway_isNotTried_andNoRefusal() {
        Token token = faulty.byLabel("one").orElseThrow();
        shim.plan("C_CopyObject", 1, "answer", 0xb3); // CKR_SESSION_HANDLE_INVALID
        try (Secret pin = SoftHsm.userPin();
                TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
            Admission.Result result = Admission.run(session, "user");
            assertThat(result.of(Admission.Verdict.NOT_TRIED))
                    .extracting(Admission.Finding::name)
                    .containsExactly("copy_not_extractable");
            assertThat(result.admitted()).isFalse();
        }
    }

    @Test
    void refusalOfTheData_isNoDenialOfTheKey() {
        Token token = faulty.byLabel("one").orElseThrow();
        try (Secret pin = SoftHsm.userPin();
                TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
            // The second hash for RSA-OAEP is the last one that is tried.
            shim.plan("C_DecryptInit", 2, "answer", 0x40);
            assertThat(HealthCheck.denied(session).stream().filter(one -> !one.denied()))
                    .extracting(HealthCheck.Denied::answer)
                    .containsExactly("C_DecryptInit CKR_ENCRYPTED_DATA_INVALID");
        }
    }

    @Test
    void templateThatTheTokenRefuses_isSaid() {
        assertProblem(
                "hsm.template_refused",
                "CKR_ATTRIBUTE_READ_ONLY",
                () -> generate(softHsm.token("one"), KeyPurpose.WRAPPING.secretKey("trusted"))
                        .orThrow());
        try (TokenSession session = softHsm.asUser("one")) {
            session.objects().forEach(session::destroy);
        }
    }

    @Test
    void tokenThatWasTakenOut_isSaid_andAnotherWithItsLabelIsNotTaken() {
        try (SoftHsm other = SoftHsm.with("one")) {
            Token known = softHsm.token("one");
            var taken = new Pkcs11Token(other.hsm(), known.info());
            assertProblem(
                    "hsm.removed",
                    "CKR_TOKEN_NOT_PRESENT",
                    () -> taken.open(new Token.Login.None()).orThrow());
        }
    }

    @Test
    void twoTokensWithOneLabel_areNotToldApartByIt() {
        try (SoftHsm twins = SoftHsm.with("twin")) {
            twins.initialise("other");
            Token other = twins.token("other");
            try (Secret so = SoftHsm.soPin()) {
                // Only its serial tells which of the two was made just now.
                TokenInfo again = other.initialise(so, "twin").orThrow();
                assertThat(again.serial()).isEqualTo(other.info().serial());
            }
            assertProblem("hsm.label_not_unique", "", () -> twins.hsm().byLabel("twin"));
            assertThat(twins.hsm().bySerial(other.info().serial())).isPresent();
        }
    }

    @Test
    void twoTokensWithOneSerial_areToldApartByTheirLabels_orNotAtAll() {
        try (Pkcs11Hsm hsm = open(Map.of("SHIM_SERIAL", "0000"))) {
            assertProblem("hsm.serial_not_unique", "", () -> hsm.bySerial("0000"));
            for (Token token : hsm.tokens().stream()
                    .filter(token -> token.info().initialised())
                    .toList()) {
                try (TokenSession session = token.open(new Token.Login.None()).orThrow()) {
                    assertThat(((Pkcs11Session) session).slot())
                            .isEqualTo(token.info().slot());
                }
            }
        }
        try (Pkcs11Hsm hsm = open(Map.of("SHIM_SERIAL", "0000", "SHIM_LABEL", "same"))) {
            Token first = hsm.tokens().getFirst();
            assertProblem("hsm.serial_not_unique", "", () -> first.open(new Token.Login.None()));
        }
    }

    @Test
    void flagsOfPins_countOnlyOnAnInitialisedToken() {
        TokenInfo fresh = softHsm.uninitialised().info();
        TokenInfo lying = withFlags(fresh, List.of("CKF_USER_PIN_LOCKED", "CKF_SO_PIN_FINAL_TRY"));
        assertThat(lying.states()).containsExactly(TokenState.UNINITIALISED);
        assertThat(lying.lastTry(PinKind.USER)).isEmpty();
        TokenInfo known = softHsm.token("one").info();
        TokenInfo locked = withFlags(
                known,
                List.of("CKF_TOKEN_INITIALIZED", "CKF_USER_PIN_LOCKED", "CKF_WRITE_PROTECTED", "CKF_LOGIN_REQUIRED"));
        assertThat(locked.states())
                .containsExactly(TokenState.WRITE_PROTECTED, TokenState.NO_USER_PIN, TokenState.USER_PIN_LOCKED);
        assertThat(locked.lastTry(PinKind.USER)).contains("CKF_USER_PIN_LOCKED");
        assertThat(TokenState.values())
                .allSatisfy(state -> assertThat(state.text()).isNotBlank());
    }

    @Test
    void oddLabels_areKept_andSpelledOutForPeople() {
        assertThat(softHsm.token(ODD).info().label()).isEqualTo(ODD);
        assertThat(VisibleText.of(ODD)).isEqualTo(" a[U+202E]b[U+0007]");
    }

    @Test
    void paddingOfALabel_isTakenOff_andALabelThatFillsItsRoomStays() {
        assertThat(softHsm.token(FULL).info().label()).isEqualTo(FULL);
        try (Secret so = SoftHsm.soPin()) {
            assertThat(softHsm.uninitialised().initialise(so, FULL + "x"))
                    .isEqualTo(new Outcome.Refused<>("C_InitToken", "CKR_ARGUMENTS_BAD"));
            assertThat(softHsm.uninitialised()
                            .initialise(so, "padded  ")
                            .orThrow()
                            .label())
                    .isEqualTo("padded");
        }
    }

    @Test
    void emptySlots_areNone_whereEachHoldsAToken() {
        assertThat(softHsm.hsm().emptySlots()).isEmpty();
    }

    private static TokenInfo withFlags(TokenInfo info, List<String> flags) {
        return new TokenInfo(
                info.slot(),
                info.label(),
                info.manufacturer(),
                info.model(),
                info.serial(),
                info.hardwareVersion(),
                info.firmwareVersion(),
                Set.copyOf(flags),
                info.minPin(),
                info.maxPin(),
                info.room());
    }

    private static Outcome<TokenInfo> changeTo(String pin) {
        try (Secret old = SoftHsm.userPin();
                Secret fresh = secret(pin)) {
            return softHsm.token("one").changePin(PinKind.USER, old, fresh);
        }
    }

    private static Outcome<KeyId> generate(Token token, Template template) {
        Function<TokenSession, Outcome<KeyId>> made = session -> {
            try (session) {
                return session.generateKey(AES, KEY, template);
            }
        };
        try (Secret pin = SoftHsm.userPin()) {
            return token.open(new Token.Login.User(pin)).then(made);
        }
    }

    private static Pkcs11Hsm open(Map<String, String> lies) {
        return Pkcs11Hsm.open(shim.settings(softHsm.folder(), lies));
    }

    private static void assertProblem(String id, String cause, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().id()).isEqualTo(id);
            assertThat(e.problem().cause()).contains(cause);
        });
    }

    private static Secret secret(String text) {
        return Secret.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
