package org.quorate.ui.control;

import javafx.event.Event;
import javafx.scene.TraversalDirection;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A few lines of free text. Tab goes on to the next field and Enter presses the default button, as in every other
/// field; Shift+Enter begins a new line.
public final class ReasonField extends TextArea {
    private Runnable submit = () -> {};

    public ReasonField(int rows) {
        setWrapText(true);
        setPrefRowCount(rows);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    /// What Enter does.
    public void onSubmit(Runnable act) {
        submit = act;
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
            consume(
                    event,
                    () -> requestFocusTraversal(
                            event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT));
        } else if (event.getCode() == KeyCode.ENTER && event.isShiftDown()) {
            consume(event, () -> replaceSelection("\n"));
        } else if (event.getCode() == KeyCode.ENTER) {
            consume(event, submit);
        }
    }

    private static void consume(Event event, Runnable act) {
        event.consume();
        act.run();
    }
}
