package org.quorate.record.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.record.ShareSheet;
import org.quorate.record.pdf.Tags.Tag;

/// A share of a key on one sheet of paper: words and a QR code of the same words, what the sheet is and of which key,
/// and room for the bag number and signatures. Whoever has the file has the share, so that it is made in memory and
/// handed out at once.
public final class SharePaper {
    private static final float LABELS = 130;
    private static final int A_LINE = 5;
    private static final float QR = 120;

    private final Flow flow;
    private final ShareSheet sheet;

    private SharePaper(Flow flow, ShareSheet sheet) {
        this.flow = flow;
        this.sheet = sheet;
    }

    public static byte[] pdf(ShareSheet sheet) {
        try (var document = new PDDocument()) {
            var flow = new Flow(new Fonts(document), new Tags());
            new SharePaper(flow, sheet).write();
            new Furniture(
                            sheet.share().serial(),
                            Texts.get(sheet.site().rehearsal() ? "record.mode.rehearsal" : "record.mode.live"),
                            sheet.site().rehearsal(),
                            "")
                    .draw(flow.fonts(), flow.sheets());
            var metadata = new Metadata(
                    text("title", sheet.share().serial()),
                    sheet.site().ceremony(),
                    "",
                    Metadata.PRODUCER,
                    sheet.site().made());
            return new Assembly(document, flow, metadata).bytes(List.of(), "");
        } catch (IOException e) {
            throw new UncheckedIOException("a sheet is made in memory", e);
        }
    }

    private static String text(String key, Object... values) {
        return Texts.get("record.sheet." + key, values);
    }

    private void write() {
        Tag root = flow.root();
        ShareSheet.Numbered share = sheet.share();
        flow.bookmarks().add(1, text("title", share.serial()), flow.sheet(), flow.y());
        flow.advance(6);
        flow.paragraph(root, "H1", Paragraph.of(Style.TITLE, text("title", share.serial())), 0, Flow.WIDTH);
        flow.advance(5);
        flow.paragraph(root, Paragraph.of(Style.BODY, text("what", share.number(), share.n(), share.m())));
        flow.advance(8);
        TablePainter.paint(
                flow,
                root,
                Table.facts(
                        LABELS,
                        List.of(
                                Bits.fact(
                                        text("key"),
                                        sheet.key().label() + ", " + sheet.key().spec()),
                                Bits.fact(text("check_value"), sheet.key().checkValue()),
                                Bits.fact(text("holder"), sheet.holder()),
                                Bits.fact(
                                        text("ceremony"),
                                        sheet.site().ceremony() + ", "
                                                + sheet.site().name()),
                                Bits.fact(
                                        text("made"),
                                        UtcTime.forPeople(sheet.site().made())))));
        words();
        forms();
    }

    private void words() {
        Tag part = flow.section(text("section.words"), 200);
        flow.paragraph(
                part, Paragraph.of(Style.BODY, text("words", sheet.words().size())));
        flow.advance(6);
        flow.paragraphs(part, numbered());
        flow.advance(10);
        QrFigure.draw(flow, part, String.join(" ", sheet.words()).toUpperCase(Locale.ROOT), text("qr.alt"), QR);
        flow.paragraph(part, Paragraph.of(Style.NOTE, text("qr")));
    }

    /// Each line begins with the number of its first word.
    private List<Paragraph> numbered() {
        var lines = new ArrayList<Paragraph>();
        for (int i = 0; i < sheet.words().size(); i += A_LINE) {
            List<String> words = sheet.words().subList(i, Math.min(sheet.words().size(), i + A_LINE));
            lines.add(Paragraph.of(Style.MONO_LARGE, "%2d  %s".formatted(i + 1, String.join("  ", words))));
        }
        return lines;
    }

    private void forms() {
        Tag part = flow.section(text("section.custody"), 110);
        flow.paragraph(part, Paragraph.of(Style.BODY, text("custody")));
        flow.advance(6);
        TablePainter.paint(
                flow,
                part,
                Table.facts(
                        LABELS,
                        List.of(
                                Bits.fact(text("bag"), text("line")),
                                Bits.fact(text("place"), text("line")),
                                Bits.fact(text("signature_holder"), text("line")),
                                Bits.fact(text("signature_witness"), text("line")))));
    }
}
