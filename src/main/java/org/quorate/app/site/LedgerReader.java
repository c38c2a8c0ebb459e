package org.quorate.app.site;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ledger.BrokenEntryException;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryProof;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Finding;
import org.quorate.ledger.Growth;
import org.quorate.ledger.LedgerKeys;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.sqlite.LedgerCopy;

/// What people ask of a ledger that lies on a disk: its rows, one of them, the ceremonies, the newest checkpoint.
public final class LedgerReader {
    private final LedgerCopy copy;

    public LedgerReader(LedgerCopy copy) {
        this.copy = copy;
    }

    /// A finding in one sentence: where, which rule, what it wants and what stands there.
    public static String words(Finding finding) {
        String place = finding.seq().isPresent()
                ? Texts.get("ledger.at.entry", finding.seq().getAsLong())
                : Texts.get("ledger.at.file");
        return Texts.get(
                "app.verify.ledger_wrong", place, finding.rule().sentence(), finding.expected(), finding.found());
    }

    /// Every row that can be read, in order.
    public void each(Consumer<LedgerRow> taker) {
        long from = Long.MIN_VALUE;
        while (true) {
            List<LedgerRow> page = copy.rows(from);
            if (page.isEmpty()) {
                return;
            }
            page.forEach(taker);
            if (page.getLast().seq() == Long.MAX_VALUE) {
                return;
            }
            from = page.getLast().seq() + 1;
        }
    }

    /// Every row that is an entry, in order.
    public void eachEntry(Consumer<Entry> taker) {
        each(row -> decode(row).ifPresent(taker));
    }

    /// Every key that the ledger names, and when it counted.
    public LedgerKeys keys() {
        var changes = new ArrayList<Entry>();
        eachEntry(entry -> {
            if (entry.type().isAboutKeys()) {
                changes.add(entry);
            }
        });
        return LedgerKeys.of(changes);
    }

    private static Optional<Entry> decode(LedgerRow row) {
        try {
            return Optional.of(EntryCodec.decode(row.body()));
        } catch (BrokenEntryException e) {
            return Optional.empty();
        }
    }

    /// @throws org.quorate.base.ProblemException when there is none of this number
    public LedgerRow row(long seq) {
        List<LedgerRow> rows = copy.rows(seq);
        if (rows.isEmpty() || rows.getFirst().seq() != seq) {
            throw Problem.of("app.ledger.no_entry", seq, count()).asException();
        }
        return rows.getFirst();
    }

    private long count() {
        long[] count = new long[1];
        copy.sound().ifPresentOrElse(sound -> count[0] = sound.head().size(), () -> each(_ -> count[0]++));
        return count[0];
    }

    /// An entry of a ledger that is sound.
    public Entry entry(long seq) {
        return EntryCodec.decode(row(seq).body());
    }

    /// The one ceremony whose id begins so.
    public UUID ceremony(String beginning) {
        String wanted = beginning.toLowerCase(Locale.ROOT);
        Set<UUID> found = new LinkedHashSet<>();
        eachEntry(entry ->
                entry.ceremony().filter(id -> id.toString().startsWith(wanted)).ifPresent(found::add));
        if (found.isEmpty()) {
            throw Problem.of("app.ledger.no_ceremony", beginning).asException();
        }
        if (found.size() > 1) {
            List<String> ids = found.stream().map(UUID::toString).toList();
            throw Problem.of("app.ledger.some_ceremonies", beginning, String.join(", ", ids))
                    .asException();
        }
        return found.iterator().next();
    }

    /// The newest checkpoint of a ledger that is sound; it covers the entries before its own. It is looked for from the
    /// end, where it mostly is.
    public Optional<Checkpoint.Signed> newestCheckpoint(Growth sound) {
        long to = sound.head().size();
        while (to > 0) {
            long from = Math.max(0, to - LedgerCopy.PAGE);
            Optional<Checkpoint.Signed> newest = copy.rows(from).stream()
                    .map(row -> EntryCodec.decode(row.body()))
                    .filter(entry -> entry.is(EntryType.CHECKPOINT))
                    .reduce((first, second) -> second)
                    .flatMap(entry -> Checkpoint.parse(entry.data().string("note")));
            if (newest.isPresent()) {
                return newest;
            }
            to = from;
        }
        return Optional.empty();
    }

    /// @throws org.quorate.base.ProblemException when there is none
    public Checkpoint.Signed requireCheckpoint(Growth sound) {
        return newestCheckpoint(sound)
                .orElseThrow(() -> Problem.of("app.ledger.no_checkpoint", 0).asException());
    }

    /// @throws org.quorate.base.ProblemException when there is no entry of this number, or no checkpoint covers it
    public EntryProof proof(Growth sound, long seq) {
        Entry entry = entry(seq);
        Optional<Checkpoint.Signed> newest = newestCheckpoint(sound);
        Checkpoint.Signed checkpoint = newest.filter(signed -> signed.size() > seq)
                .orElseThrow(() -> Problem.of(
                                "app.ledger.no_checkpoint",
                                newest.map(Checkpoint.Signed::size).orElse(0L))
                        .asException());
        return new EntryProof(
                entry,
                sound.genesis().console().spki(),
                sound.tree(checkpoint.size()).inclusion(seq),
                checkpoint);
    }
}
