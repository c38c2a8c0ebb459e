package org.quorate.record.pdf;

import org.quorate.base.Fingerprints;
import org.quorate.base.Texts;
import org.quorate.record.Attachments;
import org.quorate.record.CeremonyRecord;

/// What a record shows, in order: the page a reader must judge, then who and what was there, the keys, the whole log,
/// and how to check it all.
final class RecordPages {
    private final CeremonyRecord record;
    private final Attachments attachments;

    RecordPages(CeremonyRecord record, Attachments attachments) {
        this.record = record;
        this.attachments = attachments;
    }

    void write(Flow flow) {
        var when = new When(record.heading().timing().start());
        new FrontPage(flow, record, when).write();
        new ThingsPages(flow, record, when).write();
        new KeyPages(flow, record, when).write();
        new LogPages(flow, record, when).write();
        new SignaturePages(flow, record, when).write();
        new ClosingPages(flow, record, attachments).write();
        furniture().draw(flow.fonts(), flow.sheets());
    }

    private Furniture furniture() {
        var occasion = record.heading().occasion();
        String head = record.heading().heads().endRoot().hex().substring(0, 16);
        return new Furniture(
                occasion.title(),
                occasion.organisation() + " · " + record.mode(),
                occasion.rehearsal(),
                Texts.get("record.head.begins", Fingerprints.groups(head)));
    }

    Metadata metadata() {
        var occasion = record.heading().occasion();
        String day = When.day(record.heading().timing().start());
        return new Metadata(
                Texts.get("record.pdf.title", occasion.title(), day),
                Texts.get(
                        occasion.rehearsal() ? "record.pdf.subject.rehearsal" : "record.pdf.subject.live",
                        occasion.ceremony(),
                        record.heading().script().digest().hex()),
                Texts.get(
                        "record.pdf.keywords",
                        occasion.rehearsal() ? "REHEARSAL" : "LIVE",
                        occasion.kind(),
                        occasion.ceremony()),
                record.heading().program().name() + " "
                        + record.heading().program().version(),
                record.heading().timing().lastEntry());
    }
}
