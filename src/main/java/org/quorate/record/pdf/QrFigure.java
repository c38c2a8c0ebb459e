package org.quorate.record.pdf;

import com.google.zxing.common.BitMatrix;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSName;
import org.quorate.record.pdf.Tags.Tag;

/// A QR code drawn as squares, sharp at any size, with words for those who cannot see it.
final class QrFigure {
    private QrFigure() {}

    /// @param size of the side, quiet zone included
    static void draw(Flow flow, Tag parent, String content, String alt, float size) {
        BitMatrix matrix = QrMatrix.of(content);
        flow.ensure(size);
        float module = size / matrix.getWidth();
        float left = Flow.LEFT - QrMatrix.QUIET * module;
        Tag figure = parent.child("Figure").alt(alt);
        var box = new COSArray();
        for (float side : new float[] {left, Sheet.HEIGHT - flow.y() - size, left + size, Sheet.HEIGHT - flow.y()}) {
            box.add(new COSFloat(Math.round(side * 100) / 100f));
        }
        figure.attribute("Layout", "BBox", box).attribute("Layout", "Placement", COSName.getPDFName("Block"));
        figure.begin(flow.sheet());
        for (int row = 0; row < matrix.getHeight(); row++) {
            int from = 0;
            while (from < matrix.getWidth()) {
                int to = from;
                while (to < matrix.getWidth() && matrix.get(to, row)) {
                    to++;
                }
                if (to > from) {
                    flow.sheet()
                            .fill(
                                    Ink.TEXT,
                                    left + from * module,
                                    flow.y() + row * module,
                                    (to - from) * module,
                                    module);
                }
                from = to + 1;
            }
        }
        flow.sheet().end();
        flow.advance(size);
    }
}
