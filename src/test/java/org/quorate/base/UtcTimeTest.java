package org.quorate.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

    @Test
    void format_ofAWholeSecond_keepsTheMilliseconds() {
        assertThat(UtcTime.format(Instant.parse("2026-11-22T09:30:00Z"))).isEqualTo("2026-11-22T09:30:00.000Z");
    }

    @Test
    void format_ofAFinerTime_cutsAndDoesNotRound() {
        assertThat(UtcTime.format(Instant.parse("2026-12-31T23:59:59.999999999Z")))
                .isEqualTo("2026-12-31T23:59:59.999Z");
    }

    @Test
    void forPeople_showsSecondsAndTheZone() {
        assertThat(UtcTime.forPeople(Instant.parse("2026-11-22T09:30:07.5Z"))).isEqualTo("2026-11-22 09:30:07Z");
    }

    @Test
    void parse_ofAFormattedTime_givesItBack() {
        Instant end = Instant.parse("9999-12-31T23:59:59.999Z");
        for (int seed = 0; seed < 1000; seed++) {
            Instant time = Instant.ofEpochMilli(new Random(seed).nextLong(end.toEpochMilli() + 1));

            assertThat(UtcTime.parse(UtcTime.format(time))).as("seed %d", seed).contains(time);
            assertThat(UtcTime.format(time)).hasSize(24);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-22T09:30:00Z",
                "2026-11-22T09:30:00.00Z",
                "2026-11-22T09:30:00.0000Z",
                "2026-11-22t09:30:00.000z",
                "2026-11-22 09:30:00.000Z",
                "2026-11-22T09:30:00.000+00:00",
                "2026-11-22T09:30:00.000",
                "2026-02-29T09:30:00.000Z",
                "2026-13-01T09:30:00.000Z",
                "2026-11-22T24:00:00.000Z",
                "2026-06-30T23:59:60.000Z",
                "+2026-11-22T09:30:00.000Z",
                "2026-11-22T09:30:00.000Z ",
                "２０２６-11-22T09:30:00.000Z"
            })
    void parse_ofAnyOtherForm_isEmpty(String text) {
        assertThat(UtcTime.parse(text)).isEmpty();
    }
}
