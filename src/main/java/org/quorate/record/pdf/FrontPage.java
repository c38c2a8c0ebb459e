package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Digest;
import org.quorate.base.UtcTime;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.Deviation;
import org.quorate.record.Durations;
import org.quorate.record.Heading;
import org.quorate.record.KeyFacts;
import org.quorate.record.SignatureFacts;
import org.quorate.record.Verdict;
import org.quorate.record.pdf.Tags.Tag;

/// Review by exception: the verdict, what deviated, acts without a quorum, who signed, the keys and the head. A reader
/// who trusts the ledger needs no other page.
final class FrontPage {
    private static final float FINGERPRINT = 73;

    private final Flow flow;
    private final CeremonyRecord record;
    private final When when;

    FrontPage(Flow flow, CeremonyRecord record, When when) {
        this.flow = flow;
        this.record = record;
        this.when = when;
    }

    void write() {
        title();
        verdict();
        withoutQuorum();
        Tag part = flow.section(Bits.text("section.deviations"), 40);
        deviations(part);
        whoSigned();
        fingerprints();
    }

    private void title() {
        Heading.Occasion occasion = record.heading().occasion();
        Heading.Timing timing = record.heading().timing();
        Tag root = flow.root();
        flow.bookmarks().add(1, Bits.text("section.review"), flow.sheet(), flow.y());
        flow.advance(-18);
        flow.paragraph(root, Paragraph.of(Style.COLUMN, Bits.text("over_title", occasion.organisation())));
        flow.advance(5);
        flow.paragraph(root, "H1", Paragraph.of(Style.TITLE, occasion.title()), 0, Flow.WIDTH);
        flow.advance(5);
        Heading.Plan plan = record.heading().script();
        flow.paragraph(
                root,
                Paragraph.of(
                        Style.BODY.with(Ink.MUTED),
                        Bits.text(
                                "place", occasion.place(), When.day(timing.start()), when.of(timing.start()), end())));
        flow.paragraph(
                root, Paragraph.of(Style.BODY.with(Ink.MUTED), Bits.text("by_script", plan.id(), plan.version())));
        flow.paragraph(root, Paragraph.of(Style.BODY, plan.approval()));
        flow.advance(12);
    }

    private String end() {
        return record.heading().timing().end().map(when::of).orElseGet(() -> Bits.text("not_ended"));
    }

    private void verdict() {
        Verdict verdict = record.verdict();
        Ink ink = switch (verdict.kind()) {
            case AS_PLANNED -> Ink.ACCENT;
            case WITH_DEVIATIONS -> Ink.WARN;
            case ABORTED, NOT_CLOSED -> Ink.STOP;
        };
        float top = flow.y();
        Tag part = flow.root().child("Sect");
        flow.advance(9);
        flow.paragraph(part, "P", Paragraph.of(Style.HEADLINE.with(ink), verdict.headline()), 14, Flow.WIDTH - 28);
        flow.advance(3);
        for (String sentence : verdict.sentences()) {
            flow.paragraph(part, "P", Paragraph.of(Style.BODY, sentence), 14, Flow.WIDTH - 28);
        }
        flow.advance(9);
        Sheet sheet = flow.sheet();
        sheet.beginArtifact();
        sheet.fill(ink, Flow.LEFT, top, 3, flow.y() - top);
        sheet.frame(Ink.RULE, 0.5f, Flow.LEFT, top, Flow.WIDTH, flow.y() - top);
        sheet.end();
    }

    private void deviations(Tag part) {
        if (record.deviations().isEmpty()) {
            Bits.none(flow, part, "none.deviations");
            return;
        }
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(
                                Bits.column("step", 38),
                                Bits.column("time", 58),
                                Bits.column("what", 94),
                                Bits.column("happened", 0)),
                        2,
                        record.deviations().stream().map(this::deviation).toList()));
    }

    private Table.Row deviation(Deviation deviation) {
        Deviation.Place place = deviation.place();
        return Table.Row.of(List.of(
                Table.cell(Style.CELL, place.step().isEmpty() ? "–" : place.step()),
                Table.cell(Style.CELL.with(Ink.MUTED), when.of(place.time())),
                Table.cell(Style.CELL_BOLD.with(Ink.WARN), title(deviation)),
                happened(deviation)));
    }

    private static String title(Deviation deviation) {
        return deviation instanceof Deviation.ExceptionRaised raised
                ? deviation.title() + " " + raised.number()
                : deviation.title();
    }

    /// The three answers of an exception stand under each other, as on its sheet.
    private static List<Paragraph> happened(Deviation deviation) {
        if (!(deviation instanceof Deviation.ExceptionRaised raised)) {
            return Table.cell(deviation.text());
        }
        return List.of(
                answer("fact.expected", raised.expected()),
                answer("fact.happened", raised.happened()).after(2),
                answer("fact.decided", raised.decided()).after(2));
    }

    private static Paragraph answer(String question, String text) {
        return Paragraph.of(new Run(Bits.text(question) + "  ", Style.CELL.with(Ink.MUTED)), new Run(text, Style.CELL));
    }

    private void withoutQuorum() {
        if (record.withoutQuorum().isEmpty()) {
            return;
        }
        Tag part = flow.section(Bits.text("section.no_quorum"), 40);
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(
                                Bits.column("step", 38),
                                Bits.column("time", 58),
                                Bits.column("act", 0),
                                Bits.column("entry", 46)),
                        2,
                        record.withoutQuorum().stream()
                                .map(act -> Table.Row.of(List.of(
                                        Table.cell(Style.CELL, act.step()),
                                        Table.cell(Style.CELL.with(Ink.MUTED), when.of(act.time())),
                                        Table.cell(Style.CELL_BOLD, act.act()),
                                        Table.cell(Style.MONO_NOTE, "#" + act.seq()))))
                                .toList()));
    }

    private void whoSigned() {
        Tag part = flow.section(Bits.text("section.who_signed"), 60);
        List<SignatureFacts> closing = record.signatures().stream()
                .filter(signature ->
                        signature.target().what().equals(org.quorate.base.Texts.get("record.signed.close")))
                .toList();
        if (closing.isEmpty()) {
            Bits.none(flow, part, "none.closing");
            return;
        }
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(
                                Bits.column("name", 112),
                                Bits.column("roles", 194),
                                Bits.column("meaning", 0),
                                Bits.column("time", 58)),
                        0,
                        closing.stream().map(this::signed).toList()));
    }

    private Table.Row signed(SignatureFacts signature) {
        String roles = record.people().stream()
                .filter(person -> person.name().equals(signature.name()))
                .findFirst()
                .map(person -> String.join(", ", person.who().roles()))
                .orElse("");
        return Table.Row.of(List.of(
                Table.cell(Style.CELL_BOLD, signature.name()),
                Table.cell(roles),
                Table.cell(signature.meaning()),
                Table.cell(Style.CELL.with(Ink.MUTED), when.of(signature.time()))));
    }

    /// The values that people compare: the keys that the ceremony leaves behind, and the head of the ledger.
    private void fingerprints() {
        List<KeyFacts> keys = record.keys().stream().filter(FrontPage::lives).toList();
        // They are compared together, so they stand together; a page holds eight.
        Tag part = flow.section(Bits.text("section.fingerprints"), FINGERPRINT * Math.min(keys.size() + 1, 8) + 9);
        keys.forEach(key -> key.spki()
                .ifPresent(digest -> fingerprint(
                        part,
                        key.label(),
                        Bits.text("key_line", key.definition().spec()),
                        digest)));
        Heading.Heads heads = record.heading().heads();
        fingerprint(part, Bits.text("head"), Bits.text("head_line", heads.endSize()), heads.endRoot());
    }

    private void fingerprint(Tag part, String name, String what, Digest digest) {
        flow.ensure(FINGERPRINT);
        flow.paragraph(part, Paragraph.of(new Run(name + "  ", Style.BODY_BOLD), new Run(what, Style.LABEL)));
        flow.advance(3);
        Bits.digest(flow, part, digest);
        flow.advance(9);
    }

    /// A key that the ceremony leaves behind; those that it destroyed stand further back.
    private static boolean lives(KeyFacts key) {
        return key.spki().isPresent()
                && (key.places().isEmpty()
                        || key.places().stream().anyMatch(place -> place.gone().isEmpty()));
    }

    /// Rows of facts about the ceremony as a whole.
    static List<Table.Row> facts(CeremonyRecord record) {
        Heading heading = record.heading();
        var rows = new ArrayList<Table.Row>();
        rows.add(Bits.fact(
                Bits.text("fact.ceremony"), heading.occasion().ceremony().toString()));
        rows.add(Bits.fact(Bits.text("fact.kind"), heading.occasion().kind().replace('_', ' ')));
        rows.add(Bits.fact(Bits.text("fact.mode"), record.mode()));
        rows.add(Bits.fact(Bits.text("fact.organisation"), heading.occasion().organisation()));
        rows.add(Bits.fact(Bits.text("fact.place"), heading.occasion().place()));
        rows.add(Bits.fact(
                Bits.text("fact.start"), UtcTime.forPeople(heading.timing().start())));
        rows.add(Bits.fact(
                Bits.text("fact.end"),
                heading.timing().end().map(UtcTime::forPeople).orElseGet(() -> Bits.text("not_ended"))));
        rows.add(Bits.fact(
                Bits.text("fact.duration"),
                Bits.text(
                        "planned_actual",
                        heading.timing().planned().map(Durations::words).orElse("–"),
                        heading.timing().actual().map(Durations::words).orElse("–"))));
        rows.add(Bits.hexFact(
                Bits.text("fact.head_start", heading.heads().startSize()),
                heading.heads().startLeaf().hex()));
        rows.add(Bits.hexFact(
                Bits.text("fact.last_entry"), heading.heads().lastLeaf().hex()));
        return rows;
    }
}
