package org.quorate.ui.control;

import java.util.Arrays;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.quorate.base.Secret;

/// A field for a PIN. It keeps characters in an array that is wiped, and knows neither copy, cut, paste, selection nor
/// undo: JavaFX's own password field keeps the text as strings that nobody can wipe.
public final class PinField extends StackPane {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    /// More would leave the page; the words of a share are counted beside the field.
    private static final int MOST_DOTS = 40;

    private final char[] typed;
    private final ReadOnlyIntegerWrapper length = new ReadOnlyIntegerWrapper();
    private final HBox dots = new HBox();
    private final Region caret = new Region();

    /// @param limit how many characters it takes
    public PinField(int limit) {
        typed = new char[limit];
        getStyleClass().add("q-pin");
        dots.getStyleClass().add("q-pin-dots");
        dots.setAlignment(Pos.CENTER_LEFT);
        caret.getStyleClass().add("q-pin-caret");
        getChildren().add(dots);
        setAlignment(Pos.CENTER_LEFT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.PASSWORD_FIELD);
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> requestFocus());
        addEventHandler(KeyEvent.KEY_TYPED, this::type);
        addEventHandler(KeyEvent.KEY_PRESSED, this::erase);
        focusedProperty().subscribe(focused -> draw());
        draw();
    }

    private void type(KeyEvent event) {
        boolean command = event.isControlDown() != event.isAltDown() || event.isMetaDown();
        String text = event.getCharacter();
        if (command || text.length() != 1 || Character.isISOControl(text.charAt(0))) {
            return;
        }
        append(text.charAt(0));
        event.consume();
    }

    private void erase(KeyEvent event) {
        if (event.getCode() == KeyCode.BACK_SPACE && length.get() > 0) {
            length.set(length.get() - 1);
            typed[length.get()] = '\0';
            draw();
            event.consume();
        } else if (event.getCode() == KeyCode.DELETE) {
            wipe();
            event.consume();
        }
    }

    private void append(char character) {
        if (length.get() < typed.length) {
            typed[length.get()] = character;
            length.set(length.get() + 1);
            draw();
        }
    }

    /// Fills in a practice PIN, which is no secret.
    public void fill(String practice) {
        wipe();
        practice.chars().forEach(c -> append((char) c));
    }

    /// The characters as a secret of their own, from a copy that is wiped; the field keeps its own until [#wipe()].
    public Secret secret() {
        return Secret.ofChars(Arrays.copyOf(typed, length.get()));
    }

    public void wipe() {
        Arrays.fill(typed, '\0');
        length.set(0);
        draw();
    }

    /// Whether nothing of what was typed is left in memory.
    public boolean wiped() {
        for (char c : typed) {
            if (c != '\0') {
                return false;
            }
        }
        return true;
    }

    public void error(boolean wrong) {
        pseudoClassStateChanged(ERROR, wrong);
    }

    public int length() {
        return length.get();
    }

    public ReadOnlyIntegerProperty lengthProperty() {
        return length.getReadOnlyProperty();
    }

    private void draw() {
        dots.getChildren().clear();
        for (int i = 0; i < Math.min(length.get(), MOST_DOTS); i++) {
            var dot = new Region();
            dot.getStyleClass().add("q-pin-dot");
            dots.getChildren().add(dot);
        }
        if (isFocused()) {
            dots.getChildren().add(caret);
        }
    }
}
