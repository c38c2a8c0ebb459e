package org.quorate.ui.control;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import org.quorate.base.Texts;

/// What only a rehearsal offers: the PIN in plain sight, since nobody should need paper to practise, or an act for
/// which a practice HSM has no handle.
public final class PracticeAid extends HBox {
    /// The key that uses it, from anywhere on the page.
    public static final KeyCode KEY = KeyCode.F8;

    private PracticeAid(List<Node> words, String button, Runnable use) {
        super(3 * Ui.UNIT);
        getStyleClass().add("q-practice");
        var text = Ui.row(2, words.toArray(Node[]::new));
        Button press = Ui.button(button, KEY.getName(), use);
        getChildren().addAll(Ui.grow(text), press);
    }

    public static PracticeAid pin(String pin, Runnable use) {
        return new PracticeAid(
                List.of(
                        Ui.word(Texts.get("ui.pin.practice"), "q-practice-word"),
                        Ui.word(pin, "q-mono", "q-practice-pin")),
                Texts.get("ui.pin.use_practice"),
                use);
    }

    public static PracticeAid act(String button, Runnable act) {
        return new PracticeAid(List.of(Ui.word(Texts.get("ui.practice.act"), "q-practice-word")), button, act);
    }
}
