package org.quorate.app.reader;

import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.piv.VirtualPiv;

/// What a virtual reader has contacts to.
interface Chip {
    byte[] process(byte[] command);

    /// It lost its power, or was told to begin anew.
    void reset();

    static Chip of(PracticeCard card) {
        var piv = new VirtualPiv(card);
        return new Chip() {
            @Override
            public byte[] process(byte[] command) {
                return piv.process(command);
            }

            @Override
            public void reset() {
                piv.reset();
            }
        };
    }
}
