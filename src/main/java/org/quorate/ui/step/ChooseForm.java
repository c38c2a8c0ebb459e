package org.quorate.ui.step;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.PressRow;
import org.quorate.ui.control.Ui;

/// A few ways on, each a button of its own that says what follows. None is pressed by Enter unless somebody went there.
final class ChooseForm implements Form {
    private final Question.Choose question;
    private final VBox body = Ui.column(4);
    private final Node first;

    ChooseForm(Question.Choose question, Situation situation) {
        this.question = question;
        var options = Ui.column(2);
        question.options().forEach(option -> options.getChildren().add(option(option, situation)));
        first = options.getChildren().getFirst();
        body.getChildren().addAll(Ui.text(question.explanation(), "q-lead"), options);
    }

    private PressRow option(Question.Option option, Situation situation) {
        var texts =
                Ui.column(0.5, Ui.text(option.button(), "q-option-title"), Ui.text(option.consequence(), "q-muted"));
        var row = new PressRow(
                Ui.row(3, Ui.icon(MaterialDesignC.CHEVRON_RIGHT, "q-option-icon"), Ui.grow(texts)),
                option.button() + ". " + option.consequence(),
                () -> situation.model().desk().answer(question, option.id()));
        row.getStyleClass().add("q-option");
        return row;
    }

    @Override
    public Optional<String> title() {
        return Optional.of(question.title());
    }

    @Override
    public boolean withWords() {
        return false;
    }

    @Override
    public Laid laid() {
        return new Laid(body, first, Optional.empty(), Optional.empty());
    }
}
