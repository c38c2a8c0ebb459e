package org.quorate.ui.model;

import java.util.List;

/// The paper script of the text on the page.
///
/// @param pages PNG pictures, of this text or of the last one that could be printed
public record PaperPreview(State state, List<byte[]> pages) {
    static final PaperPreview NONE = new PaperPreview(State.NONE, List.of());

    public enum State {
        /// Nobody has looked at it yet.
        NONE,
        DRAWING,
        READY,
        /// The text has errors; the pages are those of before.
        UNSOUND
    }

    public PaperPreview {
        pages = List.copyOf(pages);
    }

    PaperPreview as(State now) {
        return new PaperPreview(now, pages);
    }
}
