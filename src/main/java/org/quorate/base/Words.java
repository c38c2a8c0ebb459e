package org.quorate.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Bytes as words that can be read aloud: the encoding of BIP-39 (11 bits a word, the last bits a checksum), with its
/// English list, chosen so that four letters tell any two words apart.
///
/// 32 bytes make 24 words, 16 bytes make 12. What has a checksum of its own goes by the list alone.
public final class Words {
    private static final List<String> LIST = load();

    private Words() {}

    public static List<String> of(byte[] entropy) {
        if (entropy.length != 16 && entropy.length != 32) {
            throw new IllegalArgumentException("words are made of 16 or 32 bytes, not " + entropy.length);
        }
        byte[] check = Digest.sha256().digest(entropy);
        int bits = entropy.length * 8;
        int count = (bits + bits / 32) / 11;
        var words = new ArrayList<String>(count);
        for (int word = 0; word < count; word++) {
            int index = 0;
            for (int bit = word * 11; bit < word * 11 + 11; bit++) {
                index = index << 1 | (bit < bits ? bit(entropy, bit) : bit(check, bit - bits));
            }
            words.add(LIST.get(index));
        }
        return List.copyOf(words);
    }

    /// The first twelve of the 24 words: what officers read aloud. They are the words that paper and record show first,
    /// so that nobody compares two encodings of one value.
    public static List<String> spoken(Digest digest) {
        return of(digest.bytes()).subList(0, 12);
    }

    /// The word that stands for eleven bits.
    public static String at(int index) {
        return LIST.get(index);
    }

    /// What a word stands for; empty where it is none. Four letters are enough, and capitals are the same.
    public static OptionalInt index(CharSequence word) {
        int low = 0;
        int high = LIST.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = order(LIST.get(middle), word);
            if (order == 0) {
                return OptionalInt.of(middle);
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return OptionalInt.empty();
    }

    /// Zero where `typed` is the word, or its first four letters and more of it.
    private static int order(String word, CharSequence typed) {
        int common = Math.min(word.length(), typed.length());
        for (int i = 0; i < common; i++) {
            int order = Character.compare(word.charAt(i), Character.toLowerCase(typed.charAt(i)));
            if (order != 0) {
                return order;
            }
        }
        boolean enough = typed.length() == word.length() || (typed.length() >= 4 && typed.length() < word.length());
        return enough ? 0 : Integer.compare(word.length(), typed.length());
    }

    private static int bit(byte[] bytes, int position) {
        return bytes[position >>> 3] >>> (7 - (position & 7)) & 1;
    }

    private static List<String> load() {
        try (InputStream in = Words.class.getResourceAsStream("bip39-english.txt")) {
            if (in == null) {
                throw new IllegalStateException("the word list is missing from this build");
            }
            byte[] bytes = in.readAllBytes();
            return List.of(new String(bytes, StandardCharsets.US_ASCII).strip().split("\n"));
        } catch (IOException e) {
            throw new IllegalStateException("the word list cannot be read", e);
        }
    }
}
