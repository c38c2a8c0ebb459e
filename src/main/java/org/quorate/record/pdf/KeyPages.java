package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Fingerprints;
import org.quorate.base.Texts;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.CertificateFacts;
import org.quorate.record.KeyFacts;
import org.quorate.record.RevocationFacts;
import org.quorate.record.pdf.Tags.Tag;

/// Each key: where it is, its fingerprint, and every attribute as asked and as reported.
final class KeyPages {
    private static final float LABELS = 118;

    private final Flow flow;
    private final CeremonyRecord record;
    private final When when;

    KeyPages(Flow flow, CeremonyRecord record, When when) {
        this.flow = flow;
        this.record = record;
        this.when = when;
    }

    void write() {
        Tag part = flow.section(Bits.text("section.keys"));
        if (record.keys().isEmpty()) {
            Bits.none(flow, part, "none.keys");
        }
        record.keys().forEach(key -> key(part, key));
        certificates();
    }

    private void key(Tag part, KeyFacts key) {
        String title = key.label().equals(key.name()) ? key.label() : key.label() + " (" + key.name() + ")";
        var rows = new ArrayList<Table.Row>();
        rows.add(Bits.fact(Bits.text("fact.spec"), key.definition().spec()));
        rows.add(Bits.fact(Bits.text("fact.purpose"), key.definition().purpose()));
        key.definition().used().ifPresent(used -> rows.add(Bits.fact(Bits.text("fact.cryptoperiod"), used)));
        key.spki().ifPresent(digest -> {
            rows.add(Bits.hexFact(Bits.text("fact.spki"), digest.hex()));
            rows.add(Bits.fact(Bits.text("fact.words"), Paragraph.words(Style.CELL, digest.words(), 8)));
        });
        for (KeyFacts.Place place : key.places()) {
            rows.add(Bits.fact(Bits.text("fact.on", place.role()), place(place)));
        }
        Table table = Table.facts(LABELS, rows);
        Tag sub = Bits.subsection(flow, part, title, table);
        TablePainter.paint(flow, sub, table);
        key.reports().forEach(report -> report(sub, report));
    }

    private List<Paragraph> place(KeyFacts.Place place) {
        return List.of(
                Paragraph.of(Style.CELL, Bits.text("place_line", place.serial(), place.how(), when.of(place.since()))),
                Paragraph.of(Style.MONO, "CKA_ID " + Fingerprints.groups(place.keyId())),
                Paragraph.of(
                        place.gone().isPresent() ? Style.CELL_BOLD : Style.NOTE,
                        place.gone()
                                .map(moment -> Bits.text("gone", when.of(moment)))
                                .orElseGet(() -> Bits.text("still_there"))));
    }

    private void report(Tag part, KeyFacts.Report report) {
        Table table = Table.headed(
                        List.of(
                                Bits.column("attribute", 190),
                                Bits.column("asked", 88),
                                Bits.column("reported", 88),
                                Bits.column("state", 0)),
                        0,
                        report.attributes().stream().map(KeyPages::attribute).toList())
                .dense();
        flow.space(10);
        flow.ensure(Math.min(TablePainter.height(flow, table) + 16, 190));

        flow.paragraph(
                part,
                new Paragraph(
                        List.of(
                                new Run(report.object().kind() + " ", Style.CELL_BOLD),
                                new Run(
                                        Bits.text("report", report.role(), when.of(report.time()), report.seq()),
                                        Style.LABEL)),
                        0));
        flow.advance(1);
        TablePainter.paint(flow, part, table);
    }

    private static Table.Row attribute(KeyFacts.Attribute line) {
        boolean plain = line.isPlain();
        return new Table.Row(
                List.of(
                        Table.cell(Style.MONO, line.name()),
                        Table.cell(value(line.asked(), "not_asked")),
                        Table.cell(value(line.reported(), "not_reported")),
                        Table.cell(
                                plain ? Style.CELL : Style.CELL_BOLD.with(Ink.WARN),
                                Bits.text("state." + line.state()))),
                !plain);
    }

    private static String value(Optional<Boolean> value, String otherwise) {
        return value.map(Object::toString).orElseGet(() -> Bits.text(otherwise));
    }

    private void certificates() {
        Tag part = flow.section(Bits.text("section.certificates"));
        if (record.certificates().isEmpty()) {
            Bits.none(flow, part, "none.certificates");
        }
        int number = 1;
        for (CertificateFacts certificate : record.certificates()) {
            String title = Bits.text("certificate", number++, certificate.key());
            var rows = new ArrayList<>(List.of(
                    Bits.fact(Bits.text("fact.subject"), certificate.named().subject()),
                    Bits.fact(Bits.text("fact.issuer"), certificate.named().issuer()),
                    Bits.fact(
                            Bits.text("fact.serial"),
                            Table.cell(Style.MONO, certificate.named().serial())),
                    Bits.fact(
                            Bits.text("fact.validity"),
                            Bits.text(
                                    "validity",
                                    certificate.validity().notBefore(),
                                    certificate.validity().notAfter())),
                    Bits.hexFact(
                            Texts.get("record.module.sha256"),
                            certificate.sha256().hex())));
            certificate.asked().ifPresent(asked -> {
                rows.add(Bits.fact(Bits.text("fact.profile"), asked.profile()));
                if (!asked.names().isEmpty()) {
                    rows.add(Bits.fact(Bits.text("fact.names"), asked.names()));
                }
                rows.add(Bits.hexFact(Bits.text("fact.request"), asked.request().hex()));
            });
            Table table = Table.facts(LABELS, rows);
            TablePainter.paint(flow, Bits.subsection(flow, part, title, table), table);
        }
        if (!record.revocations().isEmpty()) {
            revocations();
        }
    }

    private void revocations() {
        Tag part = flow.section(Bits.text("section.revocations"));
        for (RevocationFacts list : record.revocations()) {
            var rows = new ArrayList<>(List.of(
                    Bits.fact(Bits.text("fact.issuer"), list.named().issuer()),
                    Bits.fact(
                            Bits.text("fact.validity"),
                            Bits.text(
                                    "validity",
                                    list.validity().notBefore(),
                                    list.validity().notAfter())),
                    Bits.hexFact(
                            Texts.get("record.module.sha256"),
                            list.named().sha256().hex())));
            if (list.revoked().isEmpty()) {
                rows.add(Bits.fact(Bits.text("fact.revoked"), Bits.text("none.revoked")));
            }
            for (RevocationFacts.Line line : list.revoked()) {
                rows.add(Bits.fact(
                        Bits.text("fact.revoked"),
                        List.of(
                                Paragraph.of(Style.MONO, line.serial()),
                                Paragraph.of(Style.CELL, Bits.text("revoked_line", line.since(), line.reason())))));
            }
            Table table = Table.facts(LABELS, rows);
            String title = Bits.text("revocations", list.named().number(), list.key());
            TablePainter.paint(flow, Bits.subsection(flow, part, title, table), table);
        }
    }
}
