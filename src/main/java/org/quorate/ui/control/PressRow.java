package org.quorate.ui.control;

import javafx.css.PseudoClass;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;

/// A row that is pressed like a button and may hold several lines of wrapping text, which JavaFX's own button measures
/// wrongly.
public final class PressRow extends StackPane {
    private static final PseudoClass PRESSED = PseudoClass.getPseudoClass("armed");

    private final Runnable act;

    /// @param words what it does, for whoever cannot see it
    public PressRow(Node content, String words, Runnable act) {
        super(content);
        this.act = act;
        getStyleClass().add("q-press");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setAccessibleText(words);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            requestFocus();
            pseudoClassStateChanged(PRESSED, true);
        });
        addEventHandler(MouseEvent.MOUSE_RELEASED, event -> pseudoClassStateChanged(PRESSED, false));
        addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                act.run();
            }
        });
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            event.consume();
            act.run();
        }
    }

    /// Does what a press does.
    public void fire() {
        act.run();
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (action == AccessibleAction.FIRE) {
            act.run();
        } else {
            super.executeAccessibleAction(action, parameters);
        }
    }
}
