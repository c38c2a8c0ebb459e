package org.quorate.ledger;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A ledger beside what should be a mirror of it, entry for entry up to the first one in which they part. It only
/// reads; what is to be done about it people decide.
///
/// @param agreeing how many entries from the first on are the same, byte for byte
public record LedgerComparison(Side here, Side mirror, long agreeing, Relation relation) {

    /// One of the two.
    ///
    /// @param next the row after those that agree; empty where nothing more is to be read
    public record Side(Verification verification, Optional<LedgerRow> next) {}

    /// What of a ledger is to be compared.
    public record Source(Verification verification, Rows rows) {}

    /// The rows of a ledger that can be read.
    @FunctionalInterface
    public interface Rows {
        Rows NONE = seq -> List.of();

        /// Some rows from this number on, in order; none at the end.
        List<LedgerRow> from(long seq);
    }

    /// How the two stand to each other.
    public enum Relation {
        /// No entry of one of them can be read.
        NOTHING,
        /// They carry different ids: the mirror is not one of this ledger.
        OTHER_LEDGER,
        SAME,
        /// All that can be read here stands in the mirror, which goes on.
        HERE_IS_BEGINNING,
        /// All that can be read of the mirror stands here, and this ledger goes on.
        MIRROR_IS_BEGINNING,
        /// From some entry on each says something else.
        DIFFERENT
    }

    public static LedgerComparison of(Source here, Source mirror) {
        var ours = new Walk(here.rows());
        var theirs = new Walk(mirror.rows());
        long agreeing = 0;
        while (ours.same(theirs)) {
            ours.next();
            theirs.next();
            agreeing++;
        }
        return new LedgerComparison(
                new Side(here.verification(), ours.peek()),
                new Side(mirror.verification(), theirs.peek()),
                agreeing,
                relation(agreeing, ours.peek(), theirs.peek()));
    }

    private static Relation relation(long agreeing, Optional<LedgerRow> ours, Optional<LedgerRow> theirs) {
        if (agreeing == 0 && (ours.isEmpty() || theirs.isEmpty())) {
            return Relation.NOTHING;
        }
        if (ours.isEmpty()) {
            return theirs.isEmpty() ? Relation.SAME : Relation.HERE_IS_BEGINNING;
        }
        if (theirs.isEmpty()) {
            return Relation.MIRROR_IS_BEGINNING;
        }
        return agreeing == 0 && strangers(ours.get(), theirs.get()) ? Relation.OTHER_LEDGER : Relation.DIFFERENT;
    }

    private static boolean strangers(LedgerRow ours, LedgerRow theirs) {
        Optional<Entry> mine = ours.entry();
        Optional<Entry> other = theirs.entry();
        return mine.isPresent()
                && other.isPresent()
                && !mine.get().ledger().equals(other.get().ledger());
    }

    /// The number of the first entry in which they part; empty where they do not.
    public OptionalLong parting() {
        return here.next().isEmpty() && mirror.next().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.min(number(here), number(mirror)));
    }

    private static long number(Side side) {
        return side.next().map(LedgerRow::seq).orElse(Long.MAX_VALUE);
    }

    /// Rows one after the other.
    private static final class Walk {
        private final Rows rows;
        private Iterator<LedgerRow> page;
        private Optional<LedgerRow> row = Optional.empty();

        Walk(Rows rows) {
            this.rows = rows;
            this.page = rows.from(Long.MIN_VALUE).iterator();
            next();
        }

        Optional<LedgerRow> peek() {
            return row;
        }

        boolean same(Walk other) {
            return row.isPresent() && other.row.isPresent() && row.get().same(other.row.get());
        }

        void next() {
            if (!page.hasNext() && row.isPresent() && row.get().seq() < Long.MAX_VALUE) {
                page = rows.from(row.get().seq() + 1).iterator();
            }
            row = page.hasNext() ? Optional.of(page.next()) : Optional.empty();
        }
    }
}
