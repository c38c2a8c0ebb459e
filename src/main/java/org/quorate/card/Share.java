package org.quorate.card;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.quorate.base.Secret;

/// One share of a secret. It carries its number and the splitting that it is of, since a value on a polynomial says
/// neither.
///
/// @param number where the polynomial was evaluated, from 1
/// @param value as long as the secret; closed with the share
public record Share(Split split, int number, Secret value) implements AutoCloseable {
    private static final byte FORM = 1;
    private static final int HEADER = 1 + Split.ID_BYTES + 3;

    public Share {
        if (!split.has(number)) {
            throw new IllegalArgumentException("share " + number + " of " + split.n());
        }
    }

    /// What is sealed to a card: a form byte, the id of the split, M, N, the number, and the value.
    public Secret toSecret() {
        byte[] id = HexFormat.of().parseHex(split.id());
        return value.use(bytes -> {
            byte[] all = new byte[HEADER + bytes.length];
            all[0] = FORM;
            System.arraycopy(id, 0, all, 1, id.length);
            all[HEADER - 3] = (byte) split.m();
            all[HEADER - 2] = (byte) split.n();
            all[HEADER - 1] = (byte) number;
            System.arraycopy(bytes, 0, all, HEADER, bytes.length);
            // Takes the array over and wipes it.
            return Secret.ofBytes(all);
        });
    }

    /// Empty where it is no share. The secret is left as it was.
    public static Optional<Share> of(Secret opened) {
        return opened.use(bytes -> {
            if (bytes.length <= HEADER || bytes[0] != FORM) {
                return Optional.empty();
            }
            int m = Byte.toUnsignedInt(bytes[HEADER - 3]);
            int n = Byte.toUnsignedInt(bytes[HEADER - 2]);
            int number = Byte.toUnsignedInt(bytes[HEADER - 1]);
            if (m < Split.LEAST || n < m || number < 1 || number > n) {
                return Optional.empty();
            }
            var split = new Split(HexFormat.of().formatHex(bytes, 1, 1 + Split.ID_BYTES), m, n);
            return Optional.of(
                    new Share(split, number, Secret.ofBytes(Arrays.copyOfRange(bytes, HEADER, bytes.length))));
        });
    }

    @Override
    public void close() {
        value.close();
    }

    @Override
    public String toString() {
        return "share " + number + " of " + split;
    }
}
