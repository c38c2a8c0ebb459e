package org.quorate.app.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.quorate.app.site.SiteFolder;
import picocli.CommandLine.Option;

/// A command whose answer depends on the time: it is that of now, or of any other that is given.
abstract class LedgerReadingAt extends SoundLedgerReading {
    @Option(names = "--at", paramLabel = "TIME")
    private Optional<String> at = Optional.empty();

    private final InstantSource clock;
    private Instant now = Instant.MIN;

    LedgerReadingAt(SiteFolder defaultHome, InstantSource clock) {
        super(defaultHome);
        this.clock = clock;
    }

    @Override
    final void prepare() {
        now = at.map(this::time).orElseGet(clock::instant);
    }

    final Instant now() {
        return now;
    }
}
