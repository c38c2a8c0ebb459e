package org.quorate.ui.step;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.FingerprintView;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Fact;

/// Compared: a person checks the machine's value against another source.
final class CompareForm implements Form {
    private final Node body;
    private final Button matches;
    private final Button differs;

    CompareForm(Question.Compare question, Situation situation) {
        Exhibit shown = question.shown();
        matches = Parts.primary(question.button(), () -> Parts.yes(situation, question));
        differs = Parts.no(
                situation,
                question,
                Texts.get("ui.compare.differs"),
                Texts.get("ui.compare.differs.title"),
                Texts.get("ui.compare.differs.why", shown.label(), question.against()));
        Node value = shown.digest()
                .<Node>map(digest -> FingerprintView.large(digest, shown.spokenWords()))
                .orElseGet(() -> Ui.text(shown.text(), "q-value"));
        body = Parts.card(
                MaterialDesignS.SCALE_BALANCE,
                Fact.Item.COMPARED.word(),
                Ui.column(2, Ui.text(shown.label(), "q-field-label"), value),
                Ui.text(
                        Texts.get(
                                shown.digest().isPresent() ? "ui.compare.against.words" : "ui.compare.against.text",
                                question.against()),
                        "q-statement"),
                Parts.answeredBy(question.by()));
    }

    @Override
    public Laid laid() {
        return new Laid(body, matches, Optional.of(matches), Optional.of(differs));
    }
}
