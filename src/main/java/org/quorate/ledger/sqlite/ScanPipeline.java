package org.quorate.ledger.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.quorate.ledger.LedgerVerifier;

/// Rows go in one after the other; blocks of them are taken apart elsewhere while the next are read, and are judged in
/// order.
final class ScanPipeline {
    private static final int BLOCK = 1024;

    private final LedgerVerifier verifier;
    private final Executor scanning;
    private final LongConsumer progress;
    /// One block is scanned at a time: the next is handed over when this one is there.
    private final LedgerVerifier.Scanner scanner = new LedgerVerifier.Scanner();

    private List<LedgerDatabase.Row> reading = new ArrayList<>(BLOCK);
    private CompletableFuture<List<LedgerVerifier.Scan>> scanned = CompletableFuture.completedFuture(List.of());
    private long judged;

    ScanPipeline(LedgerVerifier verifier, Executor scanning, LongConsumer progress) {
        this.verifier = verifier;
        this.scanning = scanning;
        this.progress = progress;
    }

    /// @return whether more rows are wanted
    boolean take(LedgerDatabase.Row row) {
        reading.add(row);
        return reading.size() < BLOCK || turn();
    }

    /// Says that the next row is none; those before it are judged first.
    boolean unreadable() {
        if (finish()) {
            verifier.unreadableRow("another type");
        }
        return false;
    }

    /// Judges what is left.
    ///
    /// @return whether nothing ended the judgement
    boolean finish() {
        // The block that is being taken apart, and then the one that is being read.
        boolean wanted = turn();
        return turn() && wanted;
    }

    private boolean turn() {
        List<LedgerDatabase.Row> block = reading;
        reading = new ArrayList<>(BLOCK);
        List<LedgerVerifier.Scan> before = scanned.join();
        scanned = CompletableFuture.supplyAsync(() -> scan(block), scanning);
        boolean wanted = true;
        for (LedgerVerifier.Scan scan : before) {
            wanted = wanted && verifier.row(scan);
            judged++;
        }
        progress.accept(judged);
        return wanted;
    }

    private List<LedgerVerifier.Scan> scan(List<LedgerDatabase.Row> rows) {
        var scans = new ArrayList<LedgerVerifier.Scan>(rows.size());
        for (LedgerDatabase.Row row : rows) {
            scans.add(scanner.scan(row.seq(), row.leaf(), row.body()));
        }
        return scans;
    }
}
