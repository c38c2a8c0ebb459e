package org.quorate.app.site;

import com.google.zxing.common.BitMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.quorate.record.pdf.QrMatrix;

/// A QR code where there is no paper: in a terminal or as a picture.
public final class QrText {
    private static final int PIXELS_A_SQUARE = 8;
    private static final int BLACK = 0x000000;
    private static final int WHITE = 0xffffff;

    private final BitMatrix squares;

    public QrText(String content) {
        this.squares = QrMatrix.of(content);
    }

    /// Two squares to a character. Light squares are drawn, for most terminals are dark.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (int row = 0; row < squares.getHeight(); row += 2) {
            var line = new StringBuilder();
            for (int column = 0; column < squares.getWidth(); column++) {
                boolean upper = !squares.get(column, row);
                boolean lower = row + 1 < squares.getHeight() && !squares.get(column, row + 1);
                line.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    public byte[] png() {
        int width = squares.getWidth() * PIXELS_A_SQUARE;
        int height = squares.getHeight() * PIXELS_A_SQUARE;
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean dark = squares.get(x / PIXELS_A_SQUARE, y / PIXELS_A_SQUARE);
                picture.setRGB(x, y, dark ? BLACK : WHITE);
            }
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
