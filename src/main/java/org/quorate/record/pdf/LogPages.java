package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.quorate.base.Texts;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.Durations;
import org.quorate.record.LogItem;
import org.quorate.record.StepLog;
import org.quorate.record.pdf.Tags.Tag;

/// The whole log: each attempt at each step with everything that was sensed, stated, compared, signed and done.
final class LogPages {
    private final Flow flow;
    private final CeremonyRecord record;
    private final When when;

    LogPages(Flow flow, CeremonyRecord record, When when) {
        this.flow = flow;
        this.record = record;
        this.when = when;
    }

    void write() {
        flow.newPage();
        Tag part = flow.section(Bits.text("section.log"));
        flow.paragraph(part, Paragraph.of(Style.BODY, Bits.text("log.intro")));
        String act = "";
        for (StepLog step : record.steps()) {
            if (!step.place().act().equals(act)) {
                act = step.place().act();
                act(part, step);
            }
            step(part, step);
        }
        if (!record.log().between().isEmpty()) {
            String title = Bits.text("log.between");
            Tag sub = flow.subsection(part, Paragraph.of(Style.SUBSECTION, title), title, 50);
            TablePainter.paint(flow, sub, items(record.log().between()));
        }
    }

    private void act(Tag part, StepLog step) {
        int dot = step.place().number().indexOf('.');
        String number = dot > 0 ? step.place().number().substring(0, dot) : "";
        flow.ensure(150);
        flow.space(18);
        flow.paragraph(
                part,
                Paragraph.of(
                        new Style(Face.SERIF_BOLD, 11.5f, 15, Ink.ACCENT),
                        Bits.text("act", number, step.place().act())));
        flow.advance(-4);
    }

    private void step(Tag part, StepLog step) {
        String title = step.told().title();
        Tag sub = flow.subsection(
                part,
                Paragraph.of(
                        new Run(step.place().number() + "  ", Style.SUBSECTION.with(Ink.ACCENT)),
                        new Run(title, Style.SUBSECTION)),
                step.place().number() + " " + title,
                74);
        flow.paragraph(
                sub,
                Paragraph.of(
                        new Run(result(step) + " ", resultStyle(step)),
                        new Run(
                                attempt(step)
                                        + Bits.text(
                                                "step.line",
                                                step.told().by(),
                                                step.told().witnessedBy(),
                                                Durations.words(step.timing().planned()),
                                                step.timing()
                                                        .actual()
                                                        .map(Durations::words)
                                                        .orElse("–")),
                                Style.LABEL)));
        flow.advance(3);
        say(sub, step);
        for (String text : List.of(step.end().summary(), step.end().problem())) {
            if (!text.isEmpty() && step.end().result() != StepLog.Result.DONE) {
                flow.paragraph(sub, Paragraph.of(Style.BODY_BOLD.with(Ink.WARN), text));
            }
        }
        if (!step.items().isEmpty()) {
            flow.advance(3);
            TablePainter.paint(flow, sub, items(step.items()));
        }
    }

    private static String attempt(StepLog step) {
        return step.attempt() > 1 ? Bits.text("attempt", step.attempt()) + " · " : "";
    }

    /// What was read aloud is set apart in serif, with a line beside it.
    private void say(Tag sub, StepLog step) {
        if (step.told().say().isBlank()) {
            return;
        }
        Sheet sheet = flow.sheet();
        float top = flow.y();
        for (Paragraph line : Paragraph.lines(Style.SAY, step.told().say())) {
            flow.paragraph(sub, "P", line, 12, Flow.WIDTH - 12);
        }
        if (flow.sheet().equals(sheet)) {
            sheet.beginArtifact();
            sheet.fill(Ink.RULE, Flow.LEFT, top + 2, 1.2f, flow.y() - top - 3);
            sheet.end();
        }
        flow.advance(2);
    }

    private static String result(StepLog step) {
        return Bits.text("result." + step.end().result().name().toLowerCase(Locale.ROOT))
                + (step.late() ? Bits.text("late") : "");
    }

    private static Style resultStyle(StepLog step) {
        Style style = new Style(Face.SANS_BOLD, 8.4f, 12.4f, Ink.TEXT);
        return step.end().result() == StepLog.Result.DONE && !step.late() ? style : style.with(Ink.WARN);
    }

    private Table items(List<LogItem> items) {
        return Table.plain(
                List.of(
                        new Table.Column("", 54),
                        new Table.Column("", 62),
                        new Table.Column("", 0),
                        new Table.Column("", 30)),
                1,
                items.stream().map(this::item).toList());
    }

    private Table.Row item(LogItem item) {
        var text = new ArrayList<Paragraph>();
        text.add(Bits.mixed(item.mark() == LogItem.Mark.STATEMENT ? Style.CELL_BOLD : Style.CELL, item.text()));
        item.notes().forEach(note -> text.add(Bits.mixed(Style.NOTE, note)));
        return new Table.Row(
                List.of(
                        Table.cell(Style.NOTE, when.of(item.time())),
                        Table.cell(
                                mark(item),
                                Texts.get("record.mark." + item.mark().name().toLowerCase(Locale.ROOT))),
                        text,
                        List.of(Paragraph.of(Style.MONO_NOTE, "#" + item.seq()))),
                item.deviates());
    }

    private static Style mark(LogItem item) {
        Style style = new Style(Face.SANS_BOLD, 8.2f, 12.2f, Ink.ACCENT);
        return item.deviates() ? style.with(Ink.WARN) : style;
    }
}
