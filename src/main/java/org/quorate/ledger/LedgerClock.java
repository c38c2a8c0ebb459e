package org.quorate.ledger;

import java.time.Instant;
import java.util.UUID;

/// Where entries get their time from; handed in, so that no room reads a clock of its own.
public interface LedgerClock {
    Moment now();

    /// The wall clock beside the uptime of this boot, so that a wall clock that was set shows.
    record Moment(Instant time, UUID boot, long upMicros) {}
}
