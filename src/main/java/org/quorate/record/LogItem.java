package org.quorate.record;

import java.time.Instant;
import java.util.List;

/// One line of the log, as a person reads it.
///
/// @param notes further lines under it
/// @param deviates stands out, since a reader must judge it
public record LogItem(long seq, Instant time, Mark mark, String text, List<String> notes, boolean deviates) {
    public LogItem {
        notes = List.copyOf(notes);
    }

    /// What kind of line it is; sensed, stated and compared are always told apart.
    public enum Mark {
        SENSED,
        STATED,
        COMPARED,
        ARRIVED,
        LEFT,
        STATEMENT,
        SIGNED,
        WITNESSED,
        REJECTED,
        REFUSED,
        INTENT,
        OUTCOME,
        RECONCILED,
        EXCEPTION,
        CORRECTED,
        ENROLLED,
        RETIRED,
        PAUSED,
        RESUMED,
        ABORTED,
        OPENED,
        CLOSED,
        ANCHORED,
        OTHER
    }
}
