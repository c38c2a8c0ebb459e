package org.quorate.ui.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.PinField;
import org.quorate.ui.control.PracticeAid;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.TypedWords;

/// The words of a share on paper, typed or scanned. They show as dots, and the page says how many there are and which
/// of them is none, so that nobody need see them.
final class WordsForm implements Form {
    private static final int LONGEST_WORD = 9;

    private final Question.EnterWords question;
    private final Situation situation;
    private final ErrorSummary summary = new ErrorSummary();
    private final PinField typed;
    private final Label count = Ui.text("", "q-muted");
    private final Button primary;
    private final VBox body;

    WordsForm(Question.EnterWords question, Situation situation) {
        this.question = question;
        this.situation = situation;
        typed = new PinField(question.words() * LONGEST_WORD);
        var field = new FieldBox(question.label(), question.hint(), typed);
        summary.check(field, this::wrong);
        var rows = new ArrayList<Node>(List.of(summary, field, count));
        question.practice()
                .ifPresent(practice ->
                        rows.add(PracticeAid.act(Texts.get("ui.words.use_practice"), () -> fill(practice))));
        rows.add(Ui.text(Texts.get("ui.words.promise"), "q-muted", "q-small-text"));
        rows.add(Parts.answeredBy(question.by()));
        primary = Parts.primary(Texts.get("ui.words.check"), this::answer);
        body = Parts.card(MaterialDesignF.FORM_TEXTBOX_PASSWORD, Texts.get("ui.words.kind"), rows.toArray(Node[]::new));
        typed.lengthProperty().subscribe(now -> count());
    }

    private TypedWords words() {
        try (Secret secret = typed.secret()) {
            return TypedWords.of(secret);
        }
    }

    private void count() {
        TypedWords now = words();
        count.setText(now.unknown()
                .map(position -> Texts.get("ui.words.unknown", position))
                .orElseGet(() -> Texts.get("ui.words.count", now.count(), question.words())));
    }

    private Optional<String> wrong() {
        TypedWords now = words();
        return now.count() == question.words()
                ? Optional.empty()
                : Optional.of(Texts.get("ui.words.count", now.count(), question.words()));
    }

    private void fill(String practice) {
        typed.fill(practice);
        primary.requestFocus();
    }

    private void answer() {
        if (summary.passes()) {
            Secret secret = typed.secret();
            close();
            situation.model().desk().answer(question, secret);
        }
    }

    @Override
    public Laid laid() {
        return new Laid(body, typed, Optional.of(primary), Optional.empty());
    }

    @Override
    public void practise() {
        question.practice().ifPresent(this::fill);
    }

    @Override
    public void close() {
        typed.wipe();
    }
}
