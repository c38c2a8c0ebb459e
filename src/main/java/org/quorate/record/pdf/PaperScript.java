package org.quorate.record.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.quorate.base.Fingerprints;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.record.Attachments;
import org.quorate.record.Durations;
import org.quorate.record.StepActs;
import org.quorate.record.pdf.Tags.Tag;
import org.quorate.script.Act;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.approval.OnPaper;
import org.quorate.script.approval.ScriptApproval;

/// The approved script on paper: what people sign beforehand, fill in during the ceremony, and compare with the screen.
public final class PaperScript {
    private static final float LABELS = 118;
    private static final float FORM = 26;

    private final Flow flow;
    private final Script script;
    private final OnPaper approval;

    private PaperScript(Flow flow, Script script, OnPaper approval) {
        this.flow = flow;
        this.script = script;
        this.approval = approval;
    }

    /// @param made the date in the metadata; the pages carry none
    public static byte[] pdf(Script script, OnPaper approval, Instant made) {
        try (var document = new PDDocument()) {
            var flow = new Flow(new Fonts(document), new Tags());
            new PaperScript(flow, script, approval).write();
            var metadata = new Metadata(
                    text("title", script.title(), script.version()),
                    text(
                            "subject",
                            script.id(),
                            script.version(),
                            script.digest().hex()),
                    script.kind(),
                    Metadata.PRODUCER,
                    made);
            var source = new Attachments.File(
                    Attachments.SCRIPT,
                    "text/yaml",
                    Attachments.Relation.SOURCE,
                    Texts.get("record.file.script"),
                    script.source());
            return new Assembly(document, flow, metadata).bytes(files(source, script), "");
        } catch (IOException e) {
            throw new UncheckedIOException("a script is printed in memory", e);
        }
    }

    private static List<Attachments.File> files(Attachments.File source, Script script) {
        var files = new ArrayList<Attachments.File>();
        files.add(source);
        script.parts().forEach(part -> files.add(Attachments.part(part.file(), part.bytes())));
        return files;
    }

    static String text(String key, Object... values) {
        return Texts.get("record.paper." + key, values);
    }

    private void write() {
        cover();
        people();
        cast();
        new PaperKeys(flow, script).write();
        steps();
        var appendix = new PaperAppendix(flow, script);
        appendix.readAloud();
        sheet(1);
        sheet(2);
        appendix.glossary();
        String digest = Fingerprints.groups(script.digest().hex().substring(0, 16));
        new Furniture(
                        script.title(),
                        script.id() + " " + script.version() + " · "
                                + script.document().classification(),
                        false,
                        Texts.get("record.digest.begins", digest))
                .draw(flow.fonts(), flow.sheets());
    }

    private void cover() {
        Tag root = flow.root();
        flow.bookmarks().add(1, script.title(), flow.sheet(), flow.y());
        flow.advance(30);
        flow.paragraph(root, Paragraph.of(Style.COLUMN, text("over_title")));
        flow.advance(5);
        flow.paragraph(root, "H1", Paragraph.of(Style.TITLE, script.title()), 0, Flow.WIDTH);
        flow.advance(5);
        int minutes = script.plannedMinutes();
        flow.paragraph(
                root,
                Paragraph.of(
                        Style.BODY.with(Ink.MUTED),
                        text("version", script.version(), script.id(), Durations.ofMinutes(minutes))));
        flow.advance(6);
        flow.paragraph(root, Paragraph.of(Style.BODY, text("print")));
        Tag digest = flow.section(text("section.digest"), 60);
        Bits.digest(flow, digest, script.digest());
        Tag document = flow.section(text("section.document"));
        TablePainter.paint(flow, document, Table.facts(LABELS, ThingsPages.documentFacts(script.document())));
        waivers();
        Tag approvals = flow.section(text("approval"), 120);
        boolean approved = !approval.approvers().isEmpty();
        flow.paragraph(approvals, Paragraph.of(approved ? Style.BODY : Style.BODY_BOLD, approval.words()));
        flow.advance(4);
        if (approved) {
            signed(approvals);
            return;
        }
        flow.paragraph(approvals, Paragraph.of(Style.BODY, text("approval.intro")));
        flow.advance(4);
        var rows = new ArrayList<Table.Row>();
        script.document().approvers().forEach(name -> rows.add(form(List.of(name, "", ""))));
        TablePainter.paint(
                flow,
                approvals,
                Table.headed(List.of(column("printed", 180), column("signature", 0), column("time", 100)), 0, rows)
                        .forWriting());
    }

    /// Whose cards approved this very file.
    private void signed(Tag part) {
        var rows = new ArrayList<Table.Row>();
        for (ScriptApproval.Approver approver : approval.approvers()) {
            rows.add(Table.Row.of(List.of(
                    Table.cell(Style.CELL_BOLD, approver.name()),
                    Table.cell(String.join(", ", approver.roles()).replace('_', ' ')),
                    Table.cell(UtcTime.forPeople(approver.at())))));
        }
        TablePainter.paint(
                flow,
                part,
                Table.headed(List.of(column("printed", 180), column("role", 0), column("time", 140)), 0, rows));
    }

    private void waivers() {
        if (!script.waivers().isEmpty()) {
            Tag part = flow.section(text("section.waivers"));
            flow.paragraph(part, Paragraph.of(Style.BODY, text("waivers")));
            TablePainter.paint(flow, part, Bits.waivers(script.waivers()));
        }
    }

    /// A row high enough to write in.
    static Table.Row form(List<String> texts) {
        var cells = new ArrayList<List<Paragraph>>();
        for (String text : texts) {
            cells.add(List.of(Paragraph.of(new Style(Face.SANS, 8.8f, FORM, Ink.TEXT), text)));
        }
        return Table.Row.of(cells);
    }

    static Table.Column column(String key, float width) {
        return new Table.Column(text("column." + key), width);
    }

    private void people() {
        flow.newPage();
        Tag part = flow.section(text("section.people"));
        flow.paragraph(part, Paragraph.of(Style.BODY, text("people")));
        flow.advance(4);
        var rows = new ArrayList<Table.Row>();
        script.cast().roles().values().forEach(role -> {
            for (int i = 0; i < role.count(); i++) {
                rows.add(form(List.of(role.title(), "", "", "", "")));
            }
        });
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                                List.of(
                                        column("role", 118),
                                        column("printed", 0),
                                        column("identity", 98),
                                        column("initial", 48),
                                        column("time", 48)),
                                0,
                                rows)
                        .forWriting());
    }

    private void cast() {
        Tag part = flow.section(text("section.roles"));
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                        List.of(column("role", 140), column("count", 48), column("duty", 0)),
                        0,
                        script.cast().roles().values().stream()
                                .map(role -> Table.Row.of(List.of(
                                        Table.cell(Style.CELL_BOLD, role.title()),
                                        Table.cell(Integer.toString(role.count())),
                                        Table.cell(role.duty()))))
                                .toList()));
        flow.advance(6);
        script.cast()
                .quorums()
                .forEach((name, quorum) -> flow.paragraph(
                        part,
                        Paragraph.of(
                                Style.BODY,
                                text(
                                        "quorum",
                                        name.replace('_', ' '),
                                        quorum.m(),
                                        String.join(
                                                ", ",
                                                quorum.roles().stream()
                                                        .map(role -> script.cast()
                                                                .role(role)
                                                                .title())
                                                        .toList())))));
        Tag tokens = flow.section(text("section.tokens"), 60);
        TablePainter.paint(
                flow,
                tokens,
                Table.facts(
                        LABELS,
                        script.cast().tokens().values().stream()
                                .map(token -> Bits.fact(token.title(), text(state(token))))
                                .toList()));
    }

    private static String state(Script.TokenSpec token) {
        return switch (token.state()) {
            case FACTORY -> "factory";
            case IN_SERVICE -> "in_service";
        };
    }

    private void steps() {
        flow.newPage();
        Tag part = flow.section(text("section.steps"));
        int number = 0;
        for (Act act : script.acts()) {
            number++;
            String title = Bits.text("act", number, act.title());
            Tag sub = flow.subsection(
                    part, Paragraph.of(new Style(Face.SERIF_BOLD, 11.5f, 15, Ink.ACCENT), title), title, 120);
            act.from()
                    .ifPresent(used -> flow.paragraph(
                            sub,
                            Paragraph.of(
                                    Style.NOTE,
                                    text("from_part", used.file(), used.digest().grouped()))));
            TablePainter.paint(
                    flow,
                    sub,
                    Table.headed(
                                    List.of(
                                            new Table.Column(text("step"), 40),
                                            new Table.Column(text("activity"), 0),
                                            column("initial", 58),
                                            column("time", 58)),
                                    0,
                                    act.steps().stream().map(this::step).toList())
                            .forWriting());
        }
    }

    private Table.Row step(Step step) {
        var activity = new ArrayList<Paragraph>();
        activity.add(Paragraph.of(Style.CELL_BOLD, step.title()));
        Step.Head head = step.head();
        activity.add(Paragraph.of(
                Style.NOTE,
                text(
                        "by",
                        script.cast().role(head.by()).title(),
                        script.cast().role(head.witnessedBy()).title(),
                        Durations.ofMinutes(head.minutes()))));
        StepActs.only(step, script)
                .ifPresent(only -> activity.add(
                        Paragraph.of(Style.CELL_BOLD.with(Ink.ACCENT), only).after(2)));
        Style say = new Style(Face.SERIF, 9, 12.8f, Ink.TEXT);
        Paragraph.lines(say, head.say()).forEach(line -> activity.add(line.after(2)));
        if (step instanceof Step.Confirm confirm) {
            activity.add(
                    Paragraph.of(new Run(text("statement") + " ", Style.NOTE), new Run(confirm.statement(), Style.CELL))
                            .after(2));
            confirm.enter()
                    .forEach(field -> activity.add(Paragraph.of(Style.CELL, text("enter", field.label()))
                            .after(4)));
        }
        if (step instanceof Step.Decide decision) {
            decision.question().ifPresent(question -> activity.add(Paragraph.of(Style.CELL, question)));
            decision.paths()
                    .forEach(path -> activity.add(
                            Paragraph.of(Style.CELL, text("path", path.label())).after(2)));
        }
        if (step instanceof Step.ReadScriptDigest) {
            activity.addAll(Paragraph.hex(Style.MONO, script.digest().hex(), 8));
            Paragraph.words(Style.CELL, script.digest().words(), 8).forEach(activity::add);
        }
        activity.add(Paragraph.of(new Run(StepActs.does(step, script.cast()), Style.NOTE.with(Ink.TEXT)))
                .after(2));
        return Table.Row.of(List.of(
                Table.cell(Style.CELL_BOLD.with(Ink.ACCENT), script.number(step)),
                activity,
                Table.cell(""),
                Table.cell("")));
    }

    private void sheet(int number) {
        flow.newPage();
        Tag part = flow.section(text("sheet", number));
        flow.paragraph(part, Paragraph.of(Style.BODY, text("sheet.intro")));
        flow.advance(10);
        box(part, "sheet.step", 46);
        box(part, "sheet.expected", 118);
        box(part, "sheet.happened", 150);
        box(part, "sheet.decided", 118);
        box(part, "sheet.decided_by", 46);
        box(part, "sheet.witnessed_by", 46);
    }

    private void box(Tag part, String label, float height) {
        float top = flow.y();
        flow.advance(5);
        flow.paragraph(part, "P", Paragraph.of(Style.LABEL, text(label)), 8, Flow.WIDTH - 16);
        flow.advance(top + height - flow.y());
        flow.sheet().beginArtifact();
        flow.sheet().frame(Ink.RULE, 0.6f, Flow.LEFT, top, Flow.WIDTH, height);
        flow.sheet().end();
        flow.advance(8);
    }
}
