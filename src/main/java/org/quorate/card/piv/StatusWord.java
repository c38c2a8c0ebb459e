package org.quorate.card.piv;

import java.util.Locale;
import org.quorate.base.Texts;
import org.quorate.card.CardRefusal;

/// The two bytes with which a card ends every answer (ISO/IEC 7816-4, section 5.1.3).
record StatusWord(int value) {
    private static final String WORDS = "card.status.";

    static StatusWord of(byte[] answer) throws Refused {
        if (answer.length == 0) {
            // A reader that lost the contact in the middle of an answer may have nothing to say of it.
            throw new Refused(new CardRefusal.Removed());
        }
        if (answer.length < 2) {
            throw new Refused(new CardRefusal.Failed(Texts.get(WORDS + "none")));
        }
        return new StatusWord(((answer[answer.length - 2] & 0xff) << 8) | (answer[answer.length - 1] & 0xff));
    }

    boolean done() {
        return value == 0x9000;
    }

    boolean notFound() {
        return value == 0x6a82 || value == 0x6a88;
    }

    /// How many bytes more the card has; empty is -1.
    int more() {
        return value >>> 8 == 0x61 ? low() : -1;
    }

    /// The length that the card wants to be asked for; -1 where it is content.
    int wantedLength() {
        return value >>> 8 == 0x6c ? low() : -1;
    }

    private int low() {
        int low = value & 0xff;
        return low == 0 ? 256 : low;
    }

    boolean countsTries() {
        return (value & 0xfff0) == 0x63c0;
    }

    int triesLeft() {
        return value & 0xf;
    }

    boolean blocked() {
        return value == 0x6983;
    }

    /// Whether the card says that it is as before (ISO/IEC 7816-4, table 5): 65xx and 6Fxx do not.
    boolean changedNothing() {
        return switch (value >>> 8) {
            case 0x64, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6d, 0x6e -> true;
            default -> countsTries();
        };
    }

    /// What it means when a PIN was checked.
    Refused ofPin(String command) {
        if (blocked() || (countsTries() && triesLeft() == 0)) {
            return new Refused(new CardRefusal.Blocked());
        }
        return countsTries() ? new Refused(new CardRefusal.WrongPin(triesLeft())) : of(command);
    }

    /// What it means for any other command.
    Refused of(String command) {
        return new Refused(new CardRefusal.Failed(
                Texts.get("card.status", command, String.format(Locale.ROOT, "%04X", value), meaning())));
    }

    private String meaning() {
        String exact = WORDS + String.format(Locale.ROOT, "%04x", value);
        String general = WORDS + String.format(Locale.ROOT, "%02x", value >>> 8);
        return Texts.has(exact)
                ? Texts.get(exact)
                : Texts.has(general) ? Texts.get(general) : Texts.get(WORDS + "other");
    }
}
