package org.quorate.ledger.sqlite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import org.quorate.base.Problem;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Growth;
import org.quorate.ledger.Head;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// Makes a ledger long, so that a long one can be measured. Every entry is judged by the rules and goes through the
/// triggers as any other; only that thousands share one transaction, which nothing that matters to anybody may do: an
/// entry is durable before the next is thought of.
public final class LedgerFill {
    private static final int PER_COMMIT = 10_000;

    private LedgerFill() {}

    /// Appends what `drafts` gives for each number until the ledger has `size` entries.
    public static void fill(Path ledger, LedgerClock clock, UUID run, long size, LongFunction<Draft> drafts) {
        Executor here = Runnable::run;
        try (OpenFile file = OpenFile.open(ledger, LedgerFill.class.getSimpleName())) {
            var verifier = new LedgerVerifier(Expectations.NONE);
            Verification verification = file.verify(verifier, here, VerifyProgress.NONE);
            verification.firstError().ifPresent(error -> {
                throw Problem.of("ledger.not_a_ledger", ledger, error.rule().sentence())
                        .asException();
            });
            Growth growth = verifier.growth(verification);
            Head head = growth.head();
            while (head.size() < size) {
                List<Entry> entries = new ArrayList<>(PER_COMMIT);
                long to = Math.min(size, head.size() + PER_COMMIT);
                for (long seq = head.size(); seq < to; seq++) {
                    Growth.Next next = growth.next(drafts.apply(seq), run, clock.now());
                    growth.accept(next);
                    entries.add(next.entry());
                }
                file.commit(head, List.of(), entries);
                head = growth.head();
            }
        }
    }
}
