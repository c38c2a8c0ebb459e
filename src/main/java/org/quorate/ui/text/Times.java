package org.quorate.ui.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as they stand on screen, always UTC and always marked so.
public final class Times {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm'Z'", Locale.UK).withZone(ZoneOffset.UTC);

    private Times() {}

    /// `14:03:22Z`.
    public static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    /// `22 November 2026, 14:03Z`.
    public static String day(Instant instant) {
        return DAY.format(instant);
    }

    /// Minutes and seconds since then, such as `0:41`; never negative, because a wall clock may be set back.
    public static String elapsed(Instant since, Instant now) {
        Duration passed = Duration.between(since, now);
        long seconds = Math.max(0, passed.toSeconds());
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }
}
