package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.hsm.pkcs11.Deadlines;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// An HSM on a network is stopped, killed, slowed and started again in the middle of calls. Each call ends within its
/// deadline with what is known, and the next one works once the HSM is there again.
class NetworkedHsmTest {
    private static final KeyId KEY = new KeyId("0d".repeat(16));
    private static final byte[] MESSAGE = new byte[32];
    private static final Deadlines SHORT = new Deadlines(
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));

    private static SoftHsm softHsm;

    @TempDir
    private Path folder;

    @BeforeAll
    static void tokenWithKey() {
        softHsm = SoftHsm.with("far");
        try (TokenSession session = softHsm.asUser("far")) {
            session.generateKeyPair(
                            new KeySpec.Ec(KeySpec.Curve.P256),
                            KEY,
                            KeyPurpose.SIGNING.publicHalf("far"),
                            KeyPurpose.SIGNING.privateHalf("far"))
                    .orThrow();
        }
    }

    @AfterAll
    static void away() {
        softHsm.close();
    }

    private NetworkedHsm networked(boolean tls) throws Exception {
        return tls ? NetworkedHsm.throughTls(softHsm, folder) : NetworkedHsm.local(softHsm, folder);
    }

    private static TokenSession asUser(Hsm hsm) {
        Token token = hsm.tokens().stream()
                .filter(one -> one.info().label().equals("far"))
                .findFirst()
                .orElseThrow();
        try (Secret pin = SoftHsm.userPin()) {
            return token.open(new Token.Login.User(pin)).orThrow();
        }
    }

    private static Outcome<byte[]> sign(TokenSession session) {
        return session.sign(KEY, SignatureScheme.ECDSA_SHA256, MESSAGE);
    }

    private static void signs(Hsm hsm) {
        try (TokenSession session = asUser(hsm)) {
            assertThat(sign(session)).isInstanceOf(Outcome.Done.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void serverThatStopsInACall_isUnknownWithinTheDeadline_andWorksWhenItGoesOn(boolean tls) throws Exception {
        try (NetworkedHsm far = networked(tls);
                Pkcs11Hsm hsm = Pkcs11Hsm.open(far.settings(SHORT))) {
            signs(hsm);
            try (TokenSession session = asUser(hsm)) {
                far.stop();

                Outcome<byte[]> outcome = sign(session);

                assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
            }
            far.goOn();
            signs(hsm);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void serverThatIsKilled_isNoDoneAct_andWorksWhenItIsBack(boolean tls) throws Exception {
        try (NetworkedHsm far = networked(tls);
                Pkcs11Hsm hsm = Pkcs11Hsm.open(far.settings(SHORT))) {
            try (TokenSession session = asUser(hsm)) {
                sign(session).orThrow();
                far.kill();

                assertThat(sign(session)).isNotInstanceOf(Outcome.Done.class);
            }
            assertThat(tokensOrNone(hsm)).isZero();
            far.restart();
            signs(hsm);
        }
    }

    /// The call has gone out, and nobody is there any more who could answer it.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void serverThatIsKilledInACall_isNoDoneAct_andWorksWhenItIsBack(boolean tls) throws Exception {
        try (NetworkedHsm far = networked(tls);
                Pkcs11Hsm hsm = Pkcs11Hsm.open(far.settings(SHORT))) {
            try (TokenSession session = asUser(hsm)) {
                far.stop();
                CompletableFuture<Void> later = CompletableFuture.runAsync(
                        () -> {
                            try {
                                far.kill();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));

                assertThat(sign(session)).isNotInstanceOf(Outcome.Done.class);
                later.get(60, TimeUnit.SECONDS);
            }
            far.restart();
            signs(hsm);
        }
    }

    @Test
    void serverThatIsSlow_isWaitedFor() throws Exception {
        try (NetworkedHsm far = networked(false);
                Pkcs11Hsm hsm = Pkcs11Hsm.open(far.settings(SHORT));
                TokenSession session = asUser(hsm)) {
            far.stop();
            CompletableFuture<Void> later = CompletableFuture.runAsync(
                    () -> {
                        try {
                            far.goOn();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    CompletableFuture.delayedExecutor(800, TimeUnit.MILLISECONDS));

            assertThat(sign(session)).isInstanceOf(Outcome.Done.class);
            later.get(60, TimeUnit.SECONDS);
        }
    }

    /// A server that is gone shows no token, or its module says that it cannot be used; both are words for people.
    private static int tokensOrNone(Hsm hsm) {
        try {
            return hsm.tokens().size();
        } catch (ProblemException absent) {
            return 0;
        }
    }
}
