package org.quorate.base;

import java.util.Iterator;

/// Writes the canonical text (RFC 8785 section 3.2) and the indented one.
final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out;
    private final boolean indented;

    private JsonWriter(StringBuilder out, boolean indented) {
        this.out = out;
        this.indented = indented;
    }

    static String compact(Json value) {
        var out = new StringBuilder(256);
        new JsonWriter(out, false).write(value, 0);
        return out.toString();
    }

    static String pretty(Json value) {
        var out = new StringBuilder(1024);
        new JsonWriter(out, true).write(value, 0);
        return out.toString();
    }

    static boolean isKey(String key) {
        return !key.isEmpty() && key.chars().allMatch(JsonWriter::isKeyCharacter);
    }

    private static boolean isKeyCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    static void refuseLoneSurrogates(String text) {
        // Code points join proper pairs, so what is left in the surrogate range stands alone.
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new JsonException("the text has a lone surrogate");
        }
    }

    private void write(Json value, int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw new JsonException("more than " + Json.MAX_DEPTH + " levels");
        }
        switch (value) {
            case Json.Null() -> out.append("null");
            case Json.Bool(var bool) -> out.append(bool);
            case Json.Int(var number) -> out.append(number);
            case Json.Str(var text) -> quote(text);
            case Json.Arr(var items) -> {
                out.append('[');
                Iterator<Json> rest = items.iterator();
                while (rest.hasNext()) {
                    line(depth + 1);
                    write(rest.next(), depth + 1);
                    separate(rest.hasNext());
                }
                if (!items.isEmpty()) {
                    line(depth);
                }
                out.append(']');
            }
            case Json.Obj(var members) -> {
                out.append('{');
                var rest = members.entrySet().iterator();
                while (rest.hasNext()) {
                    var member = rest.next();
                    line(depth + 1);
                    quote(member.getKey());
                    out.append(indented ? ": " : ":");
                    write(member.getValue(), depth + 1);
                    separate(rest.hasNext());
                }
                if (!members.isEmpty()) {
                    line(depth);
                }
                out.append('}');
            }
        }
    }

    private void line(int depth) {
        if (indented) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void separate(boolean more) {
        if (more) {
            out.append(',');
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
