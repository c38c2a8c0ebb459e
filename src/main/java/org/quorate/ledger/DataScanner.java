package org.quorate.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Digest;
import org.quorate.base.Json;

/// Checks that a value is in canonical form, byte by byte and without making objects of it, and collects the names of
/// artefacts on the way.
final class DataScanner {
    static final int MAX_DEPTH = 32;
    private static final int NAME = "sha256:".length() + 64;

    private final byte[] body;
    private List<Digest> named = List.of();

    DataScanner(byte[] body) {
        this.body = body;
    }

    List<Digest> named() {
        return named;
    }

    /// @return where the object ends
    int object(int at) {
        if (byteAt(at) != '{') {
            throw BodyScanner.Departure.here();
        }
        return value(at, 1);
    }

    private int value(int at, int depth) {
        if (depth > MAX_DEPTH) {
            throw BodyScanner.Departure.here();
        }
        return switch (byteAt(at)) {
            case '{' -> members(at, depth);
            case '[' -> items(at, depth);
            case '"' -> text(at);
            case 't' -> word(at, "true");
            case 'f' -> word(at, "false");
            case 'n' -> word(at, "null");
            default -> integer(at);
        };
    }

    private int members(int from, int depth) {
        int at = from + 1;
        if (byteAt(at) == '}') {
            return at + 1;
        }
        int keyBefore = -1;
        int keyBeforeEnd = -1;
        while (true) {
            int key = at + 1;
            int keyEnd = key(at);
            if (keyBefore >= 0 && !ascends(keyBefore, keyBeforeEnd, key, keyEnd)) {
                throw BodyScanner.Departure.here();
            }
            keyBefore = key;
            keyBeforeEnd = keyEnd;
            at = value(keyEnd + 2, depth + 1);
            int c = byteAt(at++);
            if (c == '}') {
                return at;
            }
            if (c != ',') {
                throw BodyScanner.Departure.here();
            }
        }
    }

    /// @return where the key's characters end; a quote and a colon follow
    private int key(int quote) {
        if (byteAt(quote) != '"') {
            throw BodyScanner.Departure.here();
        }
        int at = quote + 1;
        int c = byteAt(at);
        while ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') {
            c = byteAt(++at);
        }
        if (at == quote + 1 || c != '"' || byteAt(at + 1) != ':') {
            throw BodyScanner.Departure.here();
        }
        return at;
    }

    private boolean ascends(int before, int beforeEnd, int key, int keyEnd) {
        int a = before;
        int b = key;
        while (a < beforeEnd && b < keyEnd) {
            if (body[a] != body[b]) {
                return body[a] < body[b];
            }
            a++;
            b++;
        }
        return a == beforeEnd && b < keyEnd;
    }

    private int items(int from, int depth) {
        int at = from + 1;
        if (byteAt(at) == ']') {
            return at + 1;
        }
        while (true) {
            at = value(at, depth + 1);
            int c = byteAt(at++);
            if (c == ']') {
                return at;
            }
            if (c != ',') {
                throw BodyScanner.Departure.here();
            }
        }
    }

    private int word(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(at + i) != word.charAt(i)) {
                throw BodyScanner.Departure.here();
            }
        }
        return at + word.length();
    }

    int integer(int from) {
        int at = byteAt(from) == '-' ? from + 1 : from;
        int digits = at;
        long value = 0;
        int c = byteAt(at);
        while (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            at++;
            c = at < body.length ? body[at] : -1;
            if (at - digits > 16) {
                throw BodyScanner.Departure.here();
            }
        }
        boolean leadingZero = body[digits] == '0' && (at - digits > 1 || digits > from);
        if (at == digits || leadingZero || value > Json.MAX_SAFE) {
            throw BodyScanner.Departure.here();
        }
        return at;
    }

    private int text(int from) {
        int to = string(from);
        if (to - from == NAME + 2 && body[from + 1] == 's') {
            String text = new String(body, from + 1, NAME, StandardCharsets.ISO_8859_1);
            if (Digest.isArtefactName(text)) {
                if (named.isEmpty()) {
                    named = new ArrayList<>();
                }
                named.add(Digest.fromArtefactName(text));
            }
        }
        return to;
    }

    /// @return where the string ends, after its closing quote
    int string(int from) {
        if (byteAt(from) != '"') {
            throw BodyScanner.Departure.here();
        }
        int at = from + 1;
        while (true) {
            int c = byteAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c >= 0x20 && c != '\\') {
                at++;
            } else if (c < 0) {
                at = multibyte(at);
            } else if (c == '\\') {
                at = escape(at);
            } else {
                throw BodyScanner.Departure.here();
            }
        }
    }

    /// Only what must be escaped is, and in its shortest form.
    private int escape(int at) {
        return switch (byteAt(at + 1)) {
            case '"', '\\', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' -> control(at);
            default -> throw BodyScanner.Departure.here();
        };
    }

    private int control(int at) {
        int high = byteAt(at + 4);
        int low = byteAt(at + 5);
        boolean hex = (low >= '0' && low <= '9') || (low >= 'a' && low <= 'f');
        boolean hasShortForm = high == '0' && (low == '8' || low == '9' || low == 'a' || low == 'c' || low == 'd');
        if (byteAt(at + 2) != '0' || byteAt(at + 3) != '0' || (high != '0' && high != '1') || !hex || hasShortForm) {
            throw BodyScanner.Departure.here();
        }
        return at + 6;
    }

    /// One well-formed UTF-8 sequence (Unicode 16, table 3-7): no overlong form, no surrogate, nothing past U+10FFFF.
    private int multibyte(int at) {
        int lead = byteAt(at) & 0xff;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return continuation(at + 1, 1, 0x80, 0xbf);
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return continuation(at + 1, 2, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
        }
        if (lead >= 0xf0 && lead <= 0xf4) {
            return continuation(at + 1, 3, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
        }
        throw BodyScanner.Departure.here();
    }

    private int continuation(int from, int count, int lowest, int highest) {
        for (int i = 0; i < count; i++) {
            int c = byteAt(from + i) & 0xff;
            if (c < (i == 0 ? lowest : 0x80) || c > (i == 0 ? highest : 0xbf)) {
                throw BodyScanner.Departure.here();
            }
        }
        return from + count;
    }

    /// Past the end there is nothing: the caller takes the exception for a departure.
    private int byteAt(int at) {
        return body[at];
    }
}
