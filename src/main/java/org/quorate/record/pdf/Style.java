package org.quorate.record.pdf;

/// How a run of text is set.
///
/// @param leading distance from one baseline to the next
record Style(Face face, float size, float leading, Ink ink) {
    static final Style TITLE = new Style(Face.SERIF_BOLD, 24, 29, Ink.ACCENT);
    static final Style SECTION = new Style(Face.SERIF_BOLD, 14.5f, 19, Ink.ACCENT);
    static final Style SUBSECTION = new Style(Face.SANS_BOLD, 10.2f, 14, Ink.TEXT);
    static final Style HEADLINE = new Style(Face.SERIF_BOLD, 15, 20, Ink.ACCENT);
    static final Style BODY = new Style(Face.SANS, 9.2f, 13, Ink.TEXT);
    static final Style BODY_BOLD = new Style(Face.SANS_BOLD, 9.2f, 13, Ink.TEXT);
    static final Style LABEL = new Style(Face.SANS, 8.4f, 12.4f, Ink.MUTED);
    static final Style COLUMN = new Style(Face.SANS_BOLD, 7.8f, 11, Ink.ACCENT);
    static final Style CELL = new Style(Face.SANS, 8.6f, 12.2f, Ink.TEXT);
    static final Style CELL_BOLD = new Style(Face.SANS_BOLD, 8.6f, 12.2f, Ink.TEXT);
    static final Style NOTE = new Style(Face.SANS, 7.9f, 11.2f, Ink.MUTED);
    static final Style SAY = new Style(Face.SERIF, 9.6f, 14, Ink.TEXT);
    static final Style MONO = new Style(Face.MONO, 8.4f, 12.2f, Ink.TEXT);
    static final Style MONO_LARGE = new Style(Face.MONO, 9.4f, 14, Ink.TEXT);
    static final Style MONO_NOTE = new Style(Face.MONO, 7.5f, 11.2f, Ink.MUTED);
    static final Style FURNITURE = new Style(Face.SANS, 7.4f, 10, Ink.MUTED);
    static final Style BAND = new Style(Face.SANS_BOLD, 8, 11, Ink.WARN);

    Style with(Ink other) {
        return new Style(face, size, leading, other);
    }

    /// From the top of a line to its baseline.
    float rise() {
        return (leading - size) / 2 + size * 0.8f;
    }
}
