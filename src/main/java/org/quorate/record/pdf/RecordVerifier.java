package org.quorate.record.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.quorate.base.Digest;
import org.quorate.base.JsonException;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.ledger.Checkpoint;
import org.quorate.record.Artefacts;
import org.quorate.record.Attachments;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.Extract;
import org.quorate.record.ExtractCheck;
import org.quorate.record.RecordVerification;
import org.quorate.record.RecordVerification.Expectations;
import org.quorate.record.RecordVerification.Finding;
import org.quorate.record.RecordVerification.Rule;
import org.quorate.record.ScriptParser;

/// Checks a record with nothing but its bytes: the signature covers all of it, the extract proves into the
/// checkpoint, and the pages are those that the extract gives. Other validators call a record valid that has an
/// overlay on it; this one makes the pages again and compares.
public final class RecordVerifier {
    private final ScriptParser scripts;
    private final String version;

    /// @param version of this program: another one may lay out its pages otherwise
    public RecordVerifier(ScriptParser scripts, String version) {
        this.scripts = scripts;
        this.version = version;
    }

    public RecordVerification verify(byte[] pdf, Expectations expectations) {
        Optional<Digest> signer = Optional.empty();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            signer = Optional.of(new SignatureCheck(pdf, document).signer());
            if (expectations.certificate().isPresent()
                    && !expectations.certificate().equals(signer)) {
                throw new Wrong(Rule.SIGNER_NOT_TRUSTED, signer.get().grouped());
            }
            Map<String, byte[]> files = files(document);
            Extract extract = extract(files);
            Checkpoint.Signed checkpoint = checkpoint(files);
            var check = new ExtractCheck(extract, checkpoint);
            Optional<Finding> wrong = check.check(expectations);
            if (wrong.isPresent()) {
                return new RecordVerification(wrong, signer, List.of());
            }
            CeremonyRecord record = remake(files, extract, checkpoint);
            Attachments attachments = sameFiles(files, extract, record);
            samePages(document, record, attachments);
            return new RecordVerification(Optional.empty(), signer, check.gaps());
        } catch (Wrong e) {
            return new RecordVerification(Optional.of(e.finding), signer, List.of());
        } catch (IOException | JsonException | IllegalArgumentException | ProblemException e) {
            return new RecordVerification(
                    Optional.of(new Finding(Rule.NOT_A_PDF, String.valueOf(e.getMessage()))), signer, List.of());
        }
    }

    /// Ends the check at the first thing wrong.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Finding finding;

        Wrong(Rule rule, String detail) {
            super(detail);
            finding = new Finding(rule, detail);
        }

        Finding finding() {
            return finding;
        }
    }

    static Map<String, byte[]> files(PDDocument document) throws IOException {
        var files = new TreeMap<String, byte[]>();
        var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        if (names.getEmbeddedFiles() == null || names.getEmbeddedFiles().getNames() == null) {
            return files;
        }
        for (var file : names.getEmbeddedFiles().getNames().entrySet()) {
            PDComplexFileSpecification specification = file.getValue();
            files.put(file.getKey(), specification.getEmbeddedFile().toByteArray());
        }
        return files;
    }

    static byte[] file(Map<String, byte[]> files, String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new Wrong(Rule.FILE_MISSING, name);
        }
        return bytes;
    }

    private static Extract extract(Map<String, byte[]> files) {
        try {
            return Extract.parse(file(files, Attachments.EXTRACT));
        } catch (JsonException e) {
            throw new Wrong(Rule.EXTRACT_WRONG, String.valueOf(e.getMessage()));
        }
    }

    private static Checkpoint.Signed checkpoint(Map<String, byte[]> files) {
        byte[] bytes = file(files, Attachments.CHECKPOINT);
        return Checkpoint.parse(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                .orElseThrow(() -> new Wrong(Rule.CHECKPOINT_WRONG, Texts.get("record.verify.detail.note")));
    }

    /// The script that the ledger names is the one embedded, or the record cannot be made from it.
    private CeremonyRecord remake(Map<String, byte[]> files, Extract extract, Checkpoint.Signed checkpoint) {
        byte[] script = file(files, Attachments.SCRIPT);
        var record = CeremonyRecord.of(new CeremonyRecord.Sources(
                extract.entries(), scripts.parse(script, artefacts(files)), artefacts(files), checkpoint));
        if (!record.heading().script().digest().equals(Digest.of(script))) {
            throw new Wrong(Rule.FILE_DIFFERS, Attachments.SCRIPT);
        }
        return record;
    }

    private static Artefacts artefacts(Map<String, byte[]> files) {
        Map<Digest, byte[]> byDigest =
                files.values().stream().collect(Collectors.toMap(Digest::of, Function.identity(), (one, same) -> one));
        return hash -> Optional.ofNullable(byDigest.get(hash));
    }

    private static Attachments sameFiles(Map<String, byte[]> files, Extract extract, CeremonyRecord record) {
        Attachments expected = Attachments.of(record, extract, artefacts(files), file(files, Attachments.VERIFIER));
        for (Attachments.File file : expected.files()) {
            if (!Arrays.equals(file.bytes(), file(files, file.name()))) {
                throw new Wrong(Rule.FILE_DIFFERS, file.name());
            }
        }
        var further = new ArrayList<>(files.keySet());
        expected.files().forEach(file -> further.remove(file.name()));
        if (!further.isEmpty()) {
            throw new Wrong(Rule.FILE_DIFFERS, further.getFirst());
        }
        return expected;
    }

    private void samePages(PDDocument document, CeremonyRecord record, Attachments attachments) throws IOException {
        byte[] again = PdfRecord.unsigned(record, attachments);
        try (PDDocument remade = Loader.loadPDF(again)) {
            Optional<String> difference = new SamePages(document, remade).difference();
            if (difference.isPresent()) {
                String maker = record.heading().program().version();
                if (!maker.equals(version)) {
                    throw new Wrong(Rule.PAGES_NOT_JUDGED, maker);
                }
                throw new Wrong(Rule.PRINT_DIFFERS, difference.get());
            }
        }
    }
}
