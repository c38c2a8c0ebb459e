package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Fingerprints;

/// Runs that are broken into lines together.
///
/// @param before space above it, left out at the top of a page or cell
record Paragraph(List<Run> runs, float before) {
    Paragraph {
        runs = List.copyOf(runs);
    }

    static Paragraph of(Style style, String text) {
        return new Paragraph(List.of(new Run(text, style)), 0);
    }

    static Paragraph of(Run... runs) {
        return new Paragraph(List.of(runs), 0);
    }

    /// Each line of the text as a paragraph of its own.
    static List<Paragraph> lines(Style style, String text) {
        var paragraphs = new ArrayList<Paragraph>();
        text.strip().lines().forEach(line -> paragraphs.add(of(style, line.strip())));
        return paragraphs;
    }

    /// Hex in groups of four, `perLine` groups a line.
    static List<Paragraph> hex(Style style, String hex, int perLine) {
        var paragraphs = new ArrayList<Paragraph>();
        int step = perLine * 4;
        for (int i = 0; i < hex.length(); i += step) {
            paragraphs.add(of(style, Fingerprints.groups(hex.substring(i, Math.min(hex.length(), i + step)))));
        }
        return paragraphs;
    }

    /// Words, `perLine` a line.
    static List<Paragraph> words(Style style, List<String> words, int perLine) {
        var paragraphs = new ArrayList<Paragraph>();
        for (int i = 0; i < words.size(); i += perLine) {
            paragraphs.add(of(style, String.join(" ", words.subList(i, Math.min(words.size(), i + perLine)))));
        }
        return paragraphs;
    }

    Paragraph after(float space) {
        return new Paragraph(runs, space);
    }

    boolean isEmpty() {
        return runs.stream().allMatch(run -> run.text().isEmpty());
    }
}
