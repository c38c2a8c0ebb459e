package org.quorate.ui.step;

import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.quorum.Participant;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.ExhibitList;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.TypedField;
import org.quorate.ui.control.Ui;

/// The page before an act that cannot be undone. The serial is typed, exactly and by hand, by someone who looks at the
/// device; Enter alone does nothing here before that.
final class CommitForm implements Form {
    private final Question.Commit question;
    private final TypedField serial;
    private final Button primary;
    private final VBox body;

    CommitForm(Question.Commit question, Situation situation) {
        this.question = question;
        var summary = new ErrorSummary();
        var refused = new Runnable[1];
        serial = new TypedField(() -> refused[0].run());
        serial.getStyleClass().add("q-mono");
        var field = new FieldBox(Texts.get("ui.commit.serial"), Texts.get("ui.commit.serial.hint"), serial);
        refused[0] = () -> summary.tell(field, Texts.get("ui.commit.no_paste"));
        summary.check(field, this::wrong);
        primary = Parts.primary(question.button(), () -> {
            if (summary.passes()) {
                situation.model().desk().answer(question, serial.getText());
            }
        });
        primary.getStyleClass().remove(Styles.ACCENT);
        primary.getStyleClass().add(Styles.DANGER);
        var consequence = Ui.row(
                3,
                Ui.icon(MaterialDesignA.ALERT_OCTAGON_OUTLINE, "q-danger-icon"),
                Ui.grow(Ui.column(
                        1,
                        Ui.text(Texts.get("ui.commit.final"), "q-danger-title"),
                        Ui.text(question.consequence(), "q-statement"))));
        consequence.getStyleClass().add("q-danger-box");
        var facts = Parts.card(
                MaterialDesignS.SHIELD_KEY_OUTLINE,
                Texts.get("ui.commit.facts"),
                new ExhibitList(question.facts()),
                Ui.text(consent(question), "q-muted"));
        var typing = Ui.column(3, summary, field);
        typing.getStyleClass().add("q-card");
        body = Ui.column(4, consequence, facts, typing);
    }

    private static String consent(Question.Commit question) {
        if (question.consenting().isEmpty()) {
            return Texts.get("ui.commit.no_quorum");
        }
        String names = String.join(
                ", ", question.consenting().stream().map(Participant::name).toList());
        return Texts.get("ui.commit.consent", names);
    }

    private Optional<String> wrong() {
        if (serial.getText().isEmpty()) {
            return Optional.of(Texts.get("ui.commit.missing"));
        }
        return serial.getText().equals(question.serial())
                ? Optional.empty()
                : Optional.of(Texts.get("ui.commit.different", serial.getText()));
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
        return new Laid(body, serial, Optional.of(primary), Optional.empty());
    }
}
