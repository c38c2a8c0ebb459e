package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// The figures of docs/ledger-format.md, measured by hand: `LedgerBench FOLDER [ENTRIES]`. Rates of a disk and a
/// processor mean little, so each is divided by what the same machine does raw in the same run.
public final class LedgerBench {
    private static final int APPENDS = 2000;

    private LedgerBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int entries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        Path big = folder.resolve("big.db");
        Path small = folder.resolve("small.db");
        var fixture = new LedgerFixture();
        grow(fixture, small, 1_000);
        grow(fixture, big, entries);
        double raw = overwrites(folder);
        double atSmall = appends(fixture, small);
        double atBig = appends(fixture, big);
        say("overwrite and fdatasync a second", raw);
        say("appends a second at 1 k", atSmall);
        say("appends a second at " + entries, atBig);
        say("append ÷ (overwrite ÷ 3.83), bar 0.4", atBig / (raw / 3.83));
        say("append at the big one ÷ at 1 k, bar 0.8", atBig / atSmall);
        double sha = sha(big);
        double one = verify(big, Runnable::run);
        one = Math.min(one, verify(big, Runnable::run));
        try (ExecutorService second = Executors.newSingleThreadExecutor()) {
            double two = verify(big, second);
            two = Math.min(two, verify(big, second));
            say("seconds of SHA-256 alone", sha);
            say("seconds to verify, one thread", one);
            say("seconds to verify, two threads", two);
            say("verify ÷ SHA-256 rate, bar 0.15", sha / one);
            say("two threads ÷ one, bar 1.5", one / two);
        }
    }

    private static void say(String what, double value) {
        System.out.printf("%-45s %10.2f%n", what, value);
    }

    /// Observations of a common length, with a checkpoint now and then; written past the rules, since they are kept.
    private static void grow(LedgerFixture fixture, Path path, int entries) throws Exception {
        var raw = new RawLedger();
        Entry first = raw.append(
                fixture, Draft.ofLedger(EntryType.GENESIS, fixture.genesis().toJson()));
        fixture.founding().cosigns().apply(first).forEach(draft -> raw.append(fixture, draft));
        while (raw.size() < entries) {
            UUID ceremony = new UUID(4L << 12, Long.MIN_VALUE | raw.size() / 500);
            raw.append(
                    fixture,
                    Draft.ofStep(
                            EntryType.OBSERVATION,
                            ceremony,
                            "step-" + raw.size() % 500,
                            Json.obj()
                                    .put("name", "cka_extractable")
                                    .put("expected", false)
                                    .put("observed", false)
                                    .put("number", raw.size())
                                    .put("words", "abandon ability able about above absent absorb abstract")
                                    .build()));
        }
        raw.write(path);
    }

    private static double overwrites(Path folder) throws IOException {
        Path file = folder.resolve("raw");
        Files.write(file, new byte[1 << 20]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
            long from = System.nanoTime();
            for (int i = 0; i < APPENDS; i++) {
                channel.write(ByteBuffer.allocate(4096).putInt(0, i), (i % 256) * 4096L);
                channel.force(false);
            }
            return APPENDS / seconds(from);
        }
    }

    private static double appends(LedgerFixture fixture, Path path) {
        try (SqliteLedger ledger = fixture.open(path)) {
            Draft draft = LedgerFixture.observation("cka_extractable", "false");
            long from = System.nanoTime();
            for (int i = 0; i < APPENDS; i++) {
                ledger.append(draft);
            }
            double rate = APPENDS / seconds(from);
            ledger.append(Checkpoint.of(ledger).draft(fixture.console));
            return rate;
        }
    }

    private static double sha(Path path) throws Exception {
        RawLedger raw = RawLedger.read(path);
        MessageDigest sha256 = Digest.sha256();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long from = System.nanoTime();
            raw.bodies.forEach(sha256::digest);
            best = Math.min(best, seconds(from));
        }
        return best;
    }

    private static double verify(Path path, Executor second) throws Exception {
        long from = System.nanoTime();
        try (LedgerDatabase database = LedgerDatabase.openImmutable(path)) {
            var verifier = new LedgerVerifier(Expectations.NONE);
            database.verify(verifier, second, VerifyProgress.NONE);
            Verification verification = verifier.finish();
            if (!verification.sound()) {
                throw new IllegalStateException(verification.toJson().text());
            }
        }
        return seconds(from);
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
