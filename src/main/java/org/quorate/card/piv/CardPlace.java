package org.quorate.card.piv;

/// Where a card lies: a reader. Connecting anew for each talk is what makes a removal harmless.
interface CardPlace {
    String name();

    /// Connects, keeps everybody else away from the card for as long as it takes, and disconnects.
    ///
    /// @throws Refused where the card is gone
    <T> T talk(Afterwards afterwards, Talk<T> talk) throws Refused;

    /// What becomes of the card when the talk is over.
    enum Afterwards {
        LEAVE,
        /// Its PIN is forgotten.
        RESET
    }

    @FunctionalInterface
    interface Talk<T> {
        T with(CardLink link) throws Refused;
    }
}
