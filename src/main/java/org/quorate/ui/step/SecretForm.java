package org.quorate.ui.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
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

/// A PIN; a new one twice. It goes to the engine as a [Secret] and is wiped here at once.
final class SecretForm implements Form {
    private final Question.EnterSecret question;
    private final Situation situation;
    private final ErrorSummary summary = new ErrorSummary();
    private final PinField pin;
    private final Optional<PinField> again;
    private final Button primary;
    private final VBox body;

    SecretForm(Question.EnterSecret question, Situation situation) {
        this.question = question;
        this.situation = situation;
        pin = new PinField(question.maxLength());
        again = question.fresh() ? Optional.of(new PinField(question.maxLength())) : Optional.empty();
        var field = new FieldBox(question.label(), hint(), pin);
        summary.check(field, this::wrongLength);
        var rows = new ArrayList<Node>(List.of(summary, field));
        again.ifPresent(repeat -> {
            var box = new FieldBox(Texts.get("ui.pin.again"), "", repeat);
            summary.check(box, this::different);
            rows.add(box);
        });
        question.maker()
                .ifPresent(maker ->
                        rows.add(Ui.text(Texts.get("ui.pin.help", maker.maker(), maker.help()), "q-small-text")));
        question.practice().ifPresent(practice -> rows.add(PracticeAid.pin(practice, () -> fill(practice))));
        rows.add(Ui.text(Texts.get("ui.pin.promise"), "q-muted", "q-small-text"));
        rows.add(Parts.answeredBy(question.by()));
        primary = Parts.primary(Texts.get(question.fresh() ? "ui.pin.set" : "ui.pin.enter"), this::answer);
        body = Parts.card(MaterialDesignF.FORM_TEXTBOX_PASSWORD, Texts.get("ui.pin.kind"), rows.toArray(Node[]::new));
    }

    /// How a PIN looks on tokens of this maker comes before how long it may be.
    private String hint() {
        String length = Texts.get("ui.pin.length", question.minLength(), question.maxLength());
        return question.maker()
                .map(maker -> Texts.get("ui.pin.form", maker.form(), length))
                .orElse(length);
    }

    private void fill(String practice) {
        pin.fill(practice);
        again.ifPresent(field -> field.fill(practice));
        primary.requestFocus();
    }

    private Optional<String> wrongLength() {
        boolean fits = pin.length() >= question.minLength() && pin.length() <= question.maxLength();
        return fits
                ? Optional.empty()
                : Optional.of(Texts.get("ui.pin.wrong_length", question.minLength(), question.maxLength()));
    }

    private Optional<String> different() {
        try (Secret one = pin.secret();
                Secret two = again.orElseThrow().secret()) {
            return one.sameAs(two) ? Optional.empty() : Optional.of(Texts.get("ui.pin.different"));
        }
    }

    private void answer() {
        if (summary.passes()) {
            Secret secret = pin.secret();
            close();
            situation.model().desk().answer(question, secret);
        }
    }

    @Override
    public Laid laid() {
        return new Laid(body, pin, Optional.of(primary), Optional.empty());
    }

    @Override
    public void practise() {
        question.practice().ifPresent(this::fill);
    }

    @Override
    public void close() {
        pin.wipe();
        again.ifPresent(PinField::wipe);
    }
}
