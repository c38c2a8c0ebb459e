package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;

class MadePinTest {
    private final SecureRandom own = new SecureRandom();
    private final Random seeded = new Random(20261122);

    private static TokenInfo token(long shortest, long longest) {
        return new TokenInfo(
                1,
                "t",
                "Test",
                "Memory",
                "S1",
                "1",
                "1",
                Set.of("CKF_TOKEN_INITIALIZED"),
                shortest,
                longest,
                TokenRoom.UNKNOWN);
    }

    /// A token that answers nothing but this.
    private static Token generator(Outcome<byte[]> made) {
        return (Token) Proxy.newProxyInstance(
                MadePinTest.class.getClassLoader(),
                new Class<?>[] {Token.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "random" -> made;
                    case "info" -> token(4, 255);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static String text(Secret pin) {
        return pin.use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[RandomTests.LEAST];
        seeded.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest(name = "a token that takes {0} to {1}: {2}")
    @CsvSource({"4, 255, 26", "4, 26, 26", "4, 20, 20", "4, 16, 16", "32, 64, 32", "0, 0, 16"})
    void fit_isWhatTheTokenTakes_andTellsItsEntropy(long shortest, long longest, int length) {
        MadePin made = MadePin.fit(token(shortest, longest));

        assertThat(made.length()).isEqualTo(length);
        assertThat(made.bits()).isEqualTo(5.0 * length, within(1e-9)).isGreaterThanOrEqualTo(MadePin.LEAST_BITS);
    }

    @Test
    void fit_ofATokenThatTakesOnlyShortPins_isRefused() {
        assertThatThrownBy(() -> MadePin.fit(token(4, 15)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("S1");
        assertThatThrownBy(() -> new MadePin(15)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void alphabet_hasNoTwoThatLookAlike_andFavoursNone() {
        assertThat(MadePin.ALPHABET).hasSize(32).matches("[2-9A-Z]+").doesNotContain("I", "O", "0", "1");
        var counts = new int[128];
        for (int i = 0; i < 2_000; i++) {
            try (Secret pin = new MadePin(16)
                    .draw(generator(new Outcome.Done<>(bytes())), own)
                    .orThrow()) {
                text(pin).chars().forEach(c -> counts[c]++);
            }
        }
        // 32,000 characters, 1,000 of each; six standard deviations are 187.
        assertThat(MadePin.ALPHABET.chars())
                .allSatisfy(c -> assertThat(counts[c]).isBetween(813, 1187));
    }

    @Test
    void draw_neverMakesOneTwice_alsoFromAGeneratorThatRepeatsItself() {
        byte[] same = bytes();
        var seen = new HashSet<String>();
        for (int i = 0; i < 500; i++) {
            try (Secret pin = new MadePin(16)
                    .draw(generator(new Outcome.Done<>(same.clone())), own)
                    .orThrow()) {
                assertThat(seen.add(text(pin))).isTrue();
            }
        }
    }

    @Test
    void draw_goesByTheTokensGenerator() {
        var fixed = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                java.util.Arrays.fill(bytes, (byte) 0);
            }
        };
        byte[] made = bytes();
        var wanted = new StringBuilder();
        for (int i = 0; i < 26; i++) {
            wanted.append(MadePin.ALPHABET.charAt(made[i] & 31));
        }

        try (Secret pin =
                new MadePin(26).draw(generator(new Outcome.Done<>(made)), fixed).orThrow()) {
            assertThat(text(pin)).isEqualTo(wanted.toString());
        }
        assertThat(made).as("wiped").containsOnly(0);
    }

    @Test
    void draw_fromAGeneratorThatIsStuck_isRefused() {
        assertThatThrownBy(() -> new MadePin(16).draw(generator(new Outcome.Done<>(new byte[1024])), own))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failed -> assertThat(failed.problem())
                                .extracting(Problem::id)
                                .isEqualTo("hsm.random_failed"));
        assertThat(new MadePin(16).draw(generator(new Outcome.Refused<>("C_GenerateRandom", "CKR_X")), own))
                .isInstanceOf(Outcome.Refused.class);
    }
}
