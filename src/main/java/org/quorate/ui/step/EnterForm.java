package org.quorate.ui.step;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.model.Fact;

/// Stated: a person types in what they see.
final class EnterForm implements Form {
    private final TextField input = new TextField();
    private final Node body;
    private final Button primary;

    EnterForm(Question.Enter question, Situation situation) {
        var summary = new ErrorSummary();
        var field = new FieldBox(question.label(), question.hint(), input);
        summary.check(
                field,
                () -> Parts.required(input.getText(), "ui.enter.missing")
                        .or(() -> question.check().apply(input.getText().strip())));
        primary = Parts.primary(question.button(), () -> {
            if (summary.passes()) {
                situation.model().desk().answer(question, input.getText().strip());
            }
        });
        body = Parts.card(
                MaterialDesignA.ACCOUNT_VOICE,
                Fact.Item.STATED.word(),
                summary,
                field,
                Parts.answeredBy(question.by()));
    }

    @Override
    public Laid laid() {
        return new Laid(body, input, Optional.of(primary), Optional.empty());
    }
}
