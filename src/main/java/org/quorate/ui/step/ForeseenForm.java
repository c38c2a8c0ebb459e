package org.quorate.ui.step;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Texts;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Fact;
import org.quorate.ui.model.Foreseen;

/// What a step will ask, in the shape of the forms that will ask it. It is there to be looked at: neither the mouse nor
/// the keyboard gets in.
public final class ForeseenForm extends VBox {
    public ForeseenForm() {
        super(4 * Ui.UNIT);
        setMouseTransparent(true);
    }

    public void show(List<Foreseen> asked) {
        getChildren().setAll(asked.stream().map(ForeseenForm::card).toList());
        if (asked.isEmpty()) {
            getChildren().add(Ui.text(Texts.get("ui.author.preview.devices"), "q-muted"));
        }
    }

    private static Node card(Foreseen asked) {
        return switch (asked) {
            case Foreseen.Entered(var label) -> stated(new FieldBox(Ui.visible(label), "", field()));
            case Foreseen.Stated(var statement) ->
                stated(
                        Ui.text(statement, "q-statement"),
                        new FlowPane(
                                2 * Ui.UNIT, 2 * Ui.UNIT, button("ceremony.button.confirm"), button("ui.confirm.no")));
            case Foreseen.Chosen(var question, var ways) -> chosen(question, ways);
        };
    }

    private static VBox stated(Node... content) {
        return Parts.card(MaterialDesignA.ACCOUNT_VOICE, Fact.Item.STATED.word(), content);
    }

    private static TextField field() {
        var field = new TextField();
        field.setFocusTraversable(false);
        return field;
    }

    private static Button button(String key) {
        Button button = Ui.button(Texts.get(key), () -> {});
        button.setFocusTraversable(false);
        return button;
    }

    private static Node chosen(String question, List<String> ways) {
        var options = Ui.column(2, Ui.text(question, "q-strong"));
        ways.forEach(way -> {
            var option = Ui.column(0.5, Ui.text(way, "q-option-title"));
            option.getStyleClass().add("q-option");
            options.getChildren().add(option);
        });
        return options;
    }
}
