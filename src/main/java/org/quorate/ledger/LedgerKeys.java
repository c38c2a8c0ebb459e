package org.quorate.ledger;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.quorate.base.Digest;
import org.quorate.base.JsonException;

/// Which keys count at which entry: those of the genesis, and those added since, each until it is retired. A value:
/// adding or retiring makes another.
public final class LedgerKeys {
    private final Map<Digest, Term> terms;

    private LedgerKeys(Map<Digest, Term> terms) {
        this.terms = terms;
    }

    public static LedgerKeys none() {
        return new LedgerKeys(Map.of());
    }

    public static LedgerKeys of(Genesis genesis) {
        LedgerKeys keys = none();
        for (LedgerKey key : genesis.keys()) {
            keys = keys.with(key, 0);
        }
        return keys;
    }

    /// Folds the entries that change keys; all others are passed over.
    public static LedgerKeys of(Iterable<Entry> entries) {
        LedgerKeys keys = none();
        for (Entry entry : entries) {
            keys = keys.after(entry);
        }
        return keys;
    }

    private LedgerKeys after(Entry entry) {
        return switch (entry.type()) {
            case GENESIS -> of(Genesis.fromJson(entry.ledger(), entry.data()));
            case KEY_ADD -> with(LedgerKey.fromJson(entry.data()), entry.seq());
            case KEY_RETIRE -> without(entry.data().digest("id"), entry.seq());
            default -> this;
        };
    }

    LedgerKeys with(LedgerKey key, long seq) {
        var more = new LinkedHashMap<>(terms);
        if (more.put(key.id(), new Term(key, seq, OptionalLong.empty())) != null) {
            throw new JsonException("the key " + key.id() + " is known already");
        }
        return new LedgerKeys(more);
    }

    LedgerKeys without(Digest id, long seq) {
        var changed = new LinkedHashMap<>(terms);
        changed.computeIfPresent(id, (same, term) -> new Term(term.key(), term.from(), OptionalLong.of(seq)));
        return new LedgerKeys(changed);
    }

    /// The key, if it is known and counts for an entry at `seq`.
    public Optional<LedgerKey> counting(Digest id, long seq) {
        return Optional.ofNullable(terms.get(id))
                .filter(term -> term.countsAt(seq))
                .map(Term::key);
    }

    /// The key, whether it counts now or did once.
    public Optional<LedgerKey> known(Digest id) {
        return Optional.ofNullable(terms.get(id)).map(Term::key);
    }

    public Optional<LedgerKey> console() {
        return terms.values().stream()
                .map(Term::key)
                .filter(key -> key.role() == LedgerKey.Role.CONSOLE)
                .findFirst();
    }

    /// Keys that count for an entry at `seq`, in the order in which they were added.
    public List<LedgerKey> countingAt(long seq) {
        return terms.values().stream()
                .filter(term -> term.countsAt(seq))
                .map(Term::key)
                .toList();
    }

    public Collection<Term> terms() {
        return terms.values();
    }

    /// @param from the entry that made the key known
    /// @param to the entry that retired it
    public record Term(LedgerKey key, long from, OptionalLong to) {
        boolean countsAt(long seq) {
            return seq > from && (to.isEmpty() || seq <= to.getAsLong());
        }
    }
}
