package org.quorate.card;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.quorate.base.Digest;
import org.quorate.base.Secret;
import org.quorate.base.Words;

/// A share as words of the list of BIP-39, eleven bits each, for a sheet of paper: its number, M, the beginning
/// of the id of its split, the value, and a check of 32 bits over all of it and the whole id. So one word
/// mistyped is seen, and a sheet of another split is told from one that was misread. The check stands on the
/// paper only.
public final class PaperShare {
    private static final byte[] FORM = "quorate-paper-share/1".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_SHOWN = 4;
    private static final int HEADER = 2 + ID_SHOWN;
    private static final int CHECK = 4;
    private static final int BITS = 11;

    private PaperShare() {}

    /// What comes of reading words.
    public sealed interface Read {
        /// @param share whoever asked closes it
        record Good(Share share) implements Read {}

        /// @param position of the word that is not of the list, from 1
        record UnknownWord(int position) implements Read {}

        record WrongCount(int words) implements Read {}

        /// Each word is of the list, and together they are no sheet that was ever written.
        record Altered() implements Read {}

        /// A sheet of another split, or its first words were mistyped.
        ///
        /// @param serial what the words say it is
        record Foreign(String serial) implements Read {}
    }

    /// By which people know a sheet; it tells nothing of the share.
    public static String serial(Split split, int number) {
        return split.id().substring(0, 2 * ID_SHOWN).toUpperCase(Locale.ROOT) + "-" + number;
    }

    /// How many words a share of a secret of so many bytes has.
    public static int words(int secretBytes) {
        return ((HEADER + secretBytes + CHECK) * 8 + BITS - 1) / BITS;
    }

    public static List<String> of(Share share) {
        return share.value().use(value -> {
            byte[] all = new byte[HEADER + value.length + CHECK];
            try {
                all[0] = (byte) share.number();
                all[1] = (byte) share.split().m();
                System.arraycopy(id(share.split()), 0, all, 2, ID_SHOWN);
                System.arraycopy(value, 0, all, HEADER, value.length);
                byte[] check = check(share.split(), share.number(), value);
                System.arraycopy(check, 0, all, HEADER + value.length, CHECK);
                return words(all);
            } finally {
                Arrays.fill(all, (byte) 0);
            }
        });
    }

    private static List<String> words(byte[] all) {
        int count = (all.length * 8 + BITS - 1) / BITS;
        var words = new ArrayList<String>(count);
        for (int word = 0; word < count; word++) {
            int index = 0;
            for (int bit = word * BITS; bit < (word + 1) * BITS; bit++) {
                index = index << 1 | (bit < all.length * 8 ? all[bit >>> 3] >>> (7 - (bit & 7)) & 1 : 0);
            }
            words.add(Words.at(index));
        }
        return List.copyOf(words);
    }

    /// Reads what was typed or scanned as a share of `split`, of a secret of `secretBytes`. The text stays as it is.
    public static Read read(Secret typed, Split split, int secretBytes) {
        byte[] all = new byte[HEADER + secretBytes + CHECK];
        try {
            return typed.use(text -> read(text, all, split));
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    private static Read read(byte[] text, byte[] all, Split split) {
        int wanted = (all.length * 8 + BITS - 1) / BITS;
        int words = 0;
        boolean overfull = false;
        int at = 0;
        while (at < text.length) {
            int end = at;
            while (end < text.length && isLetter(text[end])) {
                end++;
            }
            if (end == at) {
                at++;
                continue;
            }
            OptionalInt index = Words.index(new Typed(text, at, end - at));
            words++;
            if (index.isEmpty()) {
                return new Read.UnknownWord(words);
            }
            if (words <= wanted) {
                overfull |= !put(all, (words - 1) * BITS, index.getAsInt());
            }
            at = end;
        }
        if (words != wanted) {
            return new Read.WrongCount(words);
        }
        return overfull ? new Read.Altered() : read(all, split);
    }

    private static boolean isLetter(byte typed) {
        return (typed >= 'a' && typed <= 'z') || (typed >= 'A' && typed <= 'Z') || typed < 0;
    }

    /// False where a bit would be set beyond the end.
    private static boolean put(byte[] all, int from, int index) {
        for (int i = 0; i < BITS; i++) {
            int bit = from + i;
            if ((index >>> (BITS - 1 - i) & 1) == 1) {
                if (bit >= all.length * 8) {
                    return false;
                }
                all[bit >>> 3] |= (byte) (1 << (7 - (bit & 7)));
            }
        }
        return true;
    }

    private static Read read(byte[] all, Split split) {
        int number = Byte.toUnsignedInt(all[0]);
        byte[] id = Arrays.copyOfRange(all, 2, HEADER);
        if (!Arrays.equals(id, Arrays.copyOf(id(split), ID_SHOWN))) {
            return new Read.Foreign(HexFormat.of().withUpperCase().formatHex(id) + "-" + number);
        }
        byte[] value = Arrays.copyOfRange(all, HEADER, all.length - CHECK);
        byte[] check = Arrays.copyOfRange(all, all.length - CHECK, all.length);
        boolean good = split.has(number)
                && Byte.toUnsignedInt(all[1]) == split.m()
                && MessageDigest.isEqual(check, check(split, number, value));
        if (!good) {
            Arrays.fill(value, (byte) 0);
            return new Read.Altered();
        }
        // Takes the array over and wipes it.
        return new Read.Good(new Share(split, number, Secret.ofBytes(value)));
    }

    private static byte[] check(Split split, int number, byte[] value) {
        MessageDigest sha = Digest.sha256();
        sha.update(FORM);
        sha.update(id(split));
        sha.update(new byte[] {(byte) split.m(), (byte) split.n(), (byte) number});
        return Arrays.copyOf(sha.digest(value), CHECK);
    }

    private static byte[] id(Split split) {
        return HexFormat.of().parseHex(split.id());
    }

    /// A part of what was typed, without a string of it.
    private record Typed(byte[] text, int from, int length) implements CharSequence {
        @Override
        public char charAt(int index) {
            return (char) Byte.toUnsignedInt(text[from + index]);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Typed(text, from + start, end - start);
        }

        @Override
        public String toString() {
            return "typed";
        }
    }
}
