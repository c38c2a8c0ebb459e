package org.quorate.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quorate.base.ProblemException;

class StartBenchTest {

    @Test
    void median_ofAnEvenCount_isTheMiddleOfTheTwoInTheMiddle() {
        assertThat(StartBench.median(List.of(9L, 1L, 5L))).isEqualTo(5);
        assertThat(StartBench.median(List.of(4L, 1L, 9L, 2L))).isEqualTo(3);
    }

    /// A shell stands in for the program: it is given the hidden command and says what a shown window says.
    @Test
    void measure_startsBothWindowsInTurn_andComparesThem() {
        var progress = new ArrayList<String>();
        var bench = new StartBench(() -> List.of("/bin/sh", "-c", "test $0 = start-window && echo shown"));

        Bench.Result result = bench.measure(3, progress::add);

        assertThat(progress).hasSize(3);
        assertThat(result.figures().array("empty_ms")).hasSize(3);
        assertThat(result.figures().array("console_ms")).hasSize(3);
        assertThat(result.kept()).isEqualTo(result.figures().integer("ratio_percent") <= 150);
    }

    @Test
    void measure_ofAProgramThatEndsWithoutAWindow_isAProblem() {
        var bench = new StartBench(() -> List.of("/bin/false"));

        assertThatThrownBy(() -> bench.measure(1, _ -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("app.bench.no_window");
    }
}
