package org.quorate.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.quorate.ledger.LedgerClock;

/// The machine's clock: wall time beside Linux's time since boot, which nobody can set.
///
/// `/proc/uptime` counts suspended time too, as `CLOCK_BOOTTIME` does, and `System.nanoTime` does not; it moves in
/// hundredths of a second, which is fine enough to see a wall clock that was set.
public final class SystemClock implements LedgerClock {
    private final InstantSource wall;
    private final Path uptime;
    private final UUID boot;

    public SystemClock() {
        this(InstantSource.system(), Path.of("/proc"));
    }

    SystemClock(InstantSource wall, Path proc) {
        this.wall = wall;
        this.uptime = proc.resolve("uptime");
        this.boot =
                UUID.fromString(read(proc.resolve("sys/kernel/random/boot_id")).strip());
    }

    @Override
    public Moment now() {
        String seconds = read(uptime).split(" ", 2)[0];
        return new Moment(
                wall.instant(), boot, new BigDecimal(seconds).movePointRight(6).longValueExact());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
