package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Texts;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.Template;
import org.quorate.record.pdf.Tags.Tag;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Script;

/// The keys of a paper script with every attribute that will be asked for them.
final class PaperKeys {
    private final Flow flow;
    private final Script script;

    PaperKeys(Flow flow, Script script) {
        this.flow = flow;
        this.script = script;
    }

    void write() {
        if (script.cast().keys().isEmpty()) {
            return;
        }
        Tag part = flow.section(PaperScript.text("section.keys"));
        flow.paragraph(part, Paragraph.of(Style.BODY, PaperScript.text("keys")));
        for (KeyDefinition key : script.cast().keys().values()) {
            key(part, key);
        }
    }

    /// One half of a key and every attribute that is asked for it.
    private record Half(String name, Template template) {}

    private static List<Half> halves(KeyDefinition key) {
        KeyPurpose purpose = key.purpose();
        String label = key.label();
        return switch (purpose) {
            case CERTIFICATE_AUTHORITY ->
                List.of(
                        new Half("private", purpose.privateHalf(label)),
                        new Half("public", purpose.publicHalf(label)),
                        new Half("copy", key.copy()));
            case TRANSPORT ->
                List.of(
                        new Half("private", purpose.privateHalf(label)),
                        new Half("public", purpose.publicHalf(label)),
                        new Half("trusted", purpose.trustedPublicHalf(label)));
            case SIGNING ->
                List.of(new Half("private", purpose.privateHalf(label)), new Half("public", purpose.publicHalf(label)));
            case WRAPPING, UNWRAPPING -> List.of(new Half("secret", purpose.secretKey(label)));
            case DATA_ENCRYPTION, KEY_ENCRYPTION, MESSAGE_AUTHENTICATION ->
                List.of(new Half("secret", purpose.secretKey(label)), new Half("copy", key.copy()));
        };
    }

    /// Attributes down, halves across; an attribute that does not belong to a half stays empty there.
    private void key(Tag part, KeyDefinition key) {
        List<Half> halves = halves(key);
        var columns = new ArrayList<Table.Column>();
        columns.add(Bits.column("attribute", 160));
        float width = (Flow.WIDTH - 160) / halves.size();
        halves.forEach(half -> columns.add(new Table.Column(PaperScript.text("half." + half.name()), width)));
        var rows = new ArrayList<Table.Row>();
        for (org.quorate.hsm.Attribute attribute : org.quorate.hsm.Attribute.values()) {
            if (halves.stream().allMatch(half -> half.template().get(attribute).isEmpty())) {
                continue;
            }
            var cells = new ArrayList<List<Paragraph>>();
            cells.add(Table.cell(Style.MONO, attribute.cka()));
            halves.forEach(half -> cells.add(half.template()
                    .get(attribute)
                    .map(value -> Table.cell(value ? Style.CELL_BOLD : Style.CELL, value.toString()))
                    .orElseGet(() -> Table.cell(Style.CELL.with(Ink.MUTED), "–"))));
            rows.add(Table.Row.of(cells));
        }
        String title = PaperScript.text("key", key.label(), key.spec().text());
        Table table = Table.headed(columns, 0, rows).dense();
        Tag sub = flow.subsection(
                part,
                Paragraph.of(Style.SUBSECTION, title),
                title,
                Math.min(TablePainter.height(flow, table) + 20, 330));
        flow.paragraph(
                sub,
                Paragraph.of(
                        Style.LABEL, Texts.get("record.purpose." + key.purpose().wire())));
        TablePainter.paint(flow, sub, table);
    }
}
