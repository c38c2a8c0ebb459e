package org.quorate.hsm;

import java.security.SecureRandom;
import org.quorate.base.Problem;
import org.quorate.base.Secret;

/// A PIN that nobody types or reads: it is split among cards as soon as it is made.
///
/// It comes from the token's own generator, tested as at its start-up, and combined with one of the console's, so that
/// neither of the two alone decides what it is.
///
/// @param length in characters
public record MadePin(int length) {
    /// Digits and capital letters, without those that are read for one another: I and 1, O and 0. As these are 32, no
    /// byte favours any of them.
    static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// No PIN is made that is easier to guess.
    public static final int LEAST_BITS = 80;

    /// As much as is made where the token takes it.
    public static final int WANTED_BITS = 128;

    public MadePin {
        if (bits(length) < LEAST_BITS) {
            throw new IllegalArgumentException("a PIN of " + length + " characters is too easy to guess");
        }
    }

    /// The longest that is of use, or the longest that the token takes.
    ///
    /// @throws org.quorate.base.ProblemException where what the token takes is too easy to guess
    public static MadePin fit(TokenInfo token) {
        int wanted = length(WANTED_BITS);
        // A token that does not say how long a PIN may be gets one as short as may be.
        long longest = token.maxPin() > 0 ? token.maxPin() : length(LEAST_BITS);
        long length = Math.min(Math.max(wanted, token.minPin()), longest);
        if (length > Integer.MAX_VALUE || bits((int) length) < LEAST_BITS) {
            throw Problem.of("hsm.pin_too_short_to_split", token.serial(), longest, LEAST_BITS, length(LEAST_BITS))
                    .asException();
        }
        return new MadePin((int) length);
    }

    /// The entropy of a PIN of this many characters, each of them drawn by itself and all with the same chance.
    static double bits(int length) {
        return length * (Math.log(ALPHABET.length()) / Math.log(2));
    }

    public double bits() {
        return bits(length);
    }

    private static int length(int bits) {
        int length = 1;
        while (bits(length) < bits) {
            length++;
        }
        return length;
    }

    /// @return the PIN, which whoever asked closes
    /// @throws org.quorate.base.ProblemException where the generator fails its tests
    public Outcome<Secret> draw(Token token, SecureRandom own) {
        return MixedRandom.draw(token, own, length).map(drawn -> {
            try (drawn) {
                return drawn.use(bytes -> {
                    byte[] pin = new byte[length];
                    for (int i = 0; i < length; i++) {
                        pin[i] = (byte) ALPHABET.charAt(bytes[i] & (ALPHABET.length() - 1));
                    }
                    return Secret.ofBytes(pin);
                });
            }
        });
    }
}
