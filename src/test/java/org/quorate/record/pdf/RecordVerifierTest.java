package org.quorate.record.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.TrustFile;
import org.quorate.record.Attachments;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.Extract;
import org.quorate.record.RecordSigner;
import org.quorate.record.RecordVerification;
import org.quorate.record.RecordVerification.Expectations;
import org.quorate.record.RecordVerification.Rule;
import org.quorate.record.SampleCeremony;
import org.quorate.record.SampleCertificates;

class RecordVerifierTest {
    private static final String VERSION = "0.1.0";
    private static final SampleCeremony SAMPLE = SampleCeremony.withSteps(2);
    private static final RecordSigner SIGNER = SampleCertificates.signer("record key");
    private static final byte[] SIGNED = PdfRecord.make(SAMPLE.record(), SAMPLE.attachments(), SIGNER);

    private static RecordVerification verify(byte[] pdf) {
        return verify(pdf, Expectations.none());
    }

    private static RecordVerification verify(byte[] pdf, Expectations expectations) {
        return new RecordVerifier((source, artefacts) -> SAMPLE.script(), VERSION).verify(pdf, expectations);
    }

    private static Rule wrong(byte[] pdf) {
        return verify(pdf).wrong().orElseThrow().rule();
    }

    @Test
    void record_untouched_isValidAgainstLedgerAndTrust() throws Exception {
        TrustFile trust = SAMPLE.record().anchoring().trust();
        Digest certificate = Digest.of(SIGNER.chain().getFirst().getEncoded());
        RecordVerification result = verify(
                SIGNED,
                new Expectations(
                        Optional.of(certificate),
                        Optional.of(trust),
                        Optional.of(SAMPLE.ledger().entries())));
        assertThat(result.wrong()).isEmpty();
        assertThat(result.signer()).contains(certificate);
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void bitFlipped_anywhere_isFound() {
        for (int part = 1; part < 24; part++) {
            byte[] changed = SIGNED.clone();
            changed[SIGNED.length / 24 * part] ^= 1;
            assertThat(verify(changed).wrong())
                    .as("byte %d", SIGNED.length / 24 * part)
                    .isPresent();
        }
    }

    @Test
    void bitFlipped_inThePages_breaksTheSignature() {
        byte[] changed = SIGNED.clone();
        int at = new String(SIGNED, StandardCharsets.ISO_8859_1).indexOf("stream\r\n") + 40;
        changed[at] ^= 4;
        assertThat(wrong(changed)).isEqualTo(Rule.SIGNATURE_WRONG);
    }

    @Test
    void overlayAppended_isNotTheWholeFile() throws Exception {
        byte[] overlaid = overlay(SIGNED);
        assertThat(Judges.run(overlaid, "pdfsig").text()).contains("Signature is Valid");
        assertThat(wrong(overlaid)).isEqualTo(Rule.NOT_WHOLE_FILE);
    }

    private static byte[] overlay(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var page = document.getPage(0);
            try (var content = new PDPageContentStream(document, page, PDPageContentStream.AppendMode.APPEND, true)) {
                content.setNonStrokingColor(1f, 1f, 1f);
                content.addRect(60, 600, 400, 100);
                content.fill();
            }
            page.getCOSObject().setNeedToBeUpdated(true);
            page.getResources().getCOSObject().setNeedToBeUpdated(true);
            var out = new ByteArrayOutputStream();
            document.saveIncremental(out);
            return out.toByteArray();
        }
    }

    @Test
    void bytesAppended_isNotTheWholeFile() {
        byte[] longer = java.util.Arrays.copyOf(SIGNED, SIGNED.length + 1);
        longer[SIGNED.length] = '\n';
        assertThat(wrong(longer)).isEqualTo(Rule.NOT_WHOLE_FILE);
    }

    @Test
    void unsigned_isNotSignedOnce() {
        assertThat(wrong(PdfRecord.unsigned(SAMPLE.record(), SAMPLE.attachments())))
                .isEqualTo(Rule.NOT_SIGNED_ONCE);
    }

    @Test
    void otherSigner_whereACertificateIsExpected_isNotTrusted() {
        byte[] other = PdfRecord.make(SAMPLE.record(), SAMPLE.attachments(), SampleCertificates.signer("someone"));
        var expected = new Expectations(Optional.of(Digest.ZERO), Optional.empty(), Optional.empty());
        assertThat(verify(other, expected).wrong().orElseThrow().rule()).isEqualTo(Rule.SIGNER_NOT_TRUSTED);
    }

    @Test
    void otherGenesis_whereTrustIsGiven_isWrong() {
        TrustFile trust = SAMPLE.record().anchoring().trust();
        var other = new TrustFile(trust.ledger(), trust.origin(), trust.consoleKey(), Digest.ZERO);
        var expected = new Expectations(Optional.empty(), Optional.of(other), Optional.empty());
        assertThat(verify(SIGNED, expected).wrong().orElseThrow().rule()).isEqualTo(Rule.EXTRACT_WRONG);
    }

    /// From here on somebody who holds the record key signs what is not so.
    private static byte[] signedAnew(List<Attachments.File> files) {
        return PdfRecord.make(SAMPLE.record(), new Attachments(files), SIGNER);
    }

    private static List<Attachments.File> replace(String name, byte[] bytes) {
        return SAMPLE.attachments().files().stream()
                .map(file -> file.name().equals(name)
                        ? new Attachments.File(name, file.mime(), file.relation(), file.description(), bytes)
                        : file)
                .toList();
    }

    private static byte[] attached(String name) {
        return SAMPLE.attachments().files().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    @Test
    void extractEdited_bodyDoesNotHashToItsLeaf() {
        String edited = new String(attached(Attachments.EXTRACT), StandardCharsets.UTF_8)
                .replace("CKR_DEVICE_ERROR", "CKR_NO_ERROR_AT_");
        RecordVerification result =
                verify(signedAnew(replace(Attachments.EXTRACT, edited.getBytes(StandardCharsets.UTF_8))));
        assertThat(result.wrong().orElseThrow().rule()).isEqualTo(Rule.EXTRACT_WRONG);
        assertThat(result.wrong().orElseThrow().text()).contains("does not hash to its leaf");
    }

    @Test
    void extractEditedWithItsLeaf_isNotInTheCheckpoint() {
        List<Extract.Line> lines = new ArrayList<>(SAMPLE.extract().lines());
        lines.set(9, new Extract.Line(lines.get(8).entry(), lines.get(9).proof()));
        lines.remove(8);
        assertThat(wrong(signedAnew(replace(Attachments.EXTRACT, new Extract(lines).toBytes()))))
                .isEqualTo(Rule.NOT_IN_CHECKPOINT);
    }

    @Test
    void entryLeftOut_isNamedAgainstTheLedger() {
        List<Extract.Line> lines = new ArrayList<>(SAMPLE.extract().lines());
        Extract.Line exception = lines.stream()
                .filter(line -> line.entry().is(EntryType.EXCEPTION))
                .findFirst()
                .orElseThrow();
        lines.remove(exception);
        var extract = new Extract(lines);
        CeremonyRecord record = SAMPLE.record(extract);
        byte[] pdf = PdfRecord.make(
                record,
                Attachments.of(record, extract, SAMPLE.ledger().artefacts(), attached(Attachments.VERIFIER)),
                SIGNER);
        long seq = exception.entry().seq();
        assertThat(verify(pdf).notes()).singleElement().asString().contains("Entries " + seq + " to " + seq);
        List<Entry> ledger = SAMPLE.ledger().entries();
        RecordVerification result =
                verify(pdf, new Expectations(Optional.empty(), Optional.empty(), Optional.of(ledger)));
        assertThat(result.wrong().orElseThrow().rule()).isEqualTo(Rule.LEDGER_DIFFERS);
        assertThat(result.wrong().orElseThrow().text()).contains("entry " + seq + " is missing");
    }

    @Test
    void checkpointEdited_isNotSignedByTheConsole() {
        String edited = new String(attached(Attachments.CHECKPOINT), StandardCharsets.UTF_8)
                .replaceFirst("\n\\d+\n", "\n4000\n");
        assertThat(wrong(signedAnew(replace(Attachments.CHECKPOINT, edited.getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo(Rule.CHECKPOINT_WRONG);
    }

    @Test
    void scriptEdited_isNotTheOneTheLedgerNames() {
        byte[] edited = "id: another\n".getBytes(StandardCharsets.UTF_8);
        RecordVerification result = verify(signedAnew(replace(Attachments.SCRIPT, edited)));
        assertThat(result.wrong().orElseThrow().text()).contains("script.yaml");
        assertThat(result.wrong().orElseThrow().rule()).isEqualTo(Rule.FILE_DIFFERS);
    }

    @Test
    void trustFileEdited_isNamed() {
        byte[] edited = Json.obj().put("ledger", "another").build().canonical();
        RecordVerification result = verify(signedAnew(replace(Attachments.TRUST, edited)));
        assertThat(result.wrong().orElseThrow().text()).contains("trust.json");
    }

    @Test
    void fileMissing_isNamed() {
        List<Attachments.File> fewer = SAMPLE.attachments().files().stream()
                .filter(file -> !file.name().equals(Attachments.EXTRACT))
                .toList();
        RecordVerification result = verify(signedAnew(fewer));
        assertThat(result.wrong().orElseThrow().rule()).isEqualTo(Rule.FILE_MISSING);
        assertThat(result.wrong().orElseThrow().text()).contains(Attachments.EXTRACT);
    }

    @Test
    void printedTextDiffersFromTheExtract_namesPageAndLine() {
        SampleCeremony other = SampleCeremony.withSteps(2);
        CeremonyRecord record = SAMPLE.record();
        var flattering = new CeremonyRecord(
                record.heading(),
                new CeremonyRecord.Review(
                        record.verdict(),
                        record.deviations().subList(1, record.deviations().size()),
                        record.withoutQuorum()),
                record.people(),
                record.inventory(),
                record.log(),
                record.anchoring());
        assertThat(other.record().deviations()).hasSize(record.deviations().size());
        byte[] pdf = PdfRecord.make(flattering, SAMPLE.attachments(), SIGNER);
        RecordVerification result = verify(pdf);
        assertThat(result.wrong().orElseThrow().rule()).isEqualTo(Rule.PRINT_DIFFERS);
        assertThat(result.wrong().orElseThrow().text()).contains("page 1 shows").contains("Wrong PIN");
    }

    @Test
    void pagesDiffer_whereAnotherVersionMadeThem_areNotJudged() throws Exception {
        byte[] pdf = PdfSigner.certify(
                overlay(PdfRecord.unsigned(SAMPLE.record(), SAMPLE.attachments())), SIGNER, Instant.EPOCH);
        RecordVerification result =
                new RecordVerifier((source, artefacts) -> SAMPLE.script(), "9.0.0").verify(pdf, Expectations.none());
        assertThat(result.wrong()).contains(new RecordVerification.Finding(Rule.PAGES_NOT_JUDGED, VERSION));
    }

    @Test
    void pagesSame_whereAnotherVersionMadeThem_areValid() {
        RecordVerification result =
                new RecordVerifier((source, artefacts) -> SAMPLE.script(), "9.0.0").verify(SIGNED, Expectations.none());
        assertThat(result.wrong()).isEmpty();
    }

    @Test
    void drawingOverThePage_beforeSigning_isFound() throws Exception {
        byte[] overlaid = overlay(PdfRecord.unsigned(SAMPLE.record(), SAMPLE.attachments()));
        byte[] pdf = PdfSigner.certify(overlaid, SIGNER, Instant.EPOCH);
        RecordVerification result = verify(pdf);
        assertThat(result.wrong().orElseThrow().rule()).isEqualTo(Rule.PRINT_DIFFERS);
        assertThat(result.wrong().orElseThrow().text()).contains("page 1 is drawn differently");
    }

    @Test
    void noPdf_isSaid() {
        assertThat(wrong("hello".getBytes(StandardCharsets.UTF_8))).isEqualTo(Rule.NOT_A_PDF);
    }
}
