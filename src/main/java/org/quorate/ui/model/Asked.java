package org.quorate.ui.model;

import org.quorate.ui.backstage.ScriptLibrary.Draft;

/// What the page of scripts asks before it goes on, so that nothing is lost.
public sealed interface Asked {

    /// The text is not saved, and people want to go elsewhere.
    record Unsaved(String file, Runnable next) implements Asked {}

    /// A text that was never saved lies beside the file that was opened.
    ///
    /// @param changed whether the file is another one than the draft began with
    record DraftOffer(String file, Draft draft, boolean changed) implements Asked {}
}
