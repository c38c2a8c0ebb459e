package org.quorate.ui.control;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.TextField;

/// A field that takes only what is typed, one character at a time: whoever fills it in has read it somewhere. Paste,
/// drop and every other way to put in more at once say so instead.
public final class TypedField extends TextField {
    private final Runnable refused;

    /// @param refused told when someone tries to put in more than a character at once
    public TypedField(Runnable refused) {
        this.refused = refused;
        setContextMenu(new ContextMenu()); // the usual one offers paste
        getStyleClass().add("q-typed");
    }

    @Override
    public void paste() {
        refused.run();
    }

    @Override
    public void replaceText(int start, int end, String text) {
        if (text.length() > 1) {
            refused.run();
            return;
        }
        super.replaceText(start, end, text);
    }
}
