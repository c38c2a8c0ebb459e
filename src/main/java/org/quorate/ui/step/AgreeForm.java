package org.quorate.ui.step;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Fact;

/// The last question to each participant, by name: agrees, or does not agree and why.
final class AgreeForm implements Form {
    private final Question.Agree question;
    private final Node body;
    private final Button agrees;
    private final Button refuses;

    AgreeForm(Question.Agree question, Situation situation) {
        this.question = question;
        String name = question.participant().name();
        agrees = Parts.primary(Texts.get("ui.agree.yes", name), () -> Parts.yes(situation, question));
        refuses = Parts.no(
                situation,
                question,
                Texts.get("ui.agree.no"),
                Texts.get("ui.agree.no.title", name),
                question.statement());
        var person = Ui.row(
                3,
                Ui.icon(MaterialDesignA.ACCOUNT_CIRCLE_OUTLINE, "q-person-icon"),
                Ui.grow(Ui.column(
                        0,
                        Ui.text(name, "q-person"),
                        Ui.text(question.participant().organisation(), "q-muted"))));
        body = Parts.card(
                MaterialDesignA.ACCOUNT_VOICE,
                Fact.Item.STATED.word(),
                person,
                Ui.text(question.statement(), "q-statement"));
    }

    @Override
    public Optional<String> title() {
        return Optional.of(Texts.get("ui.agree.title", question.participant().name()));
    }

    @Override
    public Laid laid() {
        return new Laid(body, agrees, Optional.of(agrees), Optional.of(refuses));
    }
}
