package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ledger.LedgerClock.Moment;

class SystemClockTest {
    private static final String BOOT = "0f9a4c1e-3b52-4d6e-8a77-1c2d3e4f5a6b";

    @Test
    void now_readsTheBootAndTheTimeSinceIt(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), BOOT + "\n");
        Files.writeString(proc.resolve("uptime"), "350735.47 234388.90\n");
        Instant time = Instant.parse("2026-11-22T09:30:00Z");

        Moment moment = new SystemClock(InstantSource.fixed(time), proc).now();

        assertThat(moment).isEqualTo(new Moment(time, UUID.fromString(BOOT), 350_735_470_000L));
    }

    @Test
    void now_onThisMachine_neverGoesBack() {
        var clock = new SystemClock();
        Moment first = clock.now();
        Moment second = clock.now();

        assertThat(second.boot()).isEqualTo(first.boot());
        assertThat(second.upMicros()).isGreaterThanOrEqualTo(first.upMicros());
        assertThat(first.upMicros()).isPositive();
    }
}
