package org.quorate.record.pdf;

import static org.quorate.record.pdf.FoundingRecord.text;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.ledger.TrustFile;
import org.quorate.record.FoundingStory;
import org.quorate.record.pdf.Tags.Tag;

/// The pages of a founding record: what is to be kept comes first, for it is why there is paper at all.
final class FoundingPages {
    private static final float LABELS = 118;
    private static final float QR = 148;
    private static final int COLUMNS = 6;

    private final Flow flow;
    private final FoundingStory story;
    private final Json.Obj site;

    FoundingPages(Flow flow, FoundingStory story) {
        this.flow = flow;
        this.story = story;
        this.site = story.said().object("site");
    }

    void write() {
        cover();
        keep();
        founders();
        console();
        tokens();
    }

    private void cover() {
        Tag root = flow.root();
        flow.bookmarks().add(1, text("title", story.name()), flow.sheet(), flow.y());
        flow.advance(16);
        flow.paragraph(root, Paragraph.of(Style.COLUMN, text("over_title")));
        flow.advance(4);
        flow.paragraph(root, "H1", Paragraph.of(Style.TITLE, story.name()), 0, Flow.WIDTH);
        flow.advance(4);
        flow.paragraph(
                root,
                Paragraph.of(
                        Style.BODY.with(Ink.MUTED), text("where", site.string("organisation"), site.string("place"))));
        flow.advance(6);
        flow.paragraph(
                root,
                Paragraph.of(
                        Style.BODY,
                        text(
                                "lead",
                                UtcTime.forPeople(story.at()),
                                story.founders().stream()
                                        .map(FoundingStory.Founder::person)
                                        .distinct()
                                        .count(),
                                story.genesis().m(),
                                story.genesis().n())));
    }

    private void keep() {
        TrustFile trust = story.trust();
        Tag part = flow.section(text("section.keep"));
        flow.paragraph(part, Paragraph.of(Style.BODY, text("keep")));
        flow.advance(4);
        TablePainter.paint(flow, part, Bits.trust(LABELS, trust));
        words(part, "words.genesis", trust.genesis());
        words(part, "words.console_key", trust.consoleKey());
        flow.advance(10);
        QrFigure.draw(
                flow,
                part,
                trust.toJson().text(),
                text("qr.alt", trust.ledger(), trust.genesis().hex()),
                QR);
        flow.paragraph(part, Paragraph.of(Style.NOTE, text("qr")));
    }

    /// All 24 words, numbered so that a lost place is found again.
    private void words(Tag part, String title, Digest digest) {
        var rows = new ArrayList<Table.Row>();
        List<String> words = digest.words();
        for (int from = 0; from < words.size(); from += COLUMNS) {
            var cells = new ArrayList<List<Paragraph>>();
            for (int i = from; i < from + COLUMNS; i++) {
                cells.add(List.of(
                        Paragraph.of(new Run(i + 1 + " ", Style.NOTE), new Run(words.get(i), Style.BODY_BOLD))));
            }
            rows.add(Table.Row.of(cells));
        }
        var columns = new ArrayList<Table.Column>();
        for (int i = 0; i < COLUMNS; i++) {
            columns.add(new Table.Column(Bits.text("column.word"), Flow.WIDTH / COLUMNS));
        }
        Table table = Table.plain(columns, 0, rows);
        flow.advance(8);
        flow.ensure(TablePainter.height(flow, table) + 20);
        flow.paragraph(part, Paragraph.of(Style.LABEL, text(title)));
        flow.advance(2);
        TablePainter.paint(flow, part, table);
    }

    private void founders() {
        Tag part = flow.section(text("section.founders"), 160);
        flow.paragraph(
                part,
                Paragraph.of(
                        Style.BODY,
                        text("founders", story.genesis().m(), story.genesis().n())));
        for (FoundingStory.Founder founder : story.founders()) {
            X509Certificate certificate = founder.certificate();
            Table table = Table.facts(
                    LABELS,
                    List.of(
                            Bits.fact(text("fact.person"), founder.person()),
                            Bits.fact(text("fact.organisation"), founder.organisation()),
                            Bits.fact(
                                    text("fact.roles"),
                                    String.join(", ", founder.key().roles()).replace('_', ' ')),
                            Bits.fact(text("fact.card"), founder.card()),
                            Bits.fact(
                                    text("fact.subject"),
                                    VisibleText.of(certificate
                                            .getSubjectX500Principal()
                                            .getName())),
                            Bits.fact(
                                    text("fact.issuer"),
                                    VisibleText.of(
                                            certificate.getIssuerX500Principal().getName())),
                            Bits.fact(
                                    text("fact.serial"),
                                    certificate.getSerialNumber().toString(16)),
                            Bits.hexFact(
                                    text("fact.fingerprint"),
                                    Certificates.digest(certificate).hex()),
                            Bits.hexFact(text("fact.key"), founder.key().id().hex()),
                            Bits.fact(
                                    text("fact.signed"),
                                    founder.signed().map(UtcTime::forPeople).orElse(text("not_signed")))));
            Tag sub = Bits.subsection(flow, part, founder.name(), table);
            TablePainter.paint(flow, sub, table);
        }
    }

    private void console() {
        Json.Obj console = story.said().object("console");
        Tag part = flow.section(text("section.console"), 200);
        flow.paragraph(part, Paragraph.of(Style.BODY, text("console")));
        flow.advance(4);
        var rows = new ArrayList<>(token(console));
        rows.add(Bits.fact(text("fact.keeper"), console.string("keeper")));
        rows.add(Bits.fact(text("fact.place"), console.string("place")));
        rows.add(Bits.fact(text("fact.loss"), console.string("loss")));
        story.recordCertificate()
                .ifPresent(digest -> rows.add(Bits.hexFact(text("fact.record_certificate"), digest.hex())));
        TablePainter.paint(flow, part, Table.facts(LABELS, rows));
    }

    private static List<Table.Row> token(Json.Obj token) {
        Json.Obj module = token.object("module");
        return List.of(
                Bits.fact(text("fact.token"), token.string("serial")),
                Bits.fact(text("fact.label"), token.string("label")),
                Bits.fact(text("fact.model"), token.string("model")),
                Bits.fact(
                        text("fact.module"),
                        text(
                                "module",
                                module.string("path"),
                                module.string("manufacturer"),
                                module.string("description"),
                                module.string("version"))),
                Bits.hexFact(text("fact.module_digest"), module.string("sha256")),
                Bits.fact(text("fact.protection"), text("protection." + module.string("protection"))));
    }

    private void tokens() {
        Tag part = flow.section(text("section.tokens"));
        List<Json.Obj> tokens = story.said().objects("tokens");
        flow.paragraph(part, Paragraph.of(Style.BODY, text(tokens.isEmpty() ? "no_tokens" : "tokens")));
        for (Json.Obj token : tokens) {
            Table table = Table.facts(LABELS, token(token));
            Tag sub = Bits.subsection(flow, part, token.string("role"), table);
            TablePainter.paint(flow, sub, table);
        }
    }
}
