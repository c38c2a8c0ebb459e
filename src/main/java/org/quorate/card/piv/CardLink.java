package org.quorate.card.piv;

import java.util.Optional;

/// One card while it is connected.
interface CardLink {

    /// @return what the card answered, its status word included
    /// @throws Refused where the card is gone or nothing comes back
    byte[] transmit(byte[] command) throws Refused;

    /// The keys of the reader, where it has any.
    default Optional<PinPad> pinPad() {
        return Optional.empty();
    }
}
