package org.quorate.script.yaml;

import java.util.Locale;
import java.util.Optional;
import org.quorate.script.Place;
import org.quorate.script.Rule;

/// Characters by which a text can look different from what it is: controls, bidirectional marks, zero-width and
/// unassigned ones. They are refused in comments too, since a reviewer reads those.
final class UnsafeCharacters {
    private UnsafeCharacters() {}

    /// The first unsafe character as `U+202E`.
    static Optional<String> first(String text) {
        return text.codePoints()
                .filter(UnsafeCharacters::isUnsafe)
                .mapToObj(UnsafeCharacters::name)
                .findFirst();
    }

    /// Adds a finding for the first on each line; says whether there was one.
    static boolean report(String text, Findings findings) {
        int before = findings.count();
        int line = 1;
        for (String content : text.split("\r\n|[\r\n]", -1)) {
            int column = 1;
            for (int c : content.codePoints().toArray()) {
                if (isUnsafe(c)) {
                    findings.add(Rule.UNSAFE_CHARACTER, new Place(line, column), name(c));
                    break;
                }
                column++;
            }
            line++;
        }
        return findings.count() > before;
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
