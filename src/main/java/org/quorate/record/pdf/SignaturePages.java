package org.quorate.record.pdf;

import java.util.List;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.ExceptionFacts;
import org.quorate.record.QuorumFacts;
import org.quorate.record.SignatureFacts;
import org.quorate.record.pdf.Tags.Tag;

/// The exception sheets, and every card signature with its meaning.
final class SignaturePages {
    private final Flow flow;
    private final CeremonyRecord record;
    private final When when;

    SignaturePages(Flow flow, CeremonyRecord record, When when) {
        this.flow = flow;
        this.record = record;
        this.when = when;
    }

    void write() {
        exceptions();
        quorums();
        signatures();
    }

    private void quorums() {
        if (record.quorums().isEmpty()) {
            return;
        }
        Tag part = flow.section(Bits.text("section.quorums"));
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(Bits.column("quorum", 150), Bits.column("statements", 64), Bits.column("enforced", 0)),
                        1,
                        record.quorums().stream().map(SignaturePages::quorum).toList()));
    }

    private static Table.Row quorum(QuorumFacts quorum) {
        return Table.Row.of(List.of(
                Table.cell(
                        Style.CELL_BOLD,
                        Bits.text("quorum", quorum.m(), quorum.present(), String.join(", ", quorum.roles()))),
                Table.cell(String.valueOf(quorum.statements())),
                Table.cell(quorum.by().text())));
    }

    private void exceptions() {
        Tag part = flow.section(Bits.text("section.exceptions"));
        if (record.exceptions().isEmpty()) {
            Bits.none(flow, part, "none.exceptions");
        }
        for (ExceptionFacts exception : record.exceptions()) {
            String title = exception.step().isEmpty()
                    ? Bits.text("exception", exception.number(), when.of(exception.time()))
                    : Bits.text("exception.step", exception.number(), exception.step(), when.of(exception.time()));
            Table table = Table.facts(
                    118,
                    List.of(
                            Bits.fact(
                                    Bits.text("fact.expected"),
                                    exception.answers().expected()),
                            Bits.fact(
                                    Bits.text("fact.happened"),
                                    exception.answers().happened()),
                            Bits.fact(
                                    Bits.text("fact.decided"),
                                    exception.answers().decided()),
                            Bits.fact(Bits.text("fact.decided_by"), exception.decidedBy()),
                            Bits.fact(Bits.text("fact.witnessed_by"), exception.witnessedBy())));
            TablePainter.paint(flow, Bits.subsection(flow, part, title, table), table);
        }
    }

    private void signatures() {
        Tag part = flow.section(Bits.text("section.signatures"));
        if (record.signatures().isEmpty()) {
            Bits.none(flow, part, "none.signatures");
            return;
        }
        flow.paragraph(part, Paragraph.of(Style.BODY, Bits.text("signatures.intro")));
        flow.advance(6);
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(
                                Bits.column("time", 58),
                                Bits.column("name", 108),
                                Bits.column("meaning", 96),
                                Bits.column("signed", 0),
                                Bits.column("entry", 44)),
                        1,
                        record.signatures().stream().map(this::signature).toList()));
    }

    private Table.Row signature(SignatureFacts signature) {
        return Table.Row.of(List.of(
                Table.cell(Style.NOTE, when.of(signature.time())),
                Table.cell(Style.CELL_BOLD, signature.name()),
                Table.cell(signature.meaning()),
                List.of(
                        Paragraph.of(Style.CELL, signature.target().what()),
                        Paragraph.of(
                                Style.NOTE,
                                Bits.text(
                                        "signature.line",
                                        signature.target().seq(),
                                        signature.made().algorithm()))),
                Table.cell(Style.MONO_NOTE, "#" + signature.seq())));
    }
}
