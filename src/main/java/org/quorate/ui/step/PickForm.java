package org.quorate.ui.step;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Answering;
import org.quorate.ui.model.CardItem;

/// A new card is put into the reader; it is only looked at, so no PIN is asked for.
final class PickForm implements Form {
    private final Question.PickCard question;
    private final Answering model;
    private final ErrorSummary summary = new ErrorSummary();
    private final CardChoice cards = new CardChoice();
    private final VBox body;
    private final Button take;
    private final ListChangeListener<CardItem> changed;
    private final Subscription looking;

    PickForm(Question.PickCard question, Situation situation) {
        this.question = question;
        this.model = situation.model();
        take = Parts.primary(Texts.get("ui.card.enrol"), this::take);
        var field = new FieldBox(Texts.get(model.practiceCards() ? "ui.card.tray" : "ui.card.reader"), "", cards);
        summary.check(
                field, () -> cards.chosen().isEmpty() ? Optional.of(Texts.get("ui.card.missing")) : Optional.empty());
        var box = Ui.column(2, summary, field);
        box.getStyleClass().add("q-card");
        body = Ui.column(4, Ui.text(question.explanation(), "q-lead"), box);
        changed = change -> cards.offer(model.cards());
        model.cards().addListener(changed);
        looking = model.nowProperty().subscribe(now -> model.lookForCards(question));
        cards.offer(model.cards());
    }

    private void take() {
        if (summary.passes()) {
            model.pick(question, cards.chosen().orElseThrow());
        }
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
        return new Laid(body, cards, Optional.of(take), Optional.empty());
    }

    @Override
    public void close() {
        looking.unsubscribe();
        model.cards().removeListener(changed);
    }
}
