package org.quorate.app.site;

import java.util.Optional;
import java.util.function.Predicate;
import org.quorate.base.Digest;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.practice.PracticeTray;

/// The cards of a site and the hand that puts them into a reader.
public interface CardsAtHand extends AutoCloseable {
    CardReader reader();

    /// A card with such a key, put where it can be used; empty where there is none. For a rehearsal without people.
    default Optional<Card> take(Predicate<Digest> wanted) {
        return reader().present().stream()
                .filter(card -> wanted.test(card.keyId()))
                .findFirst();
    }

    @Override
    void close();

    /// Where the cards of a site come from.
    @FunctionalInterface
    interface Supply {
        CardsAtHand open(SiteFolder folder);
    }

    /// The practice tray, in which all lie at once.
    static CardsAtHand tray(SiteFolder folder) {
        var tray = new PracticeTray(folder.cards());
        return new CardsAtHand() {
            @Override
            public CardReader reader() {
                return tray;
            }

            @Override
            public void close() {
                // Files need no end.
            }
        };
    }
}
