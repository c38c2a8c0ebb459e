package org.quorate.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One attempt at one step.
public record StepLog(Place place, Told told, int attempt, Timing timing, End end, List<LogItem> items) {
    public StepLog {
        items = List.copyOf(items);
    }

    /// @param id of the step in the script
    /// @param act title of its act, empty where the script has none of this id
    public record Place(String id, String number, String act) {}

    /// @param actual without pauses; empty where the step did not end
    public record Timing(Instant started, Duration planned, Optional<Duration> actual) {}

    public String id() {
        return place.id();
    }

    /// What the script says.
    public record Told(String title, String say, String by, String witnessedBy) {}

    /// @param problem what failed, in words; empty unless it failed
    public record End(Result result, String summary, String problem) {}

    public enum Result {
        DONE,
        FAILED,
        OVERRIDDEN,
        OPEN
    }

    public boolean late() {
        return timing.actual()
                .filter(took -> took.compareTo(timing.planned()) > 0)
                .isPresent();
    }
}
