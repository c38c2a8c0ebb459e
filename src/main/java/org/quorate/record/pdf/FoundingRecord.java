package org.quorate.record.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.quorate.base.Fingerprints;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.TrustFile;
import org.quorate.record.Attachments;
import org.quorate.record.FoundingStory;
import org.quorate.record.RecordSigner;

/// The record of a founding: who founded the site, who keeps its console's token, and what auditors take home
/// with them, as words and as a QR code. Made from the first entries of the ledger and nothing else.
public final class FoundingRecord {
    static final String ENTRIES = "founding.jsonl";

    private FoundingRecord() {}

    /// The record, certified by the signer's key.
    ///
    /// @param entries the first ones of the ledger: the founding entry and what the founders signed
    /// @param program name and version of what made it
    public static byte[] make(List<Entry> entries, String program, RecordSigner signer) {
        return PdfSigner.certify(
                unsigned(entries, program), signer, entries.getLast().time());
    }

    /// The same entries give the same bytes, on any day.
    static byte[] unsigned(List<Entry> entries, String program) {
        var story = FoundingStory.of(entries);
        try (var document = new PDDocument()) {
            var flow = new Flow(new Fonts(document), new Tags());
            new FoundingPages(flow, story).write();
            String head = story.trust().genesis().hex().substring(0, 16);
            new Furniture(
                            text("title", story.name()),
                            Texts.get("record.mode.live"),
                            false,
                            text("genesis.begins", Fingerprints.groups(head)))
                    .draw(flow.fonts(), flow.sheets());
            var metadata = new Metadata(
                    text("title", story.name()),
                    text("subject", story.trust().ledger()),
                    text("keywords"),
                    program,
                    entries.getLast().time());
            return new Assembly(document, flow, metadata)
                    .bytes(files(entries, story.trust()), Bits.text("signature_field"));
        } catch (IOException e) {
            throw new UncheckedIOException("a record is made in memory", e);
        }
    }

    private static List<Attachments.File> files(List<Entry> entries, TrustFile trust) {
        var lines = new StringBuilder();
        entries.forEach(entry ->
                lines.append(new String(entry.body(), StandardCharsets.UTF_8)).append('\n'));
        return List.of(
                new Attachments.File(
                        ENTRIES,
                        "application/json",
                        Attachments.Relation.SOURCE,
                        text("file.entries"),
                        lines.toString().getBytes(StandardCharsets.UTF_8)),
                new Attachments.File(
                        Attachments.TRUST,
                        "application/json",
                        Attachments.Relation.DATA,
                        Texts.get("record.file.trust"),
                        trust.toJson().pretty().getBytes(StandardCharsets.UTF_8)));
    }

    static String text(String key, Object... values) {
        return Texts.get("record.founding." + key, values);
    }
}
