package org.quorate.app.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.quorate.app.site.Trees;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.sqlite.SqliteLedger;

/// How fast a ledger takes entries and is verified, short and long. What a disk and a processor can do differs from
/// machine to machine, so each figure is divided by what this machine does raw in the same run.
public final class LedgerBench implements Bench {
    private static final List<Long> SIZES = List.of(1_000L, 10_000L, 100_000L, 1_000_000L);
    /// Enough that one slow write does not count, few enough that short and long ledgers take turns.
    private static final int BATCH = 300;

    /// With its hashes, its index and its share of pages an entry takes somewhat less.
    private static final long BYTES_AN_ENTRY = 1_000;

    /// More than the processor's caches hold.
    private static final int SOME = 100_000;

    private static final int BLOCK = 4096;
    private static final int BLOCKS = 256;

    private final Path place;
    private final LedgerClock clock;
    private final List<Long> sizes;

    /// @param place a folder on the disk where ledgers lie; what is made there is deleted again
    public LedgerBench(Path place, LedgerClock clock) {
        this(place, clock, SIZES);
    }

    LedgerBench(Path place, LedgerClock clock, List<Long> sizes) {
        this.place = place;
        this.clock = clock;
        this.sizes = List.copyOf(sizes);
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public Result measure(int runs, Consumer<String> progress) {
        try {
            Files.createDirectories(place);
            requireSpace();
            Path folder = Files.createTempDirectory(place, "bench-");
            try {
                return measure(folder, runs, progress);
            } finally {
                Trees.delete(folder);
            }
        } catch (IOException e) {
            throw Problem.of("app.bench.ledger.not_written", place).causedBy(e);
        }
    }

    private void requireSpace() {
        long wanted = sizes.stream().mapToLong(Long::longValue).sum() * BYTES_AN_ENTRY;
        if (place.toFile().getUsableSpace() < wanted) {
            throw Problem.of("app.bench.ledger.space", place, wanted >> 20).asException();
        }
    }

    private Result measure(Path folder, int runs, Consumer<String> progress) throws IOException {
        var ledgers = new ArrayList<BenchLedger>();
        for (long size : sizes) {
            ledgers.add(BenchLedger.make(folder, size, clock));
            progress.accept(Texts.get("app.bench.ledger.filled", size));
        }
        BenchLedger longest = ledgers.getLast();
        List<byte[]> bodies = some(longest);
        var figures = new LedgerFigures(sizes);
        try (ExecutorService second = Executors.newSingleThreadExecutor()) {
            for (int run = 1; run <= runs; run++) {
                for (BenchLedger ledger : ledgers) {
                    long cpu = cpuNanos();
                    long wall = open(ledger, Runnable::run);
                    figures.verifiedOnOne(ledger.size(), wall, cpuNanos() - cpu);
                    figures.verifiedOnTwo(ledger.size(), open(ledger, second));
                }
                figures.hashed(hash(bodies, longest.size()));
                progress.accept(Texts.get("app.bench.ledger.verified", run, runs));
            }
        }
        figures.verifiedInPython(new PythonVerifier(folder).verify(longest.file()));
        progress.accept(Texts.get("app.bench.ledger.python"));
        appends(folder, ledgers, runs, figures, progress);
        return figures.result();
    }

    /// Nanoseconds to open it, which is to verify it.
    private static long open(BenchLedger ledger, Executor scanning) {
        long before = System.nanoTime();
        try (SqliteLedger _ = ledger.open(scanning)) {
            return System.nanoTime() - before;
        }
    }

    /// Processor time of this thread, which other work on the machine does not take.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Nanoseconds that SHA-256 alone takes over so many bodies, of which `some` stand for all.
    private static long hash(List<byte[]> some, long entries) {
        MessageDigest sha256 = Digest.sha256();
        long before = cpuNanos();
        for (long done = 0; done < entries; done += some.size()) {
            some.forEach(sha256::digest);
        }
        return cpuNanos() - before;
    }

    private static List<byte[]> some(BenchLedger ledger) {
        try (SqliteLedger open = ledger.open(Runnable::run)) {
            return open.range(0, Math.min(SOME, ledger.size())).stream()
                    .map(Entry::body)
                    .toList();
        }
    }

    /// All take turns, so that whatever else the machine does falls on all alike.
    private void appends(
            Path folder, List<BenchLedger> ledgers, int runs, LedgerFigures figures, Consumer<String> progress)
            throws IOException {
        Path raw = folder.resolve("raw");
        Files.write(raw, new byte[BLOCK * BLOCKS]);
        var open = new ArrayList<SqliteLedger>();
        try (FileChannel channel = FileChannel.open(raw, StandardOpenOption.WRITE)) {
            channel.force(true);
            ledgers.forEach(ledger -> open.add(ledger.open(Runnable::run)));
            for (int run = 1; run <= runs; run++) {
                figures.overwritten(overwrite(channel));
                for (int i = 0; i < open.size(); i++) {
                    figures.appended(ledgers.get(i).size(), append(open.get(i)));
                }
                progress.accept(Texts.get("app.bench.ledger.appended", run, runs));
            }
        } finally {
            open.forEach(SqliteLedger::close);
        }
    }

    /// Nanoseconds a write of one block over another, on the disk when it returns.
    private static long overwrite(FileChannel channel) throws IOException {
        long before = System.nanoTime();
        for (int i = 0; i < BATCH; i++) {
            channel.write(ByteBuffer.allocate(BLOCK).putInt(0, i), (long) (i % BLOCKS) * BLOCK);
            channel.force(false);
        }
        return (System.nanoTime() - before) / BATCH;
    }

    private static long append(SqliteLedger ledger) {
        long before = System.nanoTime();
        for (int i = 0; i < BATCH; i++) {
            ledger.append(BenchLedger.draft(i));
        }
        return (System.nanoTime() - before) / BATCH;
    }
}
