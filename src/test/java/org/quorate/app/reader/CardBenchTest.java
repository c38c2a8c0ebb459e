package org.quorate.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quorate.app.SystemClock;
import org.quorate.app.bench.Bench;

class CardBenchTest {
    @Test
    void measure_signsWithBothCards_andRecordsIt() throws Exception {
        var said = new ArrayList<String>();

        Bench.Result result =
                new CardBench(Optional.of(TestReaders.freeSocket()), new SystemClock()).measure(1, said::add);

        assertThat(result.figures().integer("practice_median_ms")).isPositive();
        assertThat(result.figures().integer("reader_median_ms")).isPositive();
        assertThat(result.figures().integer("seen_median_ms")).isPositive();
        assertThat(said).hasSize(1);
        assertThat(result.lines()).hasSize(4);
    }

    @Test
    void limit_isKept_upToTwoAndAHalfTimes() {
        assertThat(CardBench.result(List.of(40L, 40L, 90L), List.of(100L, 100L, 1L), List.of(300L))
                        .kept())
                .isTrue();
        Bench.Result slow = CardBench.result(List.of(40L), List.of(101L), List.of(300L));
        assertThat(slow.kept()).isFalse();
        assertThat(slow.figures().integer("ratio_percent")).isEqualTo(253);
    }
}
