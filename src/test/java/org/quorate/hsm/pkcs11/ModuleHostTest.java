package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.Secret;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenSession;

/// A module that crashes, hangs or lies costs one unknown outcome, and the next call works.
class ModuleHostTest {
    private static final KeyId KEY = new KeyId("0f".repeat(16));
    private static final Deadlines SHORT = new Deadlines(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3));

    @TempDir
    static Path folder;

    private static SoftHsm softHsm;
    private static Shim shim;

    @BeforeAll
    static void tokenWithKey() throws Exception {
        shim = new Shim(folder);
        softHsm = SoftHsm.with("one");
        try (TokenSession session = softHsm.asUser("one")) {
            generate(session, KEY).orThrow();
        }
    }

    @AfterAll
    static void away() {
        softHsm.close();
    }

    @ParameterizedTest
    @CsvSource({
        "crash, 0, the module host ended",
        "hang, 0, no answer within 2000 ms",
        "delay, 2500, no answer within 2000 ms",
        "lie, 4, the module's answer made no sense",
        "scribble, 0, garbage instead of a frame"
    })
    void signing_withAModuleThatFails_isUnknownOnce_andThenWorks(String act, long number, String why) throws Exception {
        try (Pkcs11Hsm hsm = misbehaving("C_Sign", 2, act, number)) {
            long before;
            try (TokenSession session = asUser(hsm)) {
                sign(session).orThrow();
                before = hsm.hostPid();

                Outcome<byte[]> outcome = sign(session);

                assertThat(outcome).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
                    assertThat(unknown.function()).isEqualTo("C_Sign");
                    assertThat(unknown.why()).startsWith(why);
                });
                assertThat(sign(session)).isInstanceOf(Outcome.Unknown.class);
            }
            assertEnds(before);
            try (TokenSession session = asUser(hsm)) {
                assertThat(sign(session).rv()).isEqualTo("CKR_OK");
            }
            assertThat(hsm.hostPid()).isNotEqualTo(before);
            assertThat(hsm.drainCallLog()).anyMatch(line -> line.startsWith("C_Sign unknown "));
        }
    }

    @Test
    void generating_withADeviceThatWasRemoved_isUnknown_becauseItMayHaveBeenDone() {
        try (Pkcs11Hsm hsm = misbehaving("C_GenerateKeyPair", 1, "answer", Ck.CKR_DEVICE_REMOVED);
                TokenSession session = asUser(hsm)) {
            assertThat(generate(session, new KeyId("aa".repeat(16))))
                    .isInstanceOfSatisfying(
                            Outcome.Unknown.class,
                            unknown -> assertThat(unknown.why()).startsWith("CKR_DEVICE_REMOVED"));
        }
    }

    @Test
    void signing_withADeviceThatWasRemoved_isRefused() {
        try (Pkcs11Hsm hsm = misbehaving("C_Sign", 1, "answer", Ck.CKR_DEVICE_REMOVED);
                TokenSession session = asUser(hsm)) {
            assertThat(sign(session)).isEqualTo(new Outcome.Refused<>("C_Sign", "CKR_DEVICE_REMOVED"));
        }
    }

    @Test
    void signing_withAModuleThatPrints_works() {
        try (Pkcs11Hsm hsm = misbehaving("C_Sign", 1, "print", 0);
                TokenSession session = asUser(hsm)) {
            assertThat(sign(session).rv()).isEqualTo("CKR_OK");
        }
    }

    @Test
    void host_diesWithItsStandardInput() throws Exception {
        Process host = ChildJvm.of(ModuleHost.class, Map.of()).start();
        host.getOutputStream().close();
        assertThat(host.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void host_diesWithAKilledConsole_whileTheModuleHangs() throws Exception {
        Process console = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HangingConsole.class.getName(),
                        shim.library().toString(),
                        shim.plan().toString(),
                        softHsm.folder().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        console.getOutputStream().close();
        try (var out = new BufferedReader(new InputStreamReader(console.getInputStream(), StandardCharsets.UTF_8))) {
            long pid = Long.parseLong(out.readLine());
            assertThat(ProcessHandle.of(pid)).isPresent();
            console.destroyForcibly().waitFor();
            assertEnds(pid);
        }
    }

    @Test
    void pins_areNeitherInTheCallLogNorOnTheCommandLineNorInTheEnvironment() throws IOException {
        softHsm.hsm().drainCallLog();
        try (TokenSession session = softHsm.asUser("one")) {
            sign(session).orThrow();
        }
        List<String> log = softHsm.hsm().drainCallLog();
        assertThat(log).anyMatch(line -> line.startsWith("C_Login CKR_OK"));
        assertThat(log)
                .allMatch(line -> line.matches("C_[A-Za-z]+ (CKR_[0-9A-Z_x]+|unknown) [0-9]+ ms(, [0-9]+ times)?"));
        Path process = Path.of("/proc", String.valueOf(softHsm.hsm().hostPid()));
        try (Secret so = SoftHsm.soPin();
                Secret user = SoftHsm.userPin()) {
            for (String place : List.of("cmdline", "environ")) {
                byte[] content = Files.readAllBytes(process.resolve(place));
                assertThat(content).isNotEmpty();
                assertThat(contains(content, so)).isFalse();
                assertThat(contains(content, user)).isFalse();
            }
        }
    }

    @Test
    void deadlines_areGivenToEveryCall() {
        assertThat(Cryptoki.class.getMethods())
                .allSatisfy(method -> assertThat(method.getAnnotation(Call.class))
                        .as(method.getName())
                        .isNotNull());
        assertThat(Cryptoki.class.getMethods()).extracting(m -> m.getName()).doesNotHaveDuplicates();
    }

    private static boolean contains(byte[] content, Secret secret) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return secret.use(pin -> text.contains(new String(pin, StandardCharsets.ISO_8859_1)));
    }

    private static Pkcs11Hsm misbehaving(String function, int call, String act, long number) {
        shim.plan(function, call, act, number);
        return Pkcs11Hsm.open(shim.settings(softHsm.folder(), Map.of()).withDeadlines(SHORT));
    }

    private static TokenSession asUser(Pkcs11Hsm hsm) {
        String serial = softHsm.token("one").info().serial();
        try (Secret pin = SoftHsm.userPin()) {
            return hsm.bySerial(serial)
                    .orElseThrow()
                    .open(new Token.Login.User(pin))
                    .orThrow();
        }
    }

    private static Outcome<byte[]> sign(TokenSession session) {
        return session.sign(KEY, SignatureScheme.ECDSA_SHA256, new byte[] {1, 2, 3});
    }

    private static Outcome<?> generate(TokenSession session, KeyId id) {
        return session.generateKeyPair(
                new KeySpec.Ec(KeySpec.Curve.P256),
                id,
                KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf("key"),
                KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf("key"));
    }

    private static void assertEnds(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
