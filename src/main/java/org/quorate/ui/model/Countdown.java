package org.quorate.ui.model;

import java.time.Duration;
import java.time.Instant;
import org.quorate.base.Texts;
import org.quorate.ui.text.Times;

/// How long something still counts, in words and as a clock, or that its time is over.
///
/// @param over when a signature comes too late
public record Countdown(String text, boolean over) {
    /// From when on people should hurry.
    private static final Duration SOON = Duration.ofMinutes(1);

    static Countdown of(Instant until, Instant now) {
        Duration left = Duration.between(now, until);
        if (left.isZero() || left.isNegative()) {
            return new Countdown(Texts.get("ui.countdown.over", Times.clock(until)), true);
        }
        // The last second begins as one, and is not yet none.
        long seconds = left.plusMillis(999).toSeconds();
        String key = seconds < SOON.toSeconds() ? "ui.countdown.seconds" : "ui.countdown.minutes";
        return new Countdown(
                Texts.get(
                        key,
                        seconds / 60,
                        seconds % 60,
                        "%02d:%02d".formatted(seconds / 60, seconds % 60),
                        Times.clock(until)),
                false);
    }
}
