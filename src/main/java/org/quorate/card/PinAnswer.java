package org.quorate.card;

/// What a card answers when it is to get a new PIN. A [CardRefusal] leaves it with the PIN that it had.
public sealed interface PinAnswer permits PinAnswer.Changed, PinAnswer.Unknown, PinAnswer.NotHere, CardRefusal {

    record Changed() implements PinAnswer {}

    /// The command went out and no answer came back, so the card has the new PIN or the one before.
    record Unknown(String technical) implements PinAnswer {}

    /// Such a card, or a card in such a reader, gets no PIN from this program; nothing was sent.
    ///
    /// @param why in words for people
    record NotHere(String why) implements PinAnswer {}
}
