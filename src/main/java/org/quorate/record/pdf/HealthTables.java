package org.quorate.record.pdf;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.quorate.record.Equipment;
import org.quorate.record.pdf.Tags.Tag;

/// How a token was: its random bytes, what it denied, and how fast it answered.
final class HealthTables {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private final Flow flow;
    private final Tag parent;

    HealthTables(Flow flow, Tag parent) {
        this.flow = flow;
        this.parent = parent;
    }

    void paint(Equipment.Health health) {
        if (!health.tests().isEmpty()) {
            heading("health.random");
            TablePainter.paint(flow, parent, trials("health.test", "health.found", "health.limit", health.tests()));
        }
        if (!health.denied().isEmpty()) {
            heading("health.denied");
            TablePainter.paint(flow, parent, denied(health.denied()));
        }
        if (!health.speeds().isEmpty()) {
            heading("health.speed");
            TablePainter.paint(flow, parent, speeds(health.speeds()));
            flow.advance(4);
            flow.paragraph(parent, Paragraph.of(Style.NOTE, Bits.text("health.histogram_note")));
        }
    }

    private void heading(String key) {
        flow.advance(8);
        flow.ensure(70);
        flow.paragraph(parent, Paragraph.of(Style.LABEL, Bits.text(key)));
    }

    private static Table trials(String what, String found, String against, List<Equipment.Trial> trials) {
        return Table.headed(
                List.of(
                        Bits.column(what, 120),
                        Bits.column("result", 62),
                        Bits.column(found, 70),
                        Bits.column(against, 0)),
                0,
                trials.stream()
                        .map(trial -> new Table.Row(
                                List.of(
                                        Table.cell(trial.name()),
                                        verdict(trial.passed(), "passed", "failed"),
                                        Table.cell(trial.found()),
                                        Table.cell(trial.against())),
                                !trial.passed()))
                        .toList());
    }

    private static Table denied(List<Equipment.Trial> trials) {
        return Table.headed(
                List.of(Bits.column("health.operation", 200), Bits.column("result", 62), Bits.column("detail", 0)),
                0,
                trials.stream()
                        .map(trial -> new Table.Row(
                                List.of(
                                        Table.cell(trial.name()),
                                        verdict(trial.passed(), "was_denied", "not_denied"),
                                        Table.cell(trial.found())),
                                !trial.passed()))
                        .toList());
    }

    private static List<Paragraph> verdict(boolean good, String yes, String no) {
        return Table.cell(Style.CELL_BOLD.with(good ? Ink.TEXT : Ink.WARN), Bits.text("health." + (good ? yes : no)));
    }

    private static Table speeds(List<Equipment.Speed> speeds) {
        return Table.headed(
                List.of(
                        Bits.column("health.operation", 112),
                        Bits.column("health.calls", 40),
                        Bits.column("health.per_second", 52),
                        Bits.column("health.p50", 52),
                        Bits.column("health.p95", 52),
                        Bits.column("health.p99", 52),
                        Bits.column("health.histogram", 0)),
                0,
                speeds.stream().map(HealthTables::speed).toList());
    }

    private static Table.Row speed(Equipment.Speed speed) {
        return new Table.Row(
                List.of(
                        Table.cell(speed.operation()),
                        Table.cell(String.valueOf(speed.calls())),
                        Table.cell(String.valueOf(speed.perSecond())),
                        Table.cell(millis(speed.percentiles().get(0))),
                        Table.cell(millis(speed.percentiles().get(1))),
                        Table.cell(millis(speed.percentiles().get(2))),
                        List.of(Paragraph.of(Style.MONO, bars(speed.histogram())))),
                false);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f ms", micros / 1000.0);
    }

    /// One bar for each class, as high as its share of the fullest; a class without calls has a dot.
    static String bars(List<Long> histogram) {
        long most = Math.max(1, Collections.max(histogram));
        var text = new StringBuilder();
        for (long count : histogram) {
            long height = Math.ceilDiv(count * BARS.length(), most);
            text.append(count == 0 ? '·' : BARS.charAt(Math.toIntExact(height) - 1));
        }
        return text.toString();
    }
}
