package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.ledger.TrustFile;
import org.quorate.record.pdf.Tags.Tag;
import org.quorate.script.Waiver;

/// Small things that many pages need.
final class Bits {
    private static final Pattern GROUPED = Pattern.compile("(?:[0-9a-f]{4} ){7,}[0-9a-f]{4}");

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

    /// Text in which long hex is set in mono, so that it can be compared digit by digit.
    static Paragraph mixed(Style style, String text) {
        Style mono = new Style(Face.MONO, style.size() * 0.94f, style.leading(), style.ink());
        var runs = new ArrayList<Run>();
        int from = 0;
        Matcher hex = GROUPED.matcher(text);
        while (hex.find()) {
            runs.add(new Run(text.substring(from, hex.start()), style));
            runs.add(new Run(hex.group(), mono));
            from = hex.end();
        }
        runs.add(new Run(text.substring(from), style));
        return new Paragraph(runs, 0);
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

    /// What lint finds in a script and its owners accept.
    static Table waivers(List<Waiver> waivers) {
        return Table.headed(
                List.of(
                        new Table.Column(Texts.get("record.paper.column.waived"), 150),
                        new Table.Column(Texts.get("record.paper.column.at"), 100),
                        new Table.Column(Texts.get("record.paper.column.reason"), 0)),
                0,
                waivers.stream()
                        .map(waiver -> Table.Row.of(List.of(
                                Table.cell(Style.CELL_BOLD, Texts.get("script.waived." + waiver.rule())),
                                Table.cell(waiver.at()),
                                Table.cell(waiver.reason()))))
                        .toList());
    }

    /// What a verifier must be told from outside.
    static Table trust(float labels, TrustFile trust) {
        return Table.facts(
                labels,
                List.of(
                        fact(
                                text("fact.ledger"),
                                Table.cell(Style.MONO, trust.ledger().toString())),
                        fact(text("fact.origin"), Table.cell(Style.MONO, trust.origin())),
                        hexFact(text("fact.console_key"), trust.consoleKey().hex()),
                        hexFact(text("fact.genesis"), trust.genesis().hex())));
    }
}
