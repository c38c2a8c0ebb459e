package org.quorate.app.procedures;

import java.util.List;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.VisibleText;

/// Texts of others inside a document of ours: none of them may become a heading, a link or another column.
final class Markdown {
    private Markdown() {}

    /// One line of running text.
    static String plain(String text) {
        return VisibleText.of(text.strip().replaceAll("\\s+", " ")).replaceAll("([\\\\`*_\\[\\]<>|])", "\\\\$1");
    }

    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    static String bullets(List<String> lines) {
        return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }

    /// A value of the front matter: JSON's texts and lists are YAML's too.
    static String yaml(String text) {
        return Json.of(text).text();
    }

    static String yaml(List<String> texts) {
        return Json.strings(texts).text();
    }

    /// The part of a link that leads to a heading.
    static String anchor(String heading) {
        return heading.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    static String link(String heading) {
        return "[" + plain(heading) + "](#" + anchor(heading) + ")";
    }
}
