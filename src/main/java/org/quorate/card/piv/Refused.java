package org.quorate.card.piv;

import org.quorate.card.CardRefusal;

/// A command that did not bring what was wanted. It carries the answer that people get; no stack, since a wrong PIN is
/// nothing unusual.
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient CardRefusal why;

    Refused(CardRefusal why) {
        super(why.toString(), null, false, false);
        this.why = why;
    }

    CardRefusal why() {
        return why;
    }
}
