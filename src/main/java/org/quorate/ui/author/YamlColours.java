package org.quorate.ui.author;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.base.VisibleText;

/// Which words of a line mean what, for the eye only: what the text says is lint's to judge.
final class YamlColours {
    static final String PLAIN = "";
    static final String KEY = "q-yaml-key";
    static final String DASH = "q-yaml-dash";
    static final String TEXT = "q-yaml-text";
    static final String COMMENT = "q-yaml-comment";
    static final String VALUE = "q-yaml-value";
    static final String PARAMETER = "q-yaml-parameter";
    static final String HIDDEN = "q-yaml-hidden";

    /// Longer ones are data and nobody reads them; looking for words in them would take long.
    private static final int LONGEST = 2000;

    private static final Pattern HEAD = Pattern.compile("^(\\s*)((?:- +)*)(?:([A-Za-z0-9_.-]+)(:)(?=\\s|$))?");
    private static final Pattern FLOW_KEY = Pattern.compile("[A-Za-z0-9_-]+:(?=\\s)");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"?|'[^']*+'?");
    private static final Pattern REMARK = Pattern.compile("(?:^|(?<=\\s))#.*");
    private static final Pattern WORD = Pattern.compile("\\s+(?:-?\\d+(?:\\.\\d+)?|true|false|null)\\s*");
    private static final Pattern IN_TEXT = Pattern.compile("\\$\\{[^}]*+}");
    private static final Pattern BLOCK = Pattern.compile(".*(?:^|[:\\s])[|>][0-9+-]*\\s*(?:#.*)?$");

    private YamlColours() {}

    /// The style of each character of a line.
    ///
    /// @param prose whether the line stands in a text that was begun with `>` or `|` above
    static String[] of(String line, boolean prose) {
        var styles = new String[line.length()];
        Arrays.fill(styles, PLAIN);
        if (line.length() <= LONGEST) {
            if (prose) {
                fill(styles, TEXT, 0, line.length());
            } else {
                words(line, styles);
            }
            paint(IN_TEXT.matcher(line), styles, PARAMETER);
        }
        for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
            if (hides(line.codePointAt(at))) {
                fill(styles, HIDDEN, at, at + Character.charCount(line.codePointAt(at)));
            }
        }
        return styles;
    }

    private static void words(String line, String[] styles) {
        Matcher head = HEAD.matcher(line);
        int from = head.find() ? head.end() : 0;
        if (from > 0) {
            fill(styles, DASH, head.start(2), head.end(2));
            if (head.group(3) != null) {
                fill(styles, KEY, head.start(3), head.end(4));
            }
        }
        String rest = line.substring(from);
        String value = rest.strip();
        if (value.startsWith("{") || value.startsWith("[")) {
            paint(FLOW_KEY.matcher(line).region(from, line.length()), styles, KEY);
        }
        if (value.startsWith("\"") || value.startsWith("'") || value.startsWith("{") || value.startsWith("[")) {
            paint(QUOTED.matcher(line).region(from, line.length()), styles, TEXT);
        }
        remark(line, from, styles);
        int end = indexOf(styles, COMMENT);
        String plain = line.substring(from, Math.max(from, end));
        if (WORD.matcher(plain).matches()) {
            int start = from + indent(plain);
            fill(styles, VALUE, start, start + plain.strip().length());
        }
    }

    /// The first `#` that stands in no quotes.
    private static void remark(String line, int from, String[] styles) {
        Matcher remark = REMARK.matcher(line).region(from, line.length()).useTransparentBounds(true);
        while (remark.find()) {
            if (!styles[remark.start()].equals(TEXT)) {
                fill(styles, COMMENT, remark.start(), line.length());
                return;
            }
            remark.region(remark.start() + 1, line.length());
        }
    }

    private static int indexOf(String[] styles, String style) {
        int at = Arrays.asList(styles).indexOf(style);
        return at < 0 ? styles.length : at;
    }

    private static void paint(Matcher found, String[] styles, String style) {
        while (found.find()) {
            fill(styles, style, found.start(), found.end());
        }
    }

    private static void fill(String[] styles, String style, int from, int to) {
        Arrays.fill(styles, from, to, style);
    }

    /// Whether this line stands in a text that was begun above: one of the lines whose key it is indented under ends
    /// with `>` or `|`.
    static boolean isProse(List<String> lines, int index) {
        int own = lines.get(index).isBlank() ? Integer.MAX_VALUE : indent(lines.get(index));
        int least = own;
        for (int at = index - 1; at >= 0 && least > 0; at--) {
            String line = lines.get(at);
            if (!line.isBlank() && indent(line) < least) {
                least = indent(line);
                if (line.length() <= LONGEST
                        && key(line) < own
                        && BLOCK.matcher(line).matches()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Where the key of a line stands, behind the dashes of lists.
    private static int key(String line) {
        Matcher head = HEAD.matcher(line);
        return head.find() ? head.end(2) : 0;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /// Whether the eye would not see this character for what it is.
    static boolean hides(int point) {
        return point != '\n' && VisibleText.deceives(point);
    }

    /// The same text with one sign for each character that hides, so that places stay where they are.
    static String shown(String text) {
        if (text.codePoints().noneMatch(YamlColours::hides)) {
            return text;
        }
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\t') {
                out.append('→');
            } else if (hides(point)) {
                out.append("□".repeat(Character.charCount(point)));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }
}
