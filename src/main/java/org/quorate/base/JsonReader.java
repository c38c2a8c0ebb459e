package org.quorate.base;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.TreeMap;

/// A strict reader: no duplicate keys, no floats, no trailing text, no bad UTF-8, at most 32 levels.
final class JsonReader {
    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Json read(byte[] utf8) {
        var reader = new JsonReader(decode(utf8));
        Json value = reader.value(0);
        reader.space();
        if (reader.at != reader.text.length()) {
            throw reader.error("text after the value");
        }
        return value;
    }

    private static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("the text is not UTF-8");
        }
    }

    private Json value(int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw error("more than " + Json.MAX_DEPTH + " levels");
        }
        space();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Json.Str(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            default -> integer();
        };
    }

    private Json object(int depth) {
        var members = new TreeMap<String, Json>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return new Json.Obj(members);
        }
        while (true) {
            space();
            String key = string();
            space();
            expect(':');
            if (members.put(key, value(depth + 1)) != null) {
                throw error("the key '" + key + "' is given twice");
            }
            space();
            if (peek() == '}') {
                at++;
                return new Json.Obj(members);
            }
            expect(',');
        }
    }

    private Json array(int depth) {
        var items = new ArrayList<Json>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return new Json.Arr(items);
        }
        while (true) {
            items.add(value(depth + 1));
            space();
            if (peek() == ']') {
                at++;
                return new Json.Arr(items);
            }
            expect(',');
        }
    }

    private Json integer() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int length = at - digits;
        boolean leadingZero = length > 1 && text.charAt(digits) == '0';
        boolean negativeZero = length == 1 && text.charAt(digits) == '0' && digits > start;
        if (length == 0 || length > 16 || leadingZero || negativeZero) {
            throw error("not a value of this form");
        }
        return new Json.Int(Long.parseLong(text.substring(start, at)));
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw error("not a value of this form");
        }
        at += word.length();
        return value;
    }

    private String string() {
        expect('"');
        int start = at;
        // Most strings have nothing to unescape and are cut out whole.
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\' && text.charAt(at) >= 0x20) {
            at++;
        }
        if (peek() == '"') {
            return text.substring(start, at++);
        }
        var out = new StringBuilder(text.substring(start, at));
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return out.toString();
            }
            if (c < 0x20) {
                throw error("a control character in a string");
            }
            out.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw error("an unknown escape in a string");
        };
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw error("an unknown escape in a string");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private void space() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw error("the text ends too early");
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw error("'" + wanted + "' expected");
        }
        at++;
    }

    private JsonException error(String what) {
        return new JsonException(what + " at character " + at);
    }
}
