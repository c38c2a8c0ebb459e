package org.quorate.card;

/// What a key on an officer's card is for. A card has at most one of each.
public enum CardKey {
    /// Signs statements; the PIN is asked for every signature.
    SIGNING,
    /// Shows that the card is there.
    PRESENCE,
    /// Opens what was sealed for the card.
    SEALING
}
