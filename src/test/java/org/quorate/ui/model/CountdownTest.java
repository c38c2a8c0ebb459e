package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.ceremony.Site;
import org.quorate.quorum.Tally;
import org.quorate.ui.demo.Bench;
import org.quorate.ui.demo.Demo;
import org.quorate.ui.demo.ScriptedEngine;

class CountdownTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:03:41Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "432000 | 7 min 12 s left (07:12), until 14:10:53Z | false",
                "60001 | 1 min 1 s left (01:01), until 14:04:41Z | false",
                "60000 | 1 min 0 s left (01:00), until 14:04:41Z | false",
                "59000 | Only 59 s left (00:59), until 14:04:40Z | false",
                "1 | Only 1 s left (00:01), until 14:03:41Z | false",
            })
    void timeThatIsLeft_isWordsAndAClock(long millis, String text, boolean over) {
        Countdown left = Countdown.of(NOW.plusMillis(millis), NOW);

        assertThat(left.over()).isEqualTo(over);
        assertThat(left.text()).isEqualTo(text);
    }

    /// Each tick of the window's clock counts on, without a window.
    @Test
    void page_countsWithEachTick_andThenSaysThatItIsOver() {
        try (var bench = new Bench(Site.Mode.REHEARSAL, Runnable::run)) {
            Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER);
            var asked = ScriptedEngine.cardsUntil(tally, NOW.plus(Duration.ofMinutes(2)));
            assertThat(at(bench, asked, 0).text()).startsWith("2 min 0 s left (02:00)");
            assertThat(at(bench, asked, 1).text()).startsWith("1 min 59 s left (01:59)");
            assertThat(at(bench, asked, 61).text()).startsWith("Only 59 s left (00:59)");
            assertThat(at(bench, asked, 119).over()).isFalse();

            Countdown over = at(bench, asked, 120);

            assertThat(over.over()).isTrue();
            assertThat(over.text()).startsWith("The time is over since 14:05:41Z");
            assertThat(at(bench, asked, 500).text()).isEqualTo(over.text());
        }
    }

    private static Countdown at(Bench bench, org.quorate.ceremony.Question.OfCard asked, int seconds) {
        bench.now.set(NOW.plusSeconds(seconds));
        bench.model.tick();
        return bench.model.countdown(asked).orElseThrow();
    }

    @Test
    void pageWithoutALimit_countsNothing() {
        try (var bench = new Bench(Site.Mode.REHEARSAL, Runnable::run)) {
            var asked = ScriptedEngine.cards(ScriptedEngine.statement(), Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER));

            assertThat(bench.model.countdown(asked)).isEmpty();
        }
    }
}
