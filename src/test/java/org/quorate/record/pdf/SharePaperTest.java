package org.quorate.record.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.quorate.base.Words;
import org.quorate.record.ShareSheet;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/// The sheet on which a share stands.
class SharePaperTest {
    private static final List<String> WORDS =
            IntStream.range(0, 31).mapToObj(i -> Words.at(i * 61 % 2048)).toList();

    private static byte[] sheet(boolean rehearsal) {
        return SharePaper.pdf(new ShareSheet(
                new ShareSheet.Site(
                        "Site one", "Put a key into escrow", rehearsal, Instant.parse("2026-11-22T12:00:00Z")),
                new ShareSheet.Key("kek-1", "AES 256", "F94ACC"),
                new ShareSheet.Numbered("3F2A91C0-2", 2, 2, 3),
                "Amara Okafor",
                WORDS));
    }

    @Test
    void sheet_isOnePage_andSaysWhatItIs() throws Exception {
        try (PDDocument document = Loader.loadPDF(sheet(true))) {
            String text = new PDFTextStripper().getText(document);
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(text)
                    .contains("3F2A91C0-2", "share 2 of 3", "Any 2 of them", "F94ACC", "Amara Okafor", "kek-1, AES 256")
                    .contains("REHEARSAL", "Bag number", "Signature of the holder")
                    .contains(WORDS);
        }
        try (PDDocument document = Loader.loadPDF(sheet(false))) {
            assertThat(new PDFTextStripper().getText(document)).doesNotContain("REHEARSAL");
        }
    }

    @Test
    void sheet_isOfTheFormOfAllDocumentsHere() {
        assertThat(Judges.veraPdf(sheet(true), PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(Judges.veraPdf(sheet(true), PDFAFlavour.PDFUA_1)).isEmpty();
    }

    /// What a scanner types is what the holder would type.
    @Test
    void code_holdsTheSameWords() throws Exception {
        try (PDDocument document = Loader.loadPDF(sheet(true))) {
            var picture = new PDFRenderer(document).renderImageWithDPI(0, 200);
            String read = new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(
                            picture.getWidth(),
                            picture.getHeight(),
                            picture.getRGB(
                                    0,
                                    0,
                                    picture.getWidth(),
                                    picture.getHeight(),
                                    new int[picture.getWidth() * picture.getHeight()],
                                    0,
                                    picture.getWidth())))))
                    .getText();
            assertThat(read).isEqualTo(String.join(" ", WORDS).toUpperCase(Locale.ROOT));
        }
    }
}
