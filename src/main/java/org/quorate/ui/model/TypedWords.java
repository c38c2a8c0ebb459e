package org.quorate.ui.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.quorate.base.Secret;
import org.quorate.base.Words;

/// What can be said of words while they are typed, without showing them.
///
/// @param count how many there are
/// @param unknown the first that is finished and is none of the list, from 1
public record TypedWords(int count, Optional<Integer> unknown) {

    public static TypedWords of(Secret typed) {
        return typed.use(bytes -> {
            CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            try {
                return of(text);
            } finally {
                Arrays.fill(text.array(), '\0');
            }
        });
    }

    private static TypedWords of(CharBuffer text) {
        int count = 0;
        Optional<Integer> unknown = Optional.empty();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                count++;
                boolean finished = end < text.length();
                if (finished
                        && unknown.isEmpty()
                        && Words.index(text.subSequence(at, end)).isEmpty()) {
                    unknown = Optional.of(count);
                }
            }
            at = Math.max(end, at + 1);
        }
        return new TypedWords(count, unknown);
    }
}
