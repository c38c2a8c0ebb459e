package org.quorate.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.quorate.base.Digest;

/// How a ledger begins: what its first entry says, and how the people it names sign that entry. Nothing is
/// written until all of them have, so that a founding that was broken off leaves nothing behind.
///
/// @param cosigns given the first entry, answers with the approvals of every founder
public record Founding(Genesis genesis, Function<Entry, List<Draft>> cosigns) {

    /// The first entries of the ledger, judged by the rules.
    ///
    /// @throws org.quorate.base.ProblemException when a founder's approval is missing or does not hold
    public List<Entry> entries(LedgerClock clock, UUID run) {
        var place = new EntryCodec.Place(genesis.ledger(), 0, Digest.ZERO, run);
        Entry first = EntryCodec.encode(Draft.ofLedger(EntryType.GENESIS, genesis.toJson()), place, clock.now());
        var entries = new ArrayList<Entry>(List.of(first));
        for (Draft draft : cosigns.apply(first)) {
            entries.add(EntryCodec.encode(draft, place.after(entries.getLast()), clock.now()));
        }
        Growth.found(entries);
        return List.copyOf(entries);
    }
}
