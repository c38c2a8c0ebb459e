package org.quorate.ui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:03:41.999Z");

    @Test
    void clock_isUtcAndSaysSo() {
        assertThat(Times.clock(NOW)).isEqualTo("14:03:41Z");
    }

    @Test
    void elapsed_countsMinutesAndSeconds() {
        assertThat(Times.elapsed(NOW, NOW.plusSeconds(125))).isEqualTo("2:05");
    }

    @Test
    void elapsed_whenTheClockWasSetBack_isNothing() {
        assertThat(Times.elapsed(NOW, NOW.minusSeconds(9))).isEqualTo("0:00");
    }
}
