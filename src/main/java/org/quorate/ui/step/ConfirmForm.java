package org.quorate.ui.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.PracticeAid;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Fact;

/// Stated: a person says that something is so, or why not.
final class ConfirmForm implements Form {
    private final Node body;
    private final Button yes;
    private final Button no;

    ConfirmForm(Question.Confirm question, Situation situation) {
        yes = Parts.primary(question.button(), () -> Parts.yes(situation, question));
        no = Parts.no(
                situation,
                question,
                Texts.get("ui.confirm.no"),
                Texts.get("ui.confirm.no.title"),
                question.statement());
        var rows = new ArrayList<Node>(List.of(Ui.text(question.statement(), "q-statement")));
        question.practice()
                .ifPresent(practice -> rows.add(PracticeAid.act(practice.button(), () -> {
                    practice.act().run();
                    yes.requestFocus();
                })));
        rows.add(Parts.answeredBy(question.by()));
        body = Parts.card(MaterialDesignA.ACCOUNT_VOICE, Fact.Item.STATED.word(), rows.toArray(Node[]::new));
    }

    @Override
    public Laid laid() {
        return new Laid(body, yes, Optional.of(yes), Optional.of(no));
    }
}
