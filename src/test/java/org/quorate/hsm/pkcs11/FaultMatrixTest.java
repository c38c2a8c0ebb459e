package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.CipherScheme;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Template;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;

/// Every call of the port that reaches a device, with every way to fail, before the device acted and after it: what
/// changes something is *unknown*, what only reads is refused by name or said not to have been answered, and the next
/// call works.
class FaultMatrixTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    /// What hangs is a generation, and all that is generated here takes milliseconds.
    private static final Duration GENERATION = Duration.ofSeconds(1);
    private static final Deadlines DEADLINES =
            new Deadlines(Duration.ofSeconds(30), DEADLINE, DEADLINE, DEADLINE, GENERATION);
    private static final KeyId SIGNER = id(1);
    private static final KeyId WRAPPER = id(2);
    private static final KeyId LEAVING = id(3);
    private static final KeyId MADE = id(9);
    private static final KeySpec.Aes AES = new KeySpec.Aes(128);
    private static final SignatureScheme SCHEME = SignatureScheme.ECDSA_SHA256;
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private static SoftHsm softHsm;
    private static Shim shim;
    private static Pkcs11Hsm hsm;
    private static byte[] signature;
    private static byte[] wrapped;

    /// @param at which call of the function in this act is to fail
    /// @param lie the argument through which the function could lie about a number, if there is one
    private record Act(String function, int at, boolean changes, Optional<Lie> lie, Function<Token, Outcome<?>> act) {
        static Act reads(String function, int at, Function<Token, Outcome<?>> act) {
            return new Act(function, at, false, Optional.empty(), act);
        }

        static Act changes(String function, Function<Token, Outcome<?>> act) {
            return new Act(function, 1, true, Optional.empty(), act);
        }

        Act lying(int argument) {
            return new Act(function, at, changes, Optional.of(new Lie("lie", argument)), act);
        }

        Act lyingInAttribute(int argument) {
            return new Act(function, at, changes, Optional.of(new Lie("lie-length", argument)), act);
        }
    }

    private record Lie(String act, int argument) {}

    @BeforeAll
    static void tokenWithKeys() throws Exception {
        shim = new Shim(folder);
        softHsm = SoftHsm.with("one", "spare");
        hsm = Pkcs11Hsm.open(shim.settings(softHsm.folder(), Map.of()).withDeadlines(DEADLINES));
        try (TokenSession session = softHsm.asUser("one")) {
            generatePair(session, SIGNER).orThrow();
            session.generateKey(
                            AES, WRAPPER, secret().with(Attribute.WRAP, true).with(Attribute.UNWRAP, true))
                    .orThrow();
            session.generateKey(AES, LEAVING, secret().with(Attribute.EXTRACTABLE, true))
                    .orThrow();
            signature = session.sign(SIGNER, SCHEME, MESSAGE).orThrow();
            wrapped = session.wrap(WRAPPER, WrapScheme.AES_KWP, LEAVING, ObjectClass.SECRET_KEY)
                    .orThrow();
        }
    }

    @AfterAll
    static void away() {
        hsm.close();
        softHsm.close();
    }

    private static List<Act> acts() {
        return List.of(
                Act.reads("C_GetSlotList", 1, token -> new Outcome.Done<>(hsm.tokens()))
                        .lying(2),
                Act.reads("C_GetMechanismList", 1, token -> new Outcome.Done<>(token.mechanisms())),
                Act.reads("C_GetMechanismInfo", 1, token -> new Outcome.Done<>(token.mechanisms())),
                Act.reads("C_OpenSession", 1, token -> token.open(new Token.Login.None())),
                Act.reads("C_Login", 1, token -> asUser(token, session -> new Outcome.Done<>(1))),
                Act.reads("C_GenerateRandom", 1, token -> token.random(16)),
                Act.reads(
                        "C_FindObjectsInit",
                        1,
                        token -> asUser(token, session -> new Outcome.Done<>(session.objects()))),
                Act.reads("C_FindObjects", 1, token -> asUser(token, session -> new Outcome.Done<>(session.objects())))
                        .lying(3),
                Act.reads("C_GetAttributeValue", 1, token -> asUser(token, session -> session.publicKey(SIGNER)))
                        .lyingInAttribute(2),
                Act.reads("C_SignInit", 1, token -> asUser(token, session -> session.sign(SIGNER, SCHEME, MESSAGE))),
                Act.reads("C_Sign", 1, token -> asUser(token, session -> session.sign(SIGNER, SCHEME, MESSAGE))),
                Act.reads("C_VerifyInit", 1, token -> asUser(token, FaultMatrixTest::verify)),
                Act.reads("C_Verify", 1, token -> asUser(token, FaultMatrixTest::verify)),
                // The first wrap finds out which mechanism it is; it was found before.
                Act.reads(
                                "C_WrapKey",
                                1,
                                token -> asUser(
                                        token,
                                        session -> session.wrap(
                                                WRAPPER, WrapScheme.AES_KWP, LEAVING, ObjectClass.SECRET_KEY)))
                        .lying(5),
                Act.reads(
                        "C_EncryptInit",
                        1,
                        token -> asUser(
                                token, session -> session.encrypt(LEAVING, CipherScheme.AES_BLOCKS, new byte[16]))),
                Act.reads(
                        "C_Encrypt",
                        1,
                        token -> asUser(
                                token, session -> session.encrypt(LEAVING, CipherScheme.AES_BLOCKS, new byte[16]))),
                Act.reads(
                        "C_Decrypt",
                        1,
                        token -> asUser(
                                token, session -> session.decrypt(LEAVING, CipherScheme.AES_BLOCKS, new byte[16]))),
                Act.changes("C_GenerateKeyPair", token -> asUser(token, session -> generatePair(session, MADE)))
                        .lying(6),
                Act.changes(
                        "C_GenerateKey", token -> asUser(token, session -> session.generateKey(AES, MADE, secret()))),
                Act.changes(
                        "C_CreateObject",
                        token -> asUser(
                                token,
                                session -> session.publicKey(SIGNER)
                                        .then(key -> session.importPublicKey(
                                                key, MADE, KeyPurpose.SIGNING.publicHalf("made"))))),
                Act.changes(
                        "C_CopyObject",
                        token -> asUser(
                                token,
                                session -> session.copy(leaving(session), MADE, new Template("made", Map.of())))),
                Act.changes(
                        "C_UnwrapKey",
                        token -> asUser(
                                token,
                                session -> session.unwrap(WRAPPER, WrapScheme.AES_KWP, wrapped, AES, MADE, secret()))),
                Act.changes(
                        "C_SetAttributeValue",
                        token -> asUser(token, session -> session.set(leaving(session), Attribute.SENSITIVE, true))),
                Act.changes("C_DestroyObject", token -> asUser(token, FaultMatrixTest::destroyMade)),
                Act.changes("C_SetPIN", FaultMatrixTest::samePinAgain),
                Act.changes("C_InitPIN", FaultMatrixTest::userPinAgain),
                Act.changes("C_InitToken", token -> initialise()));
    }

    @TestFactory
    Stream<DynamicTest> refusals_beforeTheDeviceActed() {
        return acts().stream()
                .flatMap(act -> Stream.of(
                        test(act, "answer", 0x80000063L, "CKR_0x80000063"),
                        test(act, "answer", 0x7712345678L, act.changes() ? "unknown" : "CKR_0x7712345678")));
    }

    @TestFactory
    Stream<DynamicTest> removals_afterTheDeviceActed() {
        return acts().stream()
                .map(act -> test(
                        act, "answer-after", Ck.CKR_DEVICE_REMOVED, act.changes() ? "unknown" : "CKR_DEVICE_REMOVED"));
    }

    /// Of those that read, a few stand for all: each crash costs a start of the host.
    @TestFactory
    Stream<DynamicTest> crashes() {
        return acts().stream()
                .filter(act -> act.changes()
                        || List.of("C_GetSlotList", "C_Login", "C_WrapKey").contains(act.function()))
                .map(act -> test(act, act.changes() ? "crash-after" : "crash", 0, "unknown"));
    }

    @TestFactory
    Stream<DynamicTest> numbersThatCannotBe() {
        return acts().stream()
                .flatMap(act -> act.lie().stream().map(lie -> test(act, lie.act(), lie.argument(), "unknown")));
    }

    @TestFactory
    Stream<DynamicTest> hangs() {
        return acts().stream()
                .filter(act -> act.function().equals("C_GenerateKey"))
                .map(act -> test(act, "hang-after", 0, "unknown"));
    }

    private static DynamicTest test(Act act, String how, long number, String expected) {
        String name = act.function() + " " + how + (number > 9 ? " " + Names.rv(number) : "");
        return DynamicTest.dynamicTest(name, () -> {
            Token token = token("one");
            shim.plan(act.function(), act.at(), how, number);

            String rv = rv(act, token);

            assertThat(shim.waits()).as("the call that fails never came").isFalse();
            assertThat(rv).isEqualTo(expected);
            assertThat(token("one").open(new Token.Login.None()).rv()).isEqualTo("CKR_OK");
            if (act.changes()) {
                tidy();
            }
        });
    }

    /// What the caller sees: an outcome, or the problem that stands for it where there is none.
    private static String rv(Act act, Token token) {
        try {
            return act.act().apply(token).rv();
        } catch (ProblemException e) {
            return switch (e.problem().id()) {
                case "hsm.no_answer" -> "unknown";
                default -> e.problem().cause().replaceAll(".*(CKR_[0-9A-Za-z_]+).*", "$1");
            };
        }
    }

    @Test
    void changeThatWasDone_andCannotBeReadBack_isUnknown() {
        Token token = token("one");
        shim.plan("C_GetAttributeValue", 1, "answer", 0x80000063L);
        assertThat(asUser(token, session -> generatePair(session, MADE)))
                .isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
                    assertThat(unknown.function()).isEqualTo("C_GenerateKeyPair");
                    assertThat(unknown.why())
                            .isEqualTo("it answered CKR_OK, but then C_GetAttributeValue answered CKR_0x80000063");
                });
        tidy();
        // Two calls list the slots before the login, two after the change.
        shim.plan("C_GetSlotList", 3, "answer", Ck.CKR_DEVICE_ERROR);
        assertThat(userPinAgain(token))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.function()).isEqualTo("C_InitPIN"));
        assertThat(shim.waits()).isFalse();
    }

    private static Token token(String label) {
        return hsm.tokens().stream()
                .filter(token -> token.info().label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static Outcome<?> asUser(Token token, Function<TokenSession, Outcome<?>> act) {
        try (Secret pin = SoftHsm.userPin()) {
            return token.open(new Token.Login.User(pin)).then(session -> {
                try (session) {
                    return act.apply(session).map(value -> "");
                }
            });
        }
    }

    private static Outcome<?> samePinAgain(Token token) {
        try (Secret pin = SoftHsm.userPin()) {
            return token.changePin(PinKind.USER, pin, pin);
        }
    }

    private static Outcome<?> userPinAgain(Token token) {
        try (Secret so = SoftHsm.soPin();
                Secret user = SoftHsm.userPin()) {
            return token.setUserPin(so, user);
        }
    }

    private static Outcome<?> initialise() {
        try (Secret so = SoftHsm.soPin()) {
            return token("spare").initialise(so, "spare");
        }
    }

    private static Outcome<?> verify(TokenSession session) {
        return session.verify(SIGNER, SCHEME, MESSAGE, signature);
    }

    private static Outcome<?> destroyMade(TokenSession session) {
        return session.generateKey(AES, MADE, secret())
                .then(made -> session.destroy(
                        session.find(MADE, ObjectClass.SECRET_KEY).orElseThrow()));
    }

    private static TokenObject leaving(TokenSession session) {
        return session.find(LEAVING, ObjectClass.SECRET_KEY).orElseThrow();
    }

    private static Outcome<?> generatePair(TokenSession session, KeyId id) {
        return session.generateKeyPair(
                new KeySpec.Ec(KeySpec.Curve.P256),
                id,
                KeyPurpose.SIGNING.publicHalf("key"),
                KeyPurpose.SIGNING.privateHalf("key"));
    }

    private static Template secret() {
        return KeyPurpose.UNWRAPPING
                .secretKey("key")
                .with(Attribute.UNWRAP, false)
                .with(Attribute.COPYABLE, true)
                .with(Attribute.ENCRYPT, true)
                .with(Attribute.DECRYPT, true);
    }

    private static void tidy() {
        try (TokenSession session = softHsm.asUser("one")) {
            session.find(MADE).forEach(made -> session.destroy(made).orThrow());
        }
    }

    private static KeyId id(int number) {
        return new KeyId("%032x".formatted(number));
    }
}
