package org.quorate.record.pdf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;

/// One page's drawing. Coordinates count from the top left, as people read; every mark is either tagged content or an
/// artifact.
final class Sheet {
    static final float WIDTH = PDRectangle.A4.getWidth();
    static final float HEIGHT = PDRectangle.A4.getHeight();

    private final PDPage page = new PDPage(PDRectangle.A4);
    private final Fonts fonts;
    private final StringBuilder out = new StringBuilder();
    private final List<COSDictionary> marked = new ArrayList<>();

    Sheet(Fonts fonts) {
        this.fonts = fonts;
        page.setResources(fonts.resources());
    }

    PDPage page() {
        return page;
    }

    /// Structure elements by their marked-content id on this page.
    List<COSDictionary> marked() {
        return marked;
    }

    int nextMark(COSDictionary element) {
        marked.add(element);
        return marked.size() - 1;
    }

    void beginMarked(String tag, int id) {
        out.append('/').append(tag).append(" <</MCID ").append(id).append(">> BDC\n");
    }

    void beginArtifact() {
        out.append("/Artifact BMC\n");
    }

    /// Headers and footers.
    void beginPagination() {
        out.append("/Artifact <</Type /Pagination>> BDC\n");
    }

    void end() {
        out.append("EMC\n");
    }

    /// @param top of the line
    void line(Line line, float x, float top) {
        out.append("BT\n");
        float y = HEIGHT - top - line.rise();
        for (Line.Piece piece : line.pieces()) {
            show(piece.style(), piece.text(), "1 0 0 1 " + number(x + piece.x()) + " " + number(y));
        }
        out.append("ET\n");
    }

    /// One line of text with its baseline at `y` from the top.
    void text(Style style, String text, float x, float y) {
        out.append("BT\n");
        show(style, text, "1 0 0 1 " + number(x) + " " + number(HEIGHT - y));
        out.append("ET\n");
    }

    /// Text that runs upwards.
    void upwards(Style style, String text, float x, float y) {
        out.append("BT\n");
        show(style, text, "0 1 -1 0 " + number(x) + " " + number(HEIGHT - y));
        out.append("ET\n");
    }

    private void show(Style style, String text, String matrix) {
        out.append('/').append(style.face().resourceName()).append(' ').append(number(style.size()));
        out.append(" Tf ")
                .append(style.ink().operands())
                .append(" rg ")
                .append(matrix)
                .append(" Tm <");
        out.append(fonts.encode(style.face(), text)).append("> Tj\n");
    }

    void fill(Ink ink, float x, float top, float width, float height) {
        out.append(ink.operands()).append(" rg ");
        rectangle(x, top, width, height);
        out.append(" f\n");
    }

    void stroke(Ink ink, float thickness, float x1, float y1, float x2, float y2) {
        out.append(ink.operands()).append(" RG ").append(number(thickness)).append(" w ");
        out.append(number(x1)).append(' ').append(number(HEIGHT - y1)).append(" m ");
        out.append(number(x2)).append(' ').append(number(HEIGHT - y2)).append(" l S\n");
    }

    void frame(Ink ink, float thickness, float x, float top, float width, float height) {
        out.append(ink.operands()).append(" RG ").append(number(thickness)).append(" w ");
        rectangle(x, top, width, height);
        out.append(" S\n");
    }

    /// Slanted lines inside a rectangle.
    void hatch(Ink ink, float x, float top, float width, float height) {
        out.append("q ");
        rectangle(x, top, width, height);
        out.append(" W n\n");
        for (float y = top; y < top + height + width; y += 7) {
            stroke(ink, 0.5f, x, y, x + width, y - width);
        }
        out.append("Q\n");
    }

    private void rectangle(float x, float top, float width, float height) {
        out.append(number(x)).append(' ').append(number(HEIGHT - top - height)).append(' ');
        out.append(number(width)).append(' ').append(number(height)).append(" re");
    }

    void finish(PDDocument document) throws IOException {
        PDStream content = new PDStream(document);
        try (OutputStream stream = content.createOutputStream(COSName.FLATE_DECODE)) {
            stream.write(out.toString().getBytes(StandardCharsets.US_ASCII));
        }
        page.setContents(content);
        document.addPage(page);
    }

    /// At most three decimals, written the same on every machine.
    static String number(float value) {
        long thousandths = Math.round(value * 1000.0);
        if (thousandths % 1000 == 0) {
            return Long.toString(thousandths / 1000);
        }
        String sign = thousandths < 0 ? "-" : "";
        long size = Math.abs(thousandths);
        String decimals = Long.toString(1000 + size % 1000).substring(1);
        while (decimals.endsWith("0")) {
            decimals = decimals.substring(0, decimals.length() - 1);
        }
        return sign + size / 1000 + "." + decimals;
    }
}
