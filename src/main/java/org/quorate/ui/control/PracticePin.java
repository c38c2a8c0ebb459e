package org.quorate.ui.control;

import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import org.quorate.base.Texts;

/// The PIN of a rehearsal, in plain sight: it is no secret, and nobody should need paper to practise.
public final class PracticePin extends HBox {
    /// The key that fills it in, from anywhere on the page.
    public static final KeyCode KEY = KeyCode.F8;

    public PracticePin(String pin, Runnable use) {
        super(3 * Ui.UNIT);
        getStyleClass().add("q-practice");
        var text = Ui.row(
                2, Ui.word(Texts.get("ui.pin.practice"), "q-practice-word"), Ui.word(pin, "q-mono", "q-practice-pin"));
        Button button = Ui.button(Texts.get("ui.pin.use_practice"), KEY.getName(), use);
        getChildren().addAll(Ui.grow(text), button);
    }
}
