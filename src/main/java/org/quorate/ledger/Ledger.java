package org.quorate.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.quorate.base.Digest;

/// An open, verified ledger. Opening one verifies it whole; what is read from it needs no further check.
///
/// All methods may be called from any thread; appends are one after the other.
public interface Ledger extends AutoCloseable {

    UUID id();

    /// `quorate.invalid/<id>`: the name under which its checkpoints are signed.
    default String origin() {
        return "quorate.invalid/" + id();
    }

    Head head();

    /// Durable when it returns.
    ///
    /// @throws org.quorate.base.ProblemException when the entry may or may not have been kept; the ledger is then
    ///     closed and must be opened, and so verified, again
    Entry append(Draft draft);

    /// Appends `draft` and, in the same transaction, the co-signature that must stand right after it: an added
    /// key's own. `seal` is given the entry as it will stand and may take its time; nothing is written until it
    /// answers.
    ///
    /// @return the first of the two
    /// @throws org.quorate.base.ProblemException also when something was appended while `seal` was asked
    default Entry append(Draft draft, Function<Entry, Draft> seal) {
        Entry entry = append(draft);
        append(seal.apply(entry));
        return entry;
    }

    Entry entry(long seq);

    /// Entries `from` (inclusive) to `to` (exclusive), in order.
    List<Entry> range(long from, long to);

    List<Entry> ofCeremony(UUID ceremony);

    Optional<byte[]> artefact(Digest hash);

    /// The tree over the first `size` entries, for roots and proofs.
    Tree tree(long size);

    /// Which keys count, and since when.
    default LedgerKeys keys() {
        return LedgerKeys.of(range(0, head().size()));
    }

    /// What the first entry says.
    default Genesis genesis() {
        Entry first = entry(0);
        return Genesis.fromJson(first.ledger(), first.data());
    }

    /// Calls `listener` after each append, on the appending thread, until the returned handle is closed.
    Subscription onAppend(Consumer<Entry> listener);

    @Override
    void close();

    /// Ends a subscription.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
