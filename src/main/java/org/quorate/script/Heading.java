package org.quorate.script;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.base.Json;

/// The lines at the head of a script's text that say what it is. A copy gets its own, and every other letter of the
/// text, comments too, stays as it was.
public final class Heading {
    private static final Pattern TITLE = Pattern.compile("(?m)^title:(.*)$");

    private Heading() {}

    /// The text under another id and title; a line that the text does not have is not added.
    public static String put(String text, String id, String title) {
        String named = line(text, "id", id);
        // JSON's way to write a text is YAML's way in double quotes.
        return line(named, "title", new String(new Json.Str(title).canonical(), StandardCharsets.UTF_8));
    }

    private static String line(String text, String key, String value) {
        return Pattern.compile("(?m)^" + key + ":[^\\r\\n]*")
                .matcher(text)
                .replaceFirst(Matcher.quoteReplacement(key + ": " + value));
    }

    /// The title as it stands in the text, without reading the rest; empty where there is none.
    public static String title(String text) {
        Matcher line = TITLE.matcher(text);
        return line.find() ? line.group(1).strip().replaceAll("^([\"'])(.*)\\1$", "$2") : "";
    }
}
