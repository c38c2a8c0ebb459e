package org.quorate.card;

import java.util.List;

/// Where cards are put. With real readers the list changes as cards come and go; the practice tray holds all practice
/// cards at once and a person takes one.
public interface CardReader {
    List<Card> present();

    /// Whether the cards are practice cards, which every screen says.
    boolean practice();
}
