package org.quorate.ui.step;

import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.base.Words;
import org.quorate.ceremony.Question;
import org.quorate.quorum.Statement;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.FingerprintView;
import org.quorate.ui.control.PinField;
import org.quorate.ui.control.PracticeAid;
import org.quorate.ui.control.QuorumBar;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Answering;
import org.quorate.ui.model.CardItem;
import org.quorate.ui.model.Countdown;

/// A card is presented to sign a statement: the words, the exact act behind them, who has signed, the cards that are
/// there, and the PIN. The page comes again for each card until the quorum stands. It is the same page where the card
/// opens its share of a PIN.
final class CardForm implements Form {
    private static final int LONGEST_PIN = 64;

    private final Question.OfCard question;
    private final Situation situation;
    private final Answering model;
    private final ErrorSummary summary = new ErrorSummary();
    private final CardChoice card = new CardChoice();
    private String pinOf = "";
    private final FieldBox pinField;
    private final PinField pin = new PinField(LONGEST_PIN);
    private final StackPane practice = new StackPane();
    private final Label tries = Ui.text("", "q-small-text", "q-muted");
    private final Label countdown = Ui.text("", "q-strong");
    private final StackPane notices = new StackPane();
    private final VBox body;
    private final Button approve;
    private final Button reject;
    private final ListChangeListener<CardItem> changed = change -> offer();
    private final Subscription looking;
    private final Subscription troubled;

    CardForm(Question.OfCard question, Situation situation) {
        this.question = question;
        this.situation = situation;
        this.model = situation.model();
        pinField = new FieldBox(Texts.get("ui.card.pin"), "", pin);
        approve = Parts.primary(Texts.get(act(question)), this::approve);
        reject = Ui.button(Texts.get("ui.card.reject"), this::reject);
        Ui.show(notices, model.desk().noticeProperty().get().isPresent());
        countdown.setId("countdown");
        countdown.setGraphic(Ui.icon(MaterialDesignT.TIMER_OUTLINE, "q-muted-icon"));
        body = Ui.column(4, statement(question.statement()), Ui.column(2, quorum(), countdown), notices, presenting());
        card.valueProperty().subscribe((before, item) -> chosen(item));
        model.cards().addListener(changed);
        // Cards come and go while the page stands, so the reader is looked at with every tick of the clock.
        looking = model.nowProperty().subscribe(now -> {
            model.lookForCards(question);
            count();
        });
        troubled = model.cardTroubleProperty().subscribe(trouble -> tellTries());
        offer();
    }

    /// Every second, in words; when the time is over the colour is only one sign of it.
    private void count() {
        Optional<Countdown> left = model.countdown(question);
        countdown.setText(left.map(Countdown::text).orElse(""));
        countdown.getStyleClass().removeAll("q-countdown-over");
        if (left.filter(Countdown::over).isPresent()) {
            countdown.getStyleClass().add("q-countdown-over");
        }
        Ui.show(countdown, left.isPresent());
    }

    private static String act(Question.OfCard question) {
        return switch (question) {
            case Question.PresentCard q -> "ui.card.approve";
            case Question.OpenShare q -> q.signs() ? "ui.card.sign_and_open" : "ui.card.open";
        };
    }

    private static Node statement(Statement statement) {
        Digest act = Digest.of(statement.act().canonical());
        return Parts.card(
                MaterialDesignS.SIGNATURE_FREEHAND,
                Texts.get("ui.card.statement"),
                Ui.text(statement.text(), "q-statement"),
                Ui.column(
                        2,
                        Ui.text(Texts.get("ui.card.act"), "q-small-text", "q-muted"),
                        FingerprintView.small(act, Words.spoken(act))));
    }

    private Node quorum() {
        return new QuorumBar(question.tally().quorum().m(), model.segments(question));
    }

    private Node presenting() {
        var cardField = new FieldBox(Texts.get(model.practiceCards() ? "ui.card.tray" : "ui.card.reader"), "", card);
        summary.check(
                cardField,
                () -> card.chosen().isEmpty() ? Optional.of(Texts.get("ui.card.missing")) : Optional.empty());
        summary.check(pinField, this::wrongPin);
        pin.setMinWidth(200);
        pinField.setMinWidth(200);
        var fields = Ui.row(4, Ui.grow(cardField), pinField);
        fields.setFillHeight(true);
        cardField.setPrefWidth(420);
        cardField.setMinWidth(220);
        var below = Ui.row(4, Ui.grow(tries), practice);
        var box = Ui.column(2, summary, fields, below);
        VBox.setVgrow(box, Priority.NEVER);
        box.getStyleClass().add("q-card");
        return box;
    }

    private Optional<String> wrongPin() {
        return card.chosen()
                .map(CardItem::help)
                .filter(help -> pin.length() < help.minLength() || pin.length() > help.maxLength())
                .map(help -> Texts.get("ui.pin.wrong_length", help.minLength(), help.maxLength()));
    }

    private void offer() {
        card.offer(model.cards());
    }

    /// The PIN belongs to one card: another card, another PIN, also where none was there for a while.
    private void chosen(CardItem item) {
        if (item != null) {
            summary.forget(pin);
            if (!pinOf.equals(item.serial())) {
                pin.wipe();
            }
            pinOf = item.serial();
        }
        practice.getChildren().clear();
        Ui.show(practice, false);
        Ui.show(
                pinField,
                Optional.ofNullable(item).filter(one -> one.help().atReader()).isEmpty());
        tellTries();
        Optional.ofNullable(item).flatMap(CardItem::practicePin).ifPresent(known -> {
            practice.getChildren().add(PracticeAid.pin(known, this::practise));
            Ui.show(practice, true);
        });
    }

    /// Where a card lies that is not offered, people read why.
    private void tellTries() {
        String trouble = model.cardTroubleProperty().get();
        tries.setText(card.chosen()
                .map(CardItem::tries)
                .map(text -> trouble.isEmpty() ? text : text + "\n" + trouble)
                .orElse(trouble));
    }

    @Override
    public void practise() {
        card.chosen().flatMap(CardItem::practicePin).ifPresent(known -> {
            pin.fill(known);
            approve.requestFocus();
        });
    }

    private void approve() {
        if (summary.passes()) {
            var secret = pin.secret();
            pin.wipe();
            model.approve(question, card.chosen().orElseThrow(), secret);
        }
    }

    /// A rejection is signed too, so it needs the card and the PIN as well as the reason.
    private void reject() {
        if (summary.passes()) {
            Parts.because(
                    situation.sheets(),
                    Texts.get(
                            "ui.card.reject.title", card.chosen().orElseThrow().holder()),
                    question.statement().text(),
                    Texts.get("ui.card.reject.sign"),
                    reason -> {
                        var secret = pin.secret();
                        pin.wipe();
                        model.reject(question, card.chosen().orElseThrow(), secret, reason);
                    });
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
        return new Laid(body, pin, Optional.of(approve), Optional.of(reject));
    }

    @Override
    public Optional<Pane> noticePlace() {
        return Optional.of(notices);
    }

    @Override
    public boolean again() {
        return !question.tally().approved().isEmpty()
                || model.desk().noticeProperty().get().isPresent();
    }

    @Override
    public void close() {
        looking.unsubscribe();
        troubled.unsubscribe();
        model.cards().removeListener(changed);
        pin.wipe();
    }
}
