package org.quorate.record.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.quorate.record.Attachments;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.RecordSigner;

/// Makes the signed record of a ceremony.
public final class PdfRecord {
    private PdfRecord() {}

    /// The record, certified by the signer's key.
    public static byte[] make(CeremonyRecord record, Attachments attachments, RecordSigner signer) {
        return PdfSigner.certify(
                unsigned(record, attachments), signer, record.heading().timing().lastEntry());
    }

    /// The same record gives the same bytes, on any day.
    public static byte[] unsigned(CeremonyRecord record, Attachments attachments) {
        try (var document = new PDDocument()) {
            var flow = new Flow(new Fonts(document), new Tags());
            var pages = new RecordPages(record, attachments);
            pages.write(flow);
            return new Assembly(document, flow, pages.metadata())
                    .bytes(attachments.files(), Bits.text("signature_field"));
        } catch (IOException e) {
            throw new UncheckedIOException("a record is made in memory", e);
        }
    }
}
