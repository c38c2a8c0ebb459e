package org.quorate.record.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.quorate.base.VisibleText;

/// The faces of one document, embedded and cut down to the letters in use. Glyphs are chosen here, letter by letter,
/// and not by PDFBox's text operator, whose ligatures would have no way back to text. A letter that a face lacks is
/// spelled out as `[U+9375]`: at the close of a ceremony it is too late to ask for another.
final class Fonts {
    private final PDDocument document;
    private final PDResources resources = new PDResources();
    private final Map<Face, Embedded> faces = new EnumMap<>(Face.class);

    Fonts(PDDocument document) {
        this.document = document;
    }

    PDResources resources() {
        return resources;
    }

    float width(Style style, String text) {
        Embedded face = embedded(style.face());
        float sum = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            sum += face.glyph(text.codePointAt(i)).width();
        }
        return sum * style.size() / 1000;
    }

    /// The text as the hexadecimal string that selects its glyphs.
    String encode(Face face, String text) {
        Embedded embedded = embedded(face);
        var out = new StringBuilder(text.length() * 4);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            out.append(embedded.use(text.codePointAt(i)));
        }
        return out.toString();
    }

    /// Cuts each face down to the letters in use; nothing can be encoded afterwards.
    void finish() throws IOException {
        for (Embedded face : faces.values()) {
            face.font.subset();
        }
    }

    private Embedded embedded(Face face) {
        return faces.computeIfAbsent(face, this::load);
    }

    private Embedded load(Face face) {
        try (InputStream in = Fonts.class.getResourceAsStream(face.resource())) {
            if (in == null) {
                throw new IllegalStateException("the font " + face.resource() + " is missing from this build");
            }
            PDFont font = PDType0Font.load(document, in, true);
            resources.put(COSName.getPDFName(face.resourceName()), font);
            return new Embedded(font);
        } catch (IOException e) {
            throw new UncheckedIOException("the font " + face.resource() + " cannot be read", e);
        }
    }

    /// What is drawn for one letter: its glyph, or those of its code.
    private record Glyph(String hex, float width, List<Integer> codePoints) {
        private Glyph {
            codePoints = List.copyOf(codePoints);
        }
    }

    private static final class Embedded {
        private final PDFont font;
        private final Map<Integer, Glyph> glyphs = new HashMap<>();
        private final Set<Integer> used = new HashSet<>();

        Embedded(PDFont font) {
            this.font = font;
        }

        Glyph glyph(int codePoint) {
            Glyph known = glyphs.get(codePoint);
            if (known == null) {
                known = glyph(Character.toString(codePoint))
                        .or(() -> glyph(VisibleText.spelled(codePoint)))
                        .orElseThrow();
                glyphs.put(codePoint, known);
            }
            return known;
        }

        String use(int codePoint) {
            Glyph glyph = glyph(codePoint);
            if (used.add(codePoint)) {
                glyph.codePoints().forEach(font::addToSubset);
            }
            return glyph.hex();
        }

        /// Empty where the face lacks one of the letters.
        private Optional<Glyph> glyph(String letters) {
            try {
                return Optional.of(new Glyph(
                        HexFormat.of().formatHex(font.encode(letters)),
                        font.getStringWidth(letters),
                        letters.codePoints().boxed().toList()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
