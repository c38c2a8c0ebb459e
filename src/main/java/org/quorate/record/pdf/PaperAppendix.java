package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Texts;
import org.quorate.record.pdf.Tags.Tag;
import org.quorate.script.Script;
import org.quorate.script.Step;

/// What stands behind the steps of the paper script: the values that are read aloud, with room to write down those that
/// only come to be in the ceremony, and the words that somebody may never have heard.
final class PaperAppendix {
    /// In the order of the glossary; each has its word and its meaning among the texts.
    private static final List<String> TERMS = List.of(
            "anchor",
            "checkpoint",
            "digest",
            "exception",
            "head",
            "hsm",
            "ledger",
            "officer",
            "quorum",
            "record",
            "rehearsal",
            "script",
            "so_pin",
            "statement",
            "token",
            "user_pin",
            "witness",
            "words");

    private final Flow flow;
    private final Script script;

    PaperAppendix(Flow flow, Script script) {
        this.flow = flow;
        this.script = script;
    }

    void readAloud() {
        var rows = new ArrayList<Table.Row>();
        script.steps().forEach(step -> {
            switch (step) {
                case Step.ReadScriptDigest s -> rows.add(known(s));
                case Step.ReadFingerprint s ->
                    rows.add(blank(
                            s,
                            PaperScript.text(
                                    "aloud.fingerprint",
                                    script.cast().key(s.key()).label())));
                case Step.SignQuorumFile s -> rows.add(blank(s, PaperScript.text("aloud.file", s.file())));
                case Step.CloseCeremony s -> rows.add(blank(s, PaperScript.text("aloud.head")));
                default -> {
                    // nothing that words are read of
                }
            }
        });
        if (rows.isEmpty()) {
            return;
        }
        flow.newPage();
        Tag part = flow.section(PaperScript.text("section.aloud"));
        flow.paragraph(part, Paragraph.of(Style.BODY, PaperScript.text("aloud")));
        flow.advance(4);
        TablePainter.paint(
                flow,
                part,
                Table.headed(
                                List.of(
                                        new Table.Column(PaperScript.text("step"), 40),
                                        PaperScript.column("value", 150),
                                        PaperScript.column("aloud", 0)),
                                0,
                                rows)
                        .forWriting());
    }

    private Table.Row known(Step step) {
        return Table.Row.of(List.of(
                Table.cell(Style.CELL_BOLD.with(Ink.ACCENT), script.number(step)),
                Table.cell(PaperScript.text("section.digest")),
                Paragraph.words(Style.CELL, script.digest().words().subList(0, 12), 6)));
    }

    private Table.Row blank(Step step, String value) {
        Style high = new Style(Face.SANS, 8.8f, 56, Ink.TEXT);
        return Table.Row.of(List.of(
                Table.cell(Style.CELL_BOLD.with(Ink.ACCENT), script.number(step)),
                Table.cell(value),
                List.of(Paragraph.of(high, ""))));
    }

    void glossary() {
        flow.newPage();
        Tag part = flow.section(PaperScript.text("section.glossary"));
        TablePainter.paint(
                flow,
                part,
                Table.facts(
                        100,
                        TERMS.stream()
                                .map(term -> Bits.fact(
                                        Texts.get("record.term." + term), Texts.get("record.term." + term + ".means")))
                                .toList()));
    }
}
