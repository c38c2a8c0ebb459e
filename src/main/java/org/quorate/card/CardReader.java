package org.quorate.card;

import java.util.List;
import org.quorate.base.Problem;

/// Where cards are put. With real readers the list changes as cards come and go; the practice tray holds all practice
/// cards at once and a person takes one.
public interface CardReader {
    /// The cards that are there now and can sign.
    List<Card> present();

    /// What stood in the way at the last look: no reader service, no reader, a card that is not understood.
    default List<Problem> troubles() {
        return List.of();
    }

    /// Whether the cards are practice cards, which every screen says.
    boolean practice();
}
