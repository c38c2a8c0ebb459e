package org.quorate.card;

import java.util.OptionalInt;

/// How a card says no, or why nothing came of it. None of these ends a ceremony.
public sealed interface CardRefusal extends SignAnswer, OpenAnswer, PinAnswer {

    /// @param triesLeft empty where the card does not count for others
    record WrongPin(OptionalInt triesLeft) implements CardRefusal {
        public WrongPin(int triesLeft) {
            this(OptionalInt.of(triesLeft));
        }
    }

    record Blocked() implements CardRefusal {}

    /// The card left the reader, or another one lies there now.
    record Removed() implements CardRefusal {}

    /// Nobody typed a PIN at the reader's own keys, or they gave up.
    record NoPin() implements CardRefusal {}

    /// The card signed, and what it made does not verify under its own certificate.
    record BadSignature() implements CardRefusal {}

    record Failed(String technical) implements CardRefusal {}
}
