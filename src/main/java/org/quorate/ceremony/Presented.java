package org.quorate.ceremony;

import org.quorate.base.Secret;
import org.quorate.card.Card;

/// A card in the reader, its PIN, and what its holder wants to sign. The PIN is wiped by the Stage.
public sealed interface Presented {
    Card card();

    Secret pin();

    record Approves(Card card, Secret pin) implements Presented {}

    record Rejects(Card card, Secret pin, String because) implements Presented {}
}
