package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.record.pdf.Tags.Tag;

/// Small things that many pages need.
final class Bits {
    private Bits() {}

    /// A digest as hex and, beside it, as words.
    static void digest(Flow flow, Tag parent, Digest digest) {
        List<Paragraph> words = Paragraph.words(Style.BODY, digest.words(), 6);
        flow.beside(parent, Paragraph.hex(Style.MONO_LARGE, digest.hex(), 4), 150, spread(words));
    }

    /// Words keep pace with the lines of hex beside them.
    private static List<Paragraph> spread(List<Paragraph> words) {
        var spread = new ArrayList<Paragraph>();
        words.forEach(line -> spread.add(new Paragraph(
                line.runs().stream()
                        .map(run -> new Run(
                                run.text(),
                                new Style(
                                        run.style().face(), run.style().size(), Style.MONO_LARGE.leading(), Ink.TEXT)))
                        .toList(),
                0)));
        return spread;
    }

    /// Hex for a cell of a table: whole, two lines of eight groups.
    static List<Paragraph> hexCell(String hex) {
        return Paragraph.hex(Style.MONO, hex, 8);
    }

    /// A heading that stays with its table where the table is short.
    static Tag subsection(Flow flow, Tag part, String title, Table table) {
        float keep = Math.min(TablePainter.height(flow, table), 240);
        return flow.subsection(part, Paragraph.of(Style.SUBSECTION, title), title, keep);
    }

    static Table.Row fact(String label, String value) {
        return Table.Row.of(Table.cell(Style.LABEL, label), Table.cell(value));
    }

    static Table.Row hexFact(String label, String hex) {
        return Table.Row.of(Table.cell(Style.LABEL, label), hexCell(hex));
    }

    static Table.Row fact(String label, List<Paragraph> value) {
        return Table.Row.of(Table.cell(Style.LABEL, label), value);
    }

    static String text(String key, Object... values) {
        return Texts.get("record.pdf." + key, values);
    }

    /// Says so where there is nothing, since an empty page could have lost something.
    static void none(Flow flow, Tag part, String key) {
        flow.paragraph(part, Paragraph.of(Style.BODY.with(Ink.MUTED), text(key)));
    }

    static Table.Column column(String key, float width) {
        return new Table.Column(text("column." + key), width);
    }
}
