package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.quorate.record.pdf.Tags.Tag;

/// Fills sheets from top to bottom. A heading never stands alone at the foot of a page, and a paragraph never
/// leaves one line behind or ahead.
final class Flow {
    static final float LEFT = 62;
    static final float TOP = 78;
    static final float WIDTH = Sheet.WIDTH - 2 * LEFT;
    static final float BOTTOM = Sheet.HEIGHT - 70;

    private final Fonts fonts;
    private final Tags tags;
    private final Bookmarks bookmarks = new Bookmarks();
    private final List<Sheet> sheets = new ArrayList<>();
    private float y = BOTTOM;

    Flow(Fonts fonts, Tags tags) {
        this.fonts = fonts;
        this.tags = tags;
        newPage();
    }

    Fonts fonts() {
        return fonts;
    }

    Tag root() {
        return tags.document();
    }

    Tags tags() {
        return tags;
    }

    Bookmarks bookmarks() {
        return bookmarks;
    }

    List<Sheet> sheets() {
        return sheets;
    }

    Sheet sheet() {
        return sheets.getLast();
    }

    float y() {
        return y;
    }

    boolean atTop() {
        return y <= TOP;
    }

    float room() {
        return BOTTOM - y;
    }

    void newPage() {
        sheets.add(new Sheet(fonts));
        y = TOP;
    }

    /// A new page where less than `height` is left.
    void ensure(float height) {
        if (room() < height && !atTop()) {
            newPage();
        }
    }

    /// Moves down; nothing at the top of a page.
    void space(float height) {
        if (!atTop()) {
            y += height;
        }
    }

    void advance(float height) {
        y += height;
    }

    /// A section on the same page where there is room for its beginning.
    Tag section(String title) {
        return section(title, 150);
    }

    Tag section(String title, float keep) {
        float before = atTop() ? 0 : 22;
        ensure(before + Style.SECTION.leading() + 10 + keep);
        space(22);
        Tag part = root().child("Sect");
        Line line = LineBreaker.lines(fonts, Paragraph.of(Style.SECTION, title), WIDTH)
                .getFirst();
        bookmarks.add(1, title, sheet(), y);
        part.child("H2").begin(sheet());
        sheet().line(line, LEFT, y);
        sheet().end();
        y += line.leading() + 3;
        rule(Ink.ACCENT, 0.8f);
        y += 9;
        return part;
    }

    /// @param keep room for what follows it at once
    Tag subsection(Tag part, Paragraph title, String bookmark, float keep) {
        List<Line> lines = LineBreaker.lines(fonts, title, WIDTH);
        float height = lines.stream().map(Line::leading).reduce(0f, Float::sum);
        ensure((atTop() ? 0 : 13) + height + keep);
        space(13);
        Tag child = part.child("Sect");
        bookmarks.add(2, bookmark, sheet(), y);
        child.child("H3").begin(sheet());
        for (Line line : lines) {
            sheet().line(line, LEFT, y);
            y += line.leading();
        }
        sheet().end();
        y += 2;
        return child;
    }

    void rule(Ink ink, float thickness) {
        sheet().beginArtifact();
        sheet().stroke(ink, thickness, LEFT, y, LEFT + WIDTH, y);
        sheet().end();
    }

    void paragraph(Tag parent, Paragraph paragraph) {
        paragraph(parent, "P", paragraph, 0, WIDTH);
    }

    void paragraphs(Tag parent, List<Paragraph> paragraphs) {
        paragraphs.forEach(paragraph -> paragraph(parent, paragraph));
    }

    /// @param indent from the left margin
    void paragraph(Tag parent, String tag, Paragraph paragraph, float indent, float width) {
        List<Line> lines = LineBreaker.lines(fonts, paragraph, width);
        space(paragraph.before());
        Tag element = parent.child(tag);
        int next = 0;
        while (next < lines.size()) {
            int count = fitting(lines, next);
            if (count == 0) {
                newPage();
                continue;
            }
            element.begin(sheet());
            for (Line line : lines.subList(next, next + count)) {
                sheet().line(line, LEFT + indent, y);
                y += line.leading();
            }
            sheet().end();
            next += count;
            if (next < lines.size()) {
                newPage();
            }
        }
    }

    /// How many lines go on this page: all, or at least two while at least two stay for the next.
    private int fitting(List<Line> lines, int next) {
        int left = lines.size() - next;
        int count = 0;
        float height = 0;
        while (count < left && height + lines.get(next + count).leading() <= room()) {
            height += lines.get(next + count).leading();
            count++;
        }
        if (count == left) {
            return count;
        }
        int kept = left - count == 1 ? count - 1 : count;
        if (atTop()) {
            return Math.max(1, kept);
        }
        return kept < 2 ? 0 : kept;
    }

    /// A bulleted or numbered list.
    void list(Tag parent, List<String> labels, List<Paragraph> items, float indent) {
        Tag list = parent.child("L");
        list.attribute(
                "List",
                "ListNumbering",
                org.apache.pdfbox.cos.COSName.getPDFName(numbered(labels) ? "Decimal" : "Disc"));
        for (int i = 0; i < items.size(); i++) {
            Paragraph item = items.get(i);
            ensure(item.runs().getFirst().style().leading() * 2);
            space(item.before());
            Tag li = list.child("LI");
            Style style = item.runs().getFirst().style();
            li.child("Lbl").begin(sheet());
            Line label = LineBreaker.lines(fonts, Paragraph.of(style.with(Ink.ACCENT), labels.get(i)), indent)
                    .getFirst();
            sheet().line(label, LEFT, y);
            sheet().end();
            paragraph(li, "LBody", new Paragraph(item.runs(), 0), indent, WIDTH - indent);
        }
    }

    private static boolean numbered(List<String> labels) {
        return Character.isDigit(labels.getFirst().charAt(0));
    }

    /// Two columns beside each other that stay together: a digest and its words.
    void beside(Tag parent, List<Paragraph> left, float leftWidth, List<Paragraph> right) {
        float rightWidth = WIDTH - leftWidth;
        float height = Math.max(height(left, leftWidth - 12), height(right, rightWidth));
        ensure(height);
        float top = y;
        Tag block = parent.child("Div");
        column(block, left, 0, leftWidth - 12);
        y = top;
        column(block, right, leftWidth, rightWidth);
        y = top + height;
    }

    private void column(Tag block, List<Paragraph> paragraphs, float indent, float width) {
        Tag element = block.child("P");
        element.begin(sheet());
        for (Paragraph paragraph : paragraphs) {
            y += paragraph.before();
            for (Line line : LineBreaker.lines(fonts, paragraph, width)) {
                sheet().line(line, LEFT + indent, y);
                y += line.leading();
            }
        }
        sheet().end();
    }

    float height(List<Paragraph> paragraphs, float width) {
        float sum = 0;
        for (Paragraph paragraph : paragraphs) {
            sum += paragraph.before();
            for (Line line : LineBreaker.lines(fonts, paragraph, width)) {
                sum += line.leading();
            }
        }
        return sum;
    }
}
