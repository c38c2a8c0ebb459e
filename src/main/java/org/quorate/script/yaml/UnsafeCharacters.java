package org.quorate.script.yaml;

import java.util.Locale;
import java.util.Optional;
import org.quorate.script.Place;
import org.quorate.script.Rule;

/// Characters by which a text can look different from what it is: controls, bidirectional marks, zero-width and
/// unassigned ones. They are refused in comments too, since a reviewer reads those.
final class UnsafeCharacters {
    private static final int MAX_REPORTED = 20;

    private UnsafeCharacters() {}

    /// The first unsafe character as `U+202E`.
    static Optional<String> first(String text) {
        return text.codePoints()
                .filter(UnsafeCharacters::isUnsafe)
                .mapToObj(UnsafeCharacters::name)
                .findFirst();
    }

    /// Adds a finding for each, up to a number that a person can work through; says whether there was one.
    static boolean report(String text, Findings findings) {
        int found = 0;
        int line = 1;
        int column = 1;
        for (int at = 0; at < text.length() && found < MAX_REPORTED; ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (isUnsafe(c)) {
                findings.add(Rule.UNSAFE_CHARACTER, new Place(line, column), name(c));
                found++;
            }
            boolean newLine = c == '\n' || (c == '\r' && !text.startsWith("\n", at));
            line = newLine ? line + 1 : line;
            column = newLine ? 1 : column + 1;
        }
        return found > 0;
    }

    private static boolean isUnsafe(int c) {
        if (c == '\n' || c == '\r' || c == '\t') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            // Blank letters and fillers that print as nothing.
            default -> c == 0x115F || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xFFA0 || isVariation(c);
        };
    }

    private static boolean isVariation(int c) {
        return c == 0x034F || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
    }

    private static String name(int c) {
        return String.format(Locale.ROOT, "U+%04X", c);
    }
}
