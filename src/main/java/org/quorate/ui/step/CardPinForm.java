package org.quorate.ui.step;

import java.util.Locale;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.NewPin;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Question.SetCardPin;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.PinField;
import org.quorate.ui.control.PracticeAid;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Answering;
import org.quorate.ui.model.CardItem;

/// A card gets a new PIN: which card, the PIN that it has or the code that unblocks it, and the new PIN twice.
/// Everything that is typed is wiped here as soon as it goes to the engine.
final class CardPinForm implements Form {
    private static final int LONGEST_PIN = 64;

    private final SetCardPin question;
    private final Situation situation;
    private final Answering model;
    private final ErrorSummary summary = new ErrorSummary();
    private final CardChoice card = new CardChoice();
    private String typedFor = "";
    private final PinField first = new PinField(LONGEST_PIN);
    private final PinField fresh = new PinField(LONGEST_PIN);
    private final PinField again = new PinField(LONGEST_PIN);
    private final StackPane practice = new StackPane();
    private final Label tries = Ui.text("", "q-small-text", "q-muted");
    private final VBox body;
    private final Button set;
    private final Button leave;
    private final ListChangeListener<CardItem> changed = change -> offer();
    private final Subscription looking;

    CardPinForm(SetCardPin question, Situation situation) {
        this.question = question;
        this.situation = situation;
        this.model = situation.model();
        set = Parts.primary(words("set"), this::set);
        leave = Ui.button(Texts.get("ui.card_pin.leave"), this::leave);
        body = Ui.column(4, Ui.text(question.explanation(), "q-lead"), fields());
        card.valueProperty().subscribe((before, item) -> chosen(item));
        model.cards().addListener(changed);
        looking = model.nowProperty().subscribe(now -> model.lookForCards(question));
        offer();
    }

    private String words(String name) {
        return Texts.get("ui.card_pin." + question.act().name().toLowerCase(Locale.ROOT) + "." + name);
    }

    private Node fields() {
        var cardField = new FieldBox(Texts.get(model.practiceCards() ? "ui.card.tray" : "ui.card.reader"), "", card);
        var firstField = new FieldBox(words("first"), "", first);
        var freshField = new FieldBox(Texts.get("ui.card_pin.fresh"), "", fresh);
        var againField = new FieldBox(Texts.get("ui.pin.again"), "", again);
        summary.check(
                cardField,
                () -> card.chosen().isEmpty() ? Optional.of(Texts.get("ui.card.missing")) : Optional.empty());
        summary.check(
                firstField, () -> first.length() == 0 ? Optional.of(Texts.get("ui.card_pin.empty")) : Optional.empty());
        summary.check(freshField, this::weak);
        summary.check(againField, this::different);
        for (FieldBox field : new FieldBox[] {firstField, freshField, againField}) {
            field.setMinWidth(180);
        }
        var box = Ui.column(
                2,
                summary,
                cardField,
                Ui.row(4, Ui.grow(firstField), Ui.grow(freshField), Ui.grow(againField)),
                Ui.row(4, Ui.grow(tries), practice),
                Ui.text(Texts.get("ui.pin.promise"), "q-muted", "q-small-text"));
        box.getStyleClass().add("q-card");
        return box;
    }

    private Optional<String> weak() {
        try (Secret pin = fresh.secret()) {
            return card.chosen().flatMap(item -> item.card().weakness(pin)).map(NewPin.Weakness::text);
        }
    }

    private Optional<String> different() {
        try (Secret one = fresh.secret();
                Secret two = again.secret()) {
            return one.sameAs(two) ? Optional.empty() : Optional.of(Texts.get("ui.pin.different"));
        }
    }

    private void offer() {
        card.offer(model.cards());
    }

    /// What was typed belongs to one card, also where none was there for a while.
    private void chosen(CardItem item) {
        if (item != null) {
            summary.forget(first);
            if (!typedFor.equals(item.serial())) {
                wipe();
            }
            typedFor = item.serial();
        }
        tries.setText(card.chosen().map(CardItem::tries).orElse(""));
        practice.getChildren().clear();
        practised()
                .ifPresent(known -> practice.getChildren()
                        .add(PracticeAid.pin(
                                Texts.get("ui.card_pin.practice", known.first(), known.fresh()), this::practise)));
        Ui.show(practice, practised().isPresent());
    }

    private record Practised(String first, String fresh) {}

    /// What is typed in a rehearsal.
    private Optional<Practised> practised() {
        return card.chosen().flatMap(item -> {
            Optional<String> pin = item.practicePin();
            Optional<String> known =
                    question.act() == SetCardPin.Act.CHANGE ? pin : item.card().practicePuk();
            return known.flatMap(typed -> pin.map(before -> new Practised(typed, NewPin.practiceAfter(before))));
        });
    }

    @Override
    public void practise() {
        practised().ifPresent(known -> {
            first.fill(known.first());
            fresh.fill(known.fresh());
            again.fill(known.fresh());
            set.requestFocus();
        });
    }

    private void set() {
        if (summary.passes()) {
            Secret old = first.secret();
            Secret pin = fresh.secret();
            wipe();
            model.setPin(question, card.chosen().orElseThrow(), old, pin);
        }
    }

    private void leave() {
        Parts.because(
                situation.sheets(),
                Texts.get("ui.card_pin.leave.title"),
                question.title(),
                Texts.get("ui.card_pin.leave.act"),
                reason -> {
                    wipe();
                    model.desk().answer(question, new Question.CardPinAnswer.Left(reason));
                });
    }

    private void wipe() {
        first.wipe();
        fresh.wipe();
        again.wipe();
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
        return new Laid(body, first, Optional.of(set), Optional.of(leave));
    }

    @Override
    public void close() {
        looking.unsubscribe();
        model.cards().removeListener(changed);
        wipe();
    }
}
