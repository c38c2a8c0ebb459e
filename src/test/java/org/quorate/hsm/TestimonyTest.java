package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.hsm.IndependentWitness.Testimony;
import org.quorate.hsm.IndependentWitness.Verdict;
import org.quorate.hsm.IndependentWitness.Voice;

class TestimonyTest {
    /// V says *valid*, I says *invalid*, N does not answer; the order does not matter.
    @ParameterizedTest
    @CsvSource({
        "'', false",
        "N, false",
        "V, false",
        "I, false",
        "NN, false",
        "VN, false",
        "VV, true",
        "VI, false",
        "II, false",
        "IN, false",
        "VVV, true",
        "VVN, true",
        "VVI, false",
        "VNN, false",
        "VIN, false",
        "VII, false",
        "NNN, false",
        "NNI, false",
        "NII, false",
        "III, false"
    })
    void agreed_isAtLeastTwoValidAndNoneInvalid(String verdicts, boolean agreed) {
        List<Voice> voices = Stream.of(verdicts.split(""))
                .map(TestimonyTest::verdict)
                .flatMap(List::stream)
                .toList();

        assertThat(new Testimony(voices).agreed()).isEqualTo(agreed);
        assertThat(new Testimony(voices.reversed()).agreed()).isEqualTo(agreed);
    }

    private static List<Voice> verdict(String letter) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> !letter.isEmpty() && verdict.name().startsWith(letter))
                .map(verdict -> new Voice("act", "provider", "1", verdict, ""))
                .toList();
    }
}
