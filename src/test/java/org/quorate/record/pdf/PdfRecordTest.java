package org.quorate.record.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.SampleCeremony;
import org.quorate.record.SampleCertificates;
import org.quorate.script.approval.OnPaper;
import org.verapdf.pdfa.flavours.PDFAFlavour;

class PdfRecordTest {
    private static final SampleCeremony SAMPLE = SampleCeremony.create();
    private static final CeremonyRecord RECORD = SAMPLE.record();
    private static byte[] signed;
    private static byte[] paper;

    @BeforeAll
    static void make() {
        signed = PdfRecord.make(RECORD, SAMPLE.attachments(), SampleCertificates.signer("record key"));
        paper = PaperScript.pdf(SampleCeremony.script(8), OnPaper.NONE, Instant.parse("2026-11-01T00:00:00Z"));
    }

    @Test
    void record_judgedByVeraPdf_isPdfA3aAndPdfUa1() {
        assertThat(RECORD.steps()).hasSizeGreaterThan(60);
        assertThat(Judges.veraPdf(signed, PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(Judges.veraPdf(signed, PDFAFlavour.PDFUA_1)).isEmpty();
    }

    @Test
    void paperScript_judgedByVeraPdf_isPdfA3aAndPdfUa1() {
        assertThat(Judges.veraPdf(paper, PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(Judges.veraPdf(paper, PDFAFlavour.PDFUA_1)).isEmpty();
    }

    @Test
    void signature_judgedByPdfsig_isValidAndTotal() throws Exception {
        Judges.Answer answer = Judges.run(signed, "pdfsig");
        assertThat(answer.text())
                .contains("Signature is Valid")
                .contains("ETSI.CAdES.detached")
                .contains("Total document signed");
    }

    @Test
    void files_judgedByQpdf_areSound() throws Exception {
        assertThat(Judges.run(signed, "qpdf", "--check").exit()).isZero();
        assertThat(Judges.run(paper, "qpdf", "--check").exit()).isZero();
    }

    @Test
    void unsigned_madeTwice_isTheSameByteForByte() {
        byte[] one = PdfRecord.unsigned(SAMPLE.record(), SAMPLE.attachments());
        byte[] two = PdfRecord.unsigned(SAMPLE.record(), SAMPLE.attachments());
        assertThat(Digest.of(one)).isEqualTo(Digest.of(two));
        assertThat(signed).startsWith(one);
    }

    @Test
    void signature_attributes_areTypeDigestAndCertificateOnly() throws Exception {
        try (PDDocument document = Loader.loadPDF(signed)) {
            var signature = document.getSignatureDictionaries().getFirst();
            var attributes = new CMSSignedData(ContentInfo.getInstance(
                            ASN1Primitive.fromByteArray(withoutPadding(signature.getContents()))))
                    .getSignerInfos()
                    .getSigners()
                    .iterator()
                    .next()
                    .getSignedAttributes()
                    .toHashtable();
            assertThat(attributes.keySet())
                    .containsExactlyInAnyOrder(
                            CMSAttributes.contentType,
                            CMSAttributes.messageDigest,
                            PKCSObjectIdentifiers.id_aa_signingCertificateV2);
            assertThat(document.getDocumentCatalog()
                            .getCOSObject()
                            .getCOSDictionary(COSName.getPDFName("Perms"))
                            .getCOSDictionary(COSName.getPDFName("DocMDP")))
                    .isEqualTo(signature.getCOSObject());
        }
    }

    private static byte[] withoutPadding(byte[] contents) throws java.io.IOException {
        try (var in = new ASN1InputStream(contents)) {
            return in.readObject().getEncoded();
        }
    }

    @Test
    void rehearsal_everyPageAndMetadata_sayIt() throws Exception {
        try (PDDocument document = Loader.loadPDF(signed)) {
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                assertThat(text(document, page)).contains("REHEARSAL").contains("Page " + page + " of ");
            }
            assertThat(document.getDocumentInformation().getKeywords()).startsWith("REHEARSAL");
            assertThat(document.getDocumentInformation().getSubject()).startsWith("REHEARSAL");
        }
    }

    @Test
    void live_noPage_saysRehearsal() throws Exception {
        SampleCeremony live = SampleCeremony.live();
        try (PDDocument document = Loader.loadPDF(PdfRecord.unsigned(live.record(), live.attachments()))) {
            assertThat(new PDFTextStripper().getText(document)).contains("Live").doesNotContain("REHEARSAL");
            assertThat(document.getDocumentInformation().getKeywords()).startsWith("LIVE");
        }
    }

    @Test
    void firstPage_hasVerdictDeviationsAndActsWithoutQuorum() throws Exception {
        try (PDDocument document = Loader.loadPDF(signed)) {
            assertThat(text(document, 1))
                    .contains("Completed with 16 deviations")
                    .contains("initialise token on primary")
                    .contains("Exception 1")
                    .contains("CKR_DEVICE_ERROR");
        }
    }

    @Test
    void digests_onThePages_areNeverShortened() throws Exception {
        try (PDDocument document = Loader.loadPDF(signed)) {
            String all = new PDFTextStripper().getText(document).replaceAll("\\s", "");
            assertThat(all)
                    .contains(RECORD.heading().heads().endRoot().hex())
                    .contains(RECORD.heading().script().digest().hex())
                    .doesNotContain("…");
        }
    }

    @Test
    void bidiText_typedByAPerson_isSpelledOut() throws Exception {
        SampleCeremony sample = SampleCeremony.withRemark("The bag is \u202Enepo\u202C sealed\u200B");
        byte[] pdf = PdfRecord.unsigned(sample.record(), sample.attachments());
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String all = new PDFTextStripper().getText(document);
            assertThat(all)
                    .contains("The bag is [U+202E]nepo[U+202C] sealed[U+200B]")
                    .doesNotContain("\u202E");
        }
    }

    @Test
    void letterWithoutGlyph_isSpelledByItsCode() throws Exception {
        SampleCeremony sample = SampleCeremony.withRemark("鍵 is the key, 🔑 too");
        byte[] pdf = PdfRecord.unsigned(sample.record(), sample.attachments());
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document)).contains("[U+9375] is the key, [U+1F511] too");
        }
    }

    @Test
    void howOftenItIsHeld_standsOnTheRecord_andOnThePaper() throws Exception {
        for (byte[] pdf : List.of(signed, paper)) {
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(new PDFTextStripper().getText(document)).contains("Held again Every 12 months");
            }
        }
    }

    @Test
    void paperScript_stepsAndDigest_standOnIt() throws Exception {
        try (PDDocument document = Loader.loadPDF(paper)) {
            String all = new PDFTextStripper().getText(document);
            SampleCeremony.script(8).steps().forEach(step -> assertThat(all).contains(step.title()));
            assertThat(all.replaceAll("\\s", ""))
                    .contains(SampleCeremony.script(8).digest().hex())
                    .contains("Exceptionsheet2")
                    .contains("CKA_WRAP_WITH_TRUSTED");
        }
    }

    @Test
    void cost_tenTimesTheEntries_growsInProportion() {
        long few = size(20);
        long many = size(200);
        assertThat((double) many / few).isBetween(1.5, 10.0);
    }

    private static long size(int steps) {
        SampleCeremony sample = SampleCeremony.withSteps(steps);
        return PdfRecord.unsigned(sample.record(), sample.attachments()).length;
    }

    private static String text(PDDocument document, int page) throws java.io.IOException {
        var stripper = new PDFTextStripper();
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        return stripper.getText(document);
    }

    /// Every kind of step has its sentence, and no place in it stays empty.
    @Test
    void stepActs_everyStep_hasASentence() {
        List<String> sentences = SampleCeremony.script(1)
                .steps()
                .map(step -> org.quorate.record.StepActs.does(
                        step, SampleCeremony.script(1).cast()))
                .toList();
        assertThat(sentences).allMatch(text -> text.endsWith(".") && !text.contains("{"));
    }
}
