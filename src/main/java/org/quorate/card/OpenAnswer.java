package org.quorate.card;

import org.quorate.base.Secret;

/// What a card answers when asked to use its key for sealed things.
public sealed interface OpenAnswer permits OpenAnswer.Opened, CardRefusal {

    /// @param value what the card computed; whoever asked closes it
    record Opened(Secret value) implements OpenAnswer {}
}
