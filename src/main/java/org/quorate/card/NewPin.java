package org.quorate.card;

import java.util.Locale;
import java.util.Optional;
import org.quorate.base.Secret;
import org.quorate.base.Texts;

/// What a new PIN must be like, whatever the card itself would take.
public final class NewPin {
    /// SP 800-73-4 part 2, section 2.4.3: six to eight decimal digits.
    public static final int MIN = 6;

    public static final int MAX = 8;

    private NewPin() {}

    /// Why nobody should have this PIN. It says nothing of a PIN that is taken.
    public enum Weakness {
        LENGTH,
        NOT_DIGITS,
        ONE_DIGIT,
        RUN,
        AS_BEFORE;

        /// The word for it on record.
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String text() {
            return Texts.get("card.new_pin." + wire());
        }
    }

    /// For a card of PIV.
    public static Optional<Weakness> weakness(Secret pin) {
        return pin.use(NewPin::lengthOrDigits).or(() -> pattern(pin));
    }

    private static Optional<Weakness> lengthOrDigits(byte[] pin) {
        if (pin.length < MIN || pin.length > MAX) {
            return Optional.of(Weakness.LENGTH);
        }
        for (byte digit : pin) {
            if (digit < '0' || digit > '9') {
                return Optional.of(Weakness.NOT_DIGITS);
            }
        }
        return Optional.empty();
    }

    /// For every card: the same character again and again, or each one beside the one before, up or down, with 9 beside
    /// 0.
    public static Optional<Weakness> pattern(Secret pin) {
        return pin.use(bytes -> {
            if (steps(bytes, 0)) {
                return Optional.of(Weakness.ONE_DIGIT);
            }
            return steps(bytes, 1) || steps(bytes, 9) ? Optional.of(Weakness.RUN) : Optional.empty();
        });
    }

    private static boolean steps(byte[] pin, int by) {
        for (int i = 1; i < pin.length; i++) {
            if (Math.floorMod(pin[i] - pin[i - 1], 10) != by) {
                return false;
            }
        }
        return pin.length > 0;
    }

    /// The PIN that a practice card gets next where nobody thinks of one; it is no secret.
    public static String practiceAfter(String before) {
        int number = before.chars().filter(Character::isDigit).reduce(0, (sum, c) -> (sum * 10 + c - '0') % 1_000_000);
        for (int next = number + 271_828; ; next += 271_828) {
            String digits = String.format(Locale.ROOT, "%06d", next % 1_000_000);
            try (Secret pin = Secret.ofChars(digits.toCharArray())) {
                if (weakness(pin).isEmpty() && !digits.equals(before)) {
                    return digits;
                }
            }
        }
    }
}
