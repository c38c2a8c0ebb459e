package org.quorate.ceremony;

import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.card.Card;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Head;
import org.quorate.ledger.Ledger;

/// What an officer's card remembers of the ledger. A ledger that was cut back or replaced is whole in itself; the cards
/// of those who closed the last ceremony are what knows better.
final class CardMemory {
    private CardMemory() {}

    /// Why the card must not sign in this ledger. A note that the console's key did not sign is no memory of it.
    static Optional<Problem> doubt(Card card, String holder, Ledger ledger) {
        return card.kept(ledger.origin())
                .flatMap(Checkpoint::parse)
                .filter(note -> note.isSignedBy(ledger.genesis().console().spki()))
                .flatMap(note -> doubt(note, holder, ledger));
    }

    private static Optional<Problem> doubt(Checkpoint.Signed note, String holder, Ledger ledger) {
        Head head = ledger.head();
        if (note.size() > head.size()) {
            return Optional.of(Problem.of("ceremony.card.ledger_shorter", holder, note.size(), head.size()));
        }
        boolean same = ledger.tree(note.size()).root().equals(note.root());
        return same ? Optional.empty() : Optional.of(Problem.of("ceremony.card.ledger_differs", holder, note.size()));
    }
}
