package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.quorate.ledger.TrustFile;
import org.quorate.record.Attachments;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.pdf.Tags.Tag;

/// What holds the record to the world outside: the head to compare, what to trust, and how to check.
final class ClosingPages {
    private static final float LABELS = 118;

    private final Flow flow;
    private final CeremonyRecord record;
    private final Attachments attachments;

    ClosingPages(Flow flow, CeremonyRecord record, Attachments attachments) {
        this.flow = flow;
        this.record = record;
        this.attachments = attachments;
    }

    void write() {
        verify();
        files();
        anchors();
    }

    private void verify() {
        Tag part = flow.section(Bits.text("section.verify"));
        flow.list(
                part,
                List.of("1", "2", "3"),
                List.of(
                        Paragraph.of(Style.BODY, Bits.text("verify.signature")).after(3),
                        Paragraph.of(Style.BODY, Bits.text("verify.extract")).after(3),
                        Paragraph.of(Style.BODY, Bits.text("verify.ledger")).after(3)),
                16);
        flow.advance(6);
        flow.paragraph(part, "Code", Paragraph.of(Style.MONO, Bits.text("verify.command.record")), 16, Flow.WIDTH - 16);
        flow.paragraph(part, "Code", Paragraph.of(Style.MONO, Bits.text("verify.command.python")), 16, Flow.WIDTH - 16);
        TrustFile trust = record.anchoring().trust();
        String title = Bits.text("section.trust");
        Tag sub = flow.subsection(part, Paragraph.of(Style.SUBSECTION, title), title, 120);
        flow.paragraph(sub, Paragraph.of(Style.BODY, Bits.text("trust.intro")));
        flow.advance(3);
        TablePainter.paint(flow, sub, Bits.trust(LABELS, trust));
    }

    private void files() {
        if (attachments.files().isEmpty()) {
            return;
        }
        Tag part = flow.section(Bits.text("section.files"));
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(Bits.column("file", 118), Bits.column("content", 0), Bits.column("sha256", 178)),
                        0,
                        attachments.files().stream().map(ClosingPages::file).toList()));
    }

    private static Table.Row file(Attachments.File file) {
        return Table.Row.of(List.of(
                Table.cell(Style.CELL_BOLD, file.name()),
                List.of(
                        Paragraph.of(Style.CELL, file.description()),
                        Paragraph.of(Style.NOTE, Bits.text("bytes", file.bytes().length))),
                Paragraph.hex(
                        new Style(Face.MONO, 7.2f, 10.6f, Ink.TEXT),
                        file.digest().hex(),
                        8)));
    }

    private void anchors() {
        flow.newPage();
        Tag part = flow.section(Bits.text("section.anchors"));
        var checkpoint = record.anchoring().checkpoint();
        flow.paragraph(part, Paragraph.of(Style.BODY, Bits.text("anchors.intro")));
        flow.advance(8);
        TablePainter.paint(
                flow,
                part,
                Table.facts(
                        LABELS,
                        List.of(
                                Bits.fact(
                                        Bits.text("fact.size"),
                                        Table.cell(Style.BODY_BOLD, Bits.text("entries", checkpoint.size()))),
                                Bits.hexFact(
                                        Bits.text("fact.root"),
                                        checkpoint.root().hex()))));
        flow.advance(14);
        words(part);
        flow.advance(16);
        QrFigure.draw(
                flow,
                part,
                checkpoint.note(),
                Bits.text("qr.alt", checkpoint.size(), checkpoint.root().hex()),
                176);
        flow.paragraph(part, Paragraph.of(Style.NOTE, Bits.text("qr.caption")));
        flow.advance(10);
        flow.paragraph(part, Paragraph.of(Style.LABEL, Bits.text("note")));
        flow.advance(2);
        checkpoint
                .note()
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> flow.paragraph(
                        part, "Code", Paragraph.of(new Style(Face.MONO, 7.4f, 10.6f, Ink.TEXT), line), 0, Flow.WIDTH));
        made(part);
    }

    /// 24 words in a grid of six columns, numbered so that a lost place is found again.
    private void words(Tag part) {
        List<String> words = record.anchoring().checkpoint().root().words();
        var rows = new ArrayList<Table.Row>();
        float width = Flow.WIDTH / 6;
        for (int row = 0; row < 4; row++) {
            var cells = new ArrayList<List<Paragraph>>();
            for (int column = 0; column < 6; column++) {
                int index = row * 6 + column;
                cells.add(List.of(Paragraph.of(
                        new Run(index + 1 + " ", Style.NOTE), new Run(words.get(index), Style.BODY_BOLD))));
            }
            rows.add(Table.Row.of(cells));
        }
        var columns = new ArrayList<Table.Column>();
        for (int i = 0; i < 6; i++) {
            columns.add(new Table.Column(Bits.text("column.word"), width));
        }
        TablePainter.paint(flow, part, Table.plain(columns, 0, rows));
    }

    private void made(Tag part) {
        if (record.anchoring().made().isEmpty()) {
            return;
        }
        flow.advance(12);
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(Bits.column("anchor", 150), Bits.column("size", 70), Bits.column("where", 0)),
                        0,
                        record.anchoring().made().stream()
                                .map(anchor -> Table.Row.of(List.of(
                                        Table.cell(anchor.kind()),
                                        Table.cell(Long.toString(anchor.size())),
                                        Table.cell(anchor.where()))))
                                .toList()));
    }
}
