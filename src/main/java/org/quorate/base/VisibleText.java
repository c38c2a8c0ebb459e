package org.quorate.base;

import java.util.Locale;

/// Text as it may be shown: what could deceive an eye is spelled out. Control characters, bidirectional marks, zero
/// width and other invisible characters become `[U+202E]`, on screen and on paper alike, since a name that reverses the
/// line after it can make a document say what nobody signed.
public final class VisibleText {
    private VisibleText() {}

    public static String of(String text) {
        if (text.codePoints().noneMatch(VisibleText::deceives)) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (deceives(point)) {
                out.append(spelled(point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    /// `[U+202E]`.
    public static String spelled(int codePoint) {
        return String.format(Locale.ROOT, "[U+%04X]", codePoint);
    }

    /// Whether this character is spelled out.
    public static boolean deceives(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            case Character.SPACE_SEPARATOR -> point != ' ';
            default -> isBlank(point);
        };
    }

    /// Letters and marks that draw nothing: Hangul fillers, the braille blank, variation selectors, the grapheme
    /// joiner.
    private static boolean isBlank(int point) {
        return point == 0x115F
                || point == 0x1160
                || point == 0x3164
                || point == 0xFFA0
                || point == 0x2800
                || point == 0x034F
                || (point >= 0xFE00 && point <= 0xFE0F)
                || (point >= 0xE0100 && point <= 0xE01EF);
    }
}
