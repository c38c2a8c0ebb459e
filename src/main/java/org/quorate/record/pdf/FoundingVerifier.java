package org.quorate.record.pdf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.quorate.base.Digest;
import org.quorate.base.JsonException;
import org.quorate.ledger.BrokenEntryException;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.TrustFile;
import org.quorate.record.FoundingStory;
import org.quorate.record.RecordVerification;
import org.quorate.record.RecordVerification.Finding;
import org.quorate.record.RecordVerification.Rule;
import org.quorate.record.pdf.RecordVerifier.Wrong;

/// Checks a founding record with nothing but its bytes, and what an auditor kept of another copy: the signature covers
/// all of it and is that of the founding entry's record key, every founder signed that entry, and the pages say it.
public final class FoundingVerifier {
    private final String program;

    /// @param program name and version of this program: another one may lay out its pages otherwise
    public FoundingVerifier(String program) {
        this.program = program;
    }

    /// Whether the file is a founding record, and not that of a ceremony.
    public static boolean isFounding(byte[] pdf) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return RecordVerifier.files(document).containsKey(FoundingRecord.ENTRIES);
        } catch (IOException e) {
            return false;
        }
    }

    public RecordVerification verify(byte[] pdf, Optional<TrustFile> trust) {
        Optional<Digest> signer = Optional.empty();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            signer = Optional.of(new SignatureCheck(pdf, document).signer());
            Map<String, byte[]> files = RecordVerifier.files(document);
            byte[] lines = RecordVerifier.file(files, FoundingRecord.ENTRIES);
            List<Entry> entries = new String(lines, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> EntryCodec.decode(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            var story = FoundingStory.of(entries);
            if (trust.isPresent() && !trust.get().equals(story.trust())) {
                throw new Wrong(Rule.LEDGER_DIFFERS, story.trust().genesis().grouped());
            }
            if (!story.recordCertificate().equals(signer)) {
                throw new Wrong(Rule.SIGNER_NOT_TRUSTED, signer.get().grouped());
            }
            if (!story.complete()) {
                throw new Wrong(Rule.EXTRACT_WRONG, FoundingRecord.text("not_signed"));
            }
            samePages(
                    pdf,
                    entries,
                    String.valueOf(document.getDocumentInformation().getCreator()));
            return new RecordVerification(Optional.empty(), signer, List.of());
        } catch (Wrong e) {
            return new RecordVerification(Optional.of(e.finding()), signer, List.of());
        } catch (IOException | JsonException | BrokenEntryException | IllegalArgumentException e) {
            return new RecordVerification(
                    Optional.of(new Finding(Rule.NOT_A_PDF, String.valueOf(e.getMessage()))), signer, List.of());
        }
    }

    /// The signed file begins with the pages as they are made from these entries, byte for byte.
    private void samePages(byte[] pdf, List<Entry> entries, String creator) {
        byte[] again = FoundingRecord.unsigned(entries, creator);
        if (pdf.length < again.length || !Arrays.equals(pdf, 0, again.length, again, 0, again.length)) {
            throw new Wrong(creator.equals(program) ? Rule.PRINT_DIFFERS : Rule.PAGES_NOT_JUDGED, creator);
        }
    }
}
