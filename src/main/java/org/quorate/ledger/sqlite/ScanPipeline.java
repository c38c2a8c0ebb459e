package org.quorate.ledger.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.quorate.ledger.LedgerVerifier;

/// Rows go in one after the other; blocks of them are judged elsewhere, in order, while the next are read.
/// Whoever reads is done sooner, and takes rows of the next block apart until the one before is judged.
final class ScanPipeline {
    private static final int BLOCK = 1024;

    private final LedgerVerifier verifier;
    private final Executor judging;
    private final LongConsumer progress;
    /// One block is judged at a time: the next is handed over when this one is done.
    private final LedgerVerifier.Scanner scanner = new LedgerVerifier.Scanner();
    private final LedgerVerifier.Scanner whileWaiting = new LedgerVerifier.Scanner();

    private List<LedgerDatabase.Row> reading = new ArrayList<>(BLOCK);
    private CompletableFuture<Boolean> judged = CompletableFuture.completedFuture(true);
    private long count;

    ScanPipeline(LedgerVerifier verifier, Executor judging, LongConsumer progress) {
        this.verifier = verifier;
        this.judging = judging;
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
        // The block that is being judged, and then the one that is being read.
        boolean wanted = turn();
        return turn() && wanted;
    }

    private boolean turn() {
        List<LedgerDatabase.Row> block = reading;
        reading = new ArrayList<>(BLOCK);
        var ahead = new ArrayList<LedgerVerifier.Scan>();
        while (!judged.isDone() && ahead.size() < block.size()) {
            ahead.add(scan(whileWaiting, block.get(ahead.size())));
        }
        boolean wanted = judged.join();
        progress.accept(count);
        judged = CompletableFuture.supplyAsync(() -> judge(ahead, block), judging);
        return wanted;
    }

    /// @param ahead the first rows of the block, taken apart already
    private boolean judge(List<LedgerVerifier.Scan> ahead, List<LedgerDatabase.Row> block) {
        boolean wanted = true;
        for (int i = 0; wanted && i < block.size(); i++) {
            wanted = verifier.row(i < ahead.size() ? ahead.get(i) : scan(scanner, block.get(i)));
            count++;
        }
        return wanted;
    }

    private static LedgerVerifier.Scan scan(LedgerVerifier.Scanner scanner, LedgerDatabase.Row row) {
        return scanner.scan(row.seq(), row.leaf(), row.body());
    }
}
