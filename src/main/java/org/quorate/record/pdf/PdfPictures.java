package org.quorate.record.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.quorate.base.Problem;

/// The pages of a record as pictures, for the window.
public final class PdfPictures {
    private static final float DPI = 110;

    private PdfPictures() {}

    /// One PNG a page.
    public static List<byte[]> pages(Path pdf) {
        try {
            return pages(Files.readAllBytes(pdf));
        } catch (IOException e) {
            throw Problem.of("record.not_shown", pdf).causedBy(e);
        }
    }

    /// Of a PDF that lies nowhere.
    public static List<byte[]> pages(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var renderer = new PDFRenderer(document);
            var pages = new ArrayList<byte[]>();
            for (int page = 0; page < document.getNumberOfPages(); page++) {
                var png = new ByteArrayOutputStream();
                ImageIO.write(renderer.renderImageWithDPI(page, DPI, ImageType.RGB), "png", png);
                pages.add(png.toByteArray());
            }
            return pages;
        }
    }
}
