package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;

/// Breaks runs into lines at spaces, and inside a word only where the word alone is wider than the line.
final class LineBreaker {
    private final Fonts fonts;
    private final float width;
    private final List<Line> lines = new ArrayList<>();
    private final List<Run> line = new ArrayList<>();
    private final List<Run> word = new ArrayList<>();
    private float lineWidth;
    private float wordWidth;
    /// Spaces wait here until a word follows them on the same line.
    private final List<Run> spaces = new ArrayList<>();
    private float spaceWidth;

    private LineBreaker(Fonts fonts, float width) {
        this.fonts = fonts;
        this.width = width;
    }

    static List<Line> lines(Fonts fonts, Paragraph paragraph, float width) {
        var breaker = new LineBreaker(fonts, width);
        paragraph.runs().forEach(breaker::add);
        breaker.endWord();
        if (!breaker.line.isEmpty() || breaker.lines.isEmpty()) {
            breaker.endLine(paragraph.runs().getLast().style());
        }
        return breaker.lines;
    }

    private void add(Run run) {
        String text = run.text();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ' ') {
                take(text.substring(start, i), run.style());
                endWord();
                spaces.add(new Run(" ", run.style()));
                spaceWidth += fonts.width(run.style(), " ");
                start = i + 1;
            }
        }
        take(text.substring(start), run.style());
    }

    private void take(String part, Style style) {
        if (!part.isEmpty()) {
            word.add(new Run(part, style));
            wordWidth += fonts.width(style, part);
        }
    }

    private void endWord() {
        if (word.isEmpty()) {
            return;
        }
        if (!line.isEmpty() && lineWidth + spaceWidth + wordWidth > width) {
            endLine(line.getLast().style());
        }
        if (wordWidth > width) {
            breakInside();
        } else {
            if (!line.isEmpty()) {
                line.addAll(spaces);
                lineWidth += spaceWidth;
            }
            line.addAll(word);
            lineWidth += wordWidth;
        }
        spaces.clear();
        spaceWidth = 0;
        word.clear();
        wordWidth = 0;
    }

    private void breakInside() {
        for (Run run : word) {
            int start = 0;
            String text = run.text();
            while (start < text.length()) {
                int end = fitting(run, start);
                if (end == start && line.isEmpty()) {
                    end = text.offsetByCodePoints(start, 1);
                }
                if (end > start) {
                    Run part = new Run(text.substring(start, end), run.style());
                    line.add(part);
                    lineWidth += fonts.width(part.style(), part.text());
                }
                if (end < text.length()) {
                    endLine(run.style());
                }
                start = end;
            }
        }
    }

    private int fitting(Run run, int start) {
        String text = run.text();
        float room = width - lineWidth;
        int end = start;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            room -= fonts.width(run.style(), text.substring(end, next));
            if (room < 0) {
                break;
            }
            end = next;
        }
        return end;
    }

    /// Neighbours of one style become one piece, their spaces with them, so that text can be read back as it was.
    private void endLine(Style fallback) {
        var pieces = new ArrayList<Line.Piece>();
        float x = 0;
        float leading = line.isEmpty() ? fallback.leading() : 0;
        float rise = line.isEmpty() ? fallback.rise() : 0;
        int i = 0;
        while (i < line.size()) {
            Style style = line.get(i).style();
            var text = new StringBuilder();
            while (i < line.size() && line.get(i).style().equals(style)) {
                text.append(line.get(i).text());
                i++;
            }
            pieces.add(new Line.Piece(text.toString(), style, x));
            x += fonts.width(style, text.toString());
            leading = Math.max(leading, style.leading());
            rise = Math.max(rise, style.rise());
        }
        lines.add(new Line(pieces, x, leading, rise));
        line.clear();
        lineWidth = 0;
    }
}
