package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quorate.hsm.RandomTests.Kind;
import org.quorate.hsm.RandomTests.Result;

class RandomTestsTest {
    private static byte[] good(long seed) {
        var bytes = new byte[65_536];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<Kind> failed(byte[] bytes) {
        return RandomTests.over(bytes).stream()
                .filter(result -> !result.passed())
                .map(Result::kind)
                .toList();
    }

    /// SP 800-90B, section 4.4, for H = 8, W = 512 and false alarms of 2^-40.
    @Test
    void cutoffs_areThoseOfTheStandard() {
        assertThat(RandomTests.repetitionCutoff()).isEqualTo(6);
        assertThat(RandomTests.proportionCutoff()).isEqualTo(19);
    }

    @Test
    void goodBytes_passUnderManySeeds() {
        for (int seed = 0; seed < 300; seed++) {
            assertThat(failed(good(seed))).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void stuckByte_failsEverything() {
        assertThat(failed(new byte[4096])).containsExactly(Kind.values());
    }

    @Test
    void shortRun_failsTheRepetitionCountOnly() {
        byte[] bytes = good(7);
        Arrays.fill(bytes, 1000, 1006, bytes[999]);

        assertThat(failed(bytes)).containsExactly(Kind.REPETITION_COUNT);
    }

    @Test
    void biasOfASingleValue_failsTheProportion() {
        byte[] bytes = good(8);
        for (int i = 0; i < 512; i += 20) {
            bytes[i] = bytes[0];
        }

        assertThat(failed(bytes)).containsExactly(Kind.ADAPTIVE_PROPORTION);
    }

    @Test
    void oneBitThatIsOftenerSet_failsTheChiSquareOnly() {
        byte[] bytes = good(9);
        var random = new Random(1);
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextInt(12) == 0) {
                bytes[i] |= 1;
            }
        }

        assertThat(failed(bytes)).containsExactly(Kind.CHI_SQUARE);
    }

    /// Too even is no chance either.
    @Test
    void everyValueEquallyOften_failsTheChiSquare() {
        var bytes = new byte[65_536];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        assertThat(failed(bytes)).contains(Kind.CHI_SQUARE);
    }

    @Test
    void fewerThanTheStartUpNeeds_isRefused() {
        assertThatThrownBy(() -> RandomTests.over(new byte[1023])).isInstanceOf(IllegalArgumentException.class);
    }
}
