package org.quorate.card.practice.piv;

import java.util.Arrays;
import java.util.Optional;

/// A command as it comes to a card, in its short or its extended form.
record CommandApdu(int cla, int ins, int p1, int p2, byte[] data, boolean extended) {
    private static final int CHAINED = 0x10;

    /// Empty where its lengths contradict one another.
    static Optional<CommandApdu> parse(byte[] bytes) {
        if (bytes.length < 4) {
            return Optional.empty();
        }
        if (bytes.length <= 5) {
            return Optional.of(of(bytes, 0, 0, false));
        }
        boolean extended = bytes[4] == 0 && bytes.length >= 7;
        if (extended && bytes.length == 7) {
            return Optional.of(of(bytes, 0, 0, true));
        }
        int length = extended ? ((bytes[5] & 0xff) << 8) | (bytes[6] & 0xff) : bytes[4] & 0xff;
        int from = extended ? 7 : 5;
        int rest = bytes.length - from - length;
        boolean fits = length > 0 && (rest == 0 || rest == (extended ? 2 : 1));
        return fits ? Optional.of(of(bytes, from, length, extended)) : Optional.empty();
    }

    private static CommandApdu of(byte[] bytes, int from, int length, boolean extended) {
        return new CommandApdu(
                bytes[0] & 0xff,
                bytes[1] & 0xff,
                bytes[2] & 0xff,
                bytes[3] & 0xff,
                Arrays.copyOfRange(bytes, from, from + length),
                extended);
    }

    boolean chained() {
        return (cla & CHAINED) != 0;
    }

    CommandApdu with(byte[] whole) {
        return new CommandApdu(cla, ins, p1, p2, whole, extended);
    }
}
