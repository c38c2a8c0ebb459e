package org.quorate.record;

import java.time.Duration;
import org.quorate.base.Texts;

/// Durations in words, in the two largest units that say something.
public final class Durations {
    private Durations() {}

    /// `2 h 5 min`, `3 min 12 s`, `12 s`, `850 ms`.
    public static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return Texts.get("record.duration.ms", millis);
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 60) {
            return Texts.get("record.duration.s", seconds);
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return seconds % 60 == 0
                    ? Texts.get("record.duration.min", minutes)
                    : Texts.get("record.duration.min_s", minutes, seconds % 60);
        }
        return minutes % 60 == 0
                ? Texts.get("record.duration.h", minutes / 60)
                : Texts.get("record.duration.h_min", minutes / 60, minutes % 60);
    }

    public static String ofMinutes(long minutes) {
        return words(Duration.ofMinutes(minutes));
    }
}
