package org.quorate.record.pdf;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.quorate.base.UtcTime;

/// Moments on the page: the time alone on the ceremony's first day, the date with it on later days.
record When(Instant start) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    String of(Instant moment) {
        boolean sameDay = start.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .equals(moment.atZone(ZoneOffset.UTC).toLocalDate());
        return sameDay ? TIME.format(moment) : UtcTime.forPeople(moment);
    }

    /// `22 November 2026`.
    static String day(Instant moment) {
        return DAY.format(moment);
    }
}
