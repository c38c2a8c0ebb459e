package org.quorate.record.pdf;

import java.util.List;

/// One line of a paragraph, its pieces placed from the left edge.
record Line(List<Piece> pieces, float width, float leading, float rise) {
    Line {
        pieces = List.copyOf(pieces);
    }

    record Piece(String text, Style style, float x) {}
}
