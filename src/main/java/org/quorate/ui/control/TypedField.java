package org.quorate.ui.control;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;

/// A field that takes only what is typed, one character at a time: whoever fills it in has read it somewhere. Paste and
/// every other way to put in more at once say so instead.
public final class TypedField extends TextField {

    /// @param refused told when someone tries to put in more than a character at once
    public TypedField(Runnable refused) {
        setContextMenu(new ContextMenu()); // the usual one offers paste
        getStyleClass().add("q-typed");
        setTextFormatter(new TextFormatter<>(change -> {
            if (change.getText().length() > 1) {
                refused.run();
                undo(change);
            }
            return change;
        }));
    }

    /// Leaves text, caret and selection as they were.
    private static void undo(TextFormatter.Change change) {
        change.setText("");
        change.setRange(change.getControlCaretPosition(), change.getControlCaretPosition());
        change.selectRange(change.getControlAnchor(), change.getControlCaretPosition());
    }
}
