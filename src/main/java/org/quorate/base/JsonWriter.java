package org.quorate.base;

import java.util.Iterator;

/// Writes the canonical text (RFC 8785 section 3.2) and the indented one.
final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private JsonWriter() {}

    static String compact(Json value) {
        var out = new StringBuilder(256);
        write(out, value, -1);
        return out.toString();
    }

    static String pretty(Json value) {
        var out = new StringBuilder(1024);
        write(out, value, 0);
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

    /// `depth` below zero writes the compact form.
    private static void write(StringBuilder out, Json value, int depth) {
        switch (value) {
            case Json.Null() -> out.append("null");
            case Json.Bool(var bool) -> out.append(bool);
            case Json.Int(var number) -> out.append(number);
            case Json.Str(var text) -> quote(out, text);
            case Json.Arr(var items) -> {
                out.append('[');
                Iterator<Json> rest = items.iterator();
                while (rest.hasNext()) {
                    line(out, depth, 1);
                    write(out, rest.next(), deeper(depth));
                    separate(out, rest.hasNext());
                }
                if (!items.isEmpty()) {
                    line(out, depth, 0);
                }
                out.append(']');
            }
            case Json.Obj(var members) -> {
                out.append('{');
                var rest = members.entrySet().iterator();
                while (rest.hasNext()) {
                    var member = rest.next();
                    line(out, depth, 1);
                    quote(out, member.getKey());
                    out.append(depth < 0 ? ":" : ": ");
                    write(out, member.getValue(), deeper(depth));
                    separate(out, rest.hasNext());
                }
                if (!members.isEmpty()) {
                    line(out, depth, 0);
                }
                out.append('}');
            }
        }
    }

    private static int deeper(int depth) {
        return depth < 0 ? depth : depth + 1;
    }

    private static void line(StringBuilder out, int depth, int further) {
        if (depth >= 0) {
            out.append('\n').append("  ".repeat(depth + further));
        }
    }

    private static void separate(StringBuilder out, boolean more) {
        if (more) {
            out.append(',');
        }
    }

    private static void quote(StringBuilder out, String text) {
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
