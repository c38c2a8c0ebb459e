package org.quorate.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One attempt at one step.
///
/// @param act title of its act, empty where the script has none of this id
/// @param actual without pauses; empty where the step did not end
public record StepLog(
        String id,
        String number,
        String act,
        Told told,
        int attempt,
        Instant started,
        Duration planned,
        Optional<Duration> actual,
        End end,
        List<LogItem> items) {
    public StepLog {
        items = List.copyOf(items);
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
        return actual.filter(took -> took.compareTo(planned) > 0).isPresent();
    }
}
