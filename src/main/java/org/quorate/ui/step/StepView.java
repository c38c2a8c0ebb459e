package org.quorate.ui.step;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Texts;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.ActionBar;
import org.quorate.ui.control.FactList;
import org.quorate.ui.control.FollowingScroll;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Steady;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.CeremonyViewModel;
import org.quorate.ui.model.Desk;
import org.quorate.ui.model.Interruption;
import org.quorate.ui.model.StepPage;

/// The page in the middle: one instruction, one question, and the buttons that name the act. While the HSM works
/// it says so; while an earlier step is looked at it shows what is on record and nothing that could be pressed
/// twice.
public final class StepView extends BorderPane {
    private static final double WIDEST = 820;

    /// An answer is usually followed by the next question at once; only a longer wait is worth a page of its own.
    private static final Duration PATIENCE = Duration.millis(350);

    private final Situation situation;
    private final CeremonyViewModel model;
    private final Desk desk;

    private final StepHead head = new StepHead();
    private final VBox notices = Ui.column(3);
    private final StackPane above = new StackPane(notices);
    private final VBox middle = Ui.column(5);
    private final VBox recorded = Ui.column(3);
    private final FollowingScroll scroll;
    private final ActionBar actions = new ActionBar();
    private final Button exception;
    private final Button pause;
    private final Button abort;
    private final Steady steady = new Steady(this);
    private final PauseTransition patience = new PauseTransition(PATIENCE);

    private Optional<Form> form = Optional.empty();

    public StepView(CeremonyViewModel model, Situation situation) {
        this.situation = situation;
        this.model = model;
        this.desk = model.desk();
        getStyleClass().add("q-step");
        var page = Ui.column(4, head, above, middle, recorded);
        page.setMaxWidth(WIDEST);
        page.getStyleClass().add("q-page");
        scroll = new FollowingScroll(page);
        exception = Ui.button(Texts.get("ui.exception.button"), "F2", this::recordException, Styles.FLAT);
        exception.setId("exception");
        pause = Ui.button(Texts.get("ui.pause.button"), "F4", this::pause, Styles.FLAT);
        pause.setId("pause");
        abort = Ui.button(Texts.get("ui.abort.button"), this::abort, Styles.FLAT, Styles.DANGER);
        abort.setId("abort");
        actions.always(List.of(exception, pause, abort));
        setCenter(scroll);
        setBottom(actions);
        addEventHandler(KeyEvent.KEY_PRESSED, this::enter);
        patience.setOnFinished(event -> goingOn());
        desk.noticeProperty()
                .subscribe(notice -> notices.getChildren()
                        .setAll(notice.<List<Node>>map(problem -> List.of(new ProblemCard(problem)))
                                .orElse(List.of())));
        model.stateProperty().map(CeremonyViewModel.State::step).subscribe(step -> describe());
        model.viewingProperty().subscribe(page1 -> render());
        desk.questionProperty().subscribe(question -> render());
        desk.workProperty().subscribe(work -> render());
    }

    // What the page shows.

    private void render() {
        form.ifPresent(Form::close);
        form = Optional.empty();
        above.getChildren().setAll(List.of(notices));
        patience.stop();
        middle.getChildren().clear();
        scroll.setVvalue(0);
        describe();
        if (model.viewingProperty().get().isPresent()) {
            look();
        } else if (desk.workProperty().get().isPresent()) {
            work(desk.workProperty().get().get());
        } else if (desk.questionProperty().get().isPresent()) {
            ask(desk.questionProperty().get().get());
        } else {
            act(List.of());
            patience.playFromStart();
        }
    }

    /// Head and facts: of the step that is looked at, or of the one that is open.
    private void describe() {
        Optional<StepPage> looked = model.viewingProperty().get();
        Optional<StepPage> page = looked.or(() -> model.stateProperty().get().step());
        Optional<String> own = looked.isPresent() ? Optional.empty() : form.flatMap(Form::title);
        head.show(
                page.map(StepPage::eyebrow).orElse(between()),
                own.or(() -> page.map(StepPage::title))
                        .orElse(model.occasion().script().title()));
        String words = page.map(StepPage::say).orElse("");
        boolean withWords = !words.isBlank()
                && (looked.isPresent() || form.map(Form::withWords).orElse(true));
        head.words(words, page.map(StepPage::does).orElse(""), withWords);
        recorded.getChildren().clear();
        page.filter(p -> !p.facts().isEmpty())
                .ifPresent(p -> recorded.getChildren()
                        .addAll(Ui.text(Texts.get("ui.facts.title"), "q-section"), new FactList(p.facts())));
        looked.ifPresent(p -> recorded.getChildren()
                .addAll(Ui.text(Texts.get("ui.lines.title"), "q-section"), new EntryList(p.lines())));
    }

    private String between() {
        boolean over = model.stateProperty().get().status().equals(Optional.of(Ceremony.Status.CLOSED));
        return Texts.get(over ? "ui.step.after" : "ui.step.before");
    }

    private void ask(Question<?> question) {
        Form asked = Forms.of(question, situation);
        form = Optional.of(asked);
        steady.changed();
        asked.noticePlace().orElse(above).getChildren().setAll(List.of(notices));
        Ui.show(above, notices.isVisible() && above.getChildren().contains(notices));
        middle.getChildren().add(asked.body());
        var buttons = new ArrayList<Button>();
        asked.primary().ifPresent(buttons::add);
        asked.secondary().ifPresent(buttons::add);
        act(buttons);
        boolean over = question instanceof Question.Closed;
        List.of(exception, pause, abort).forEach(button -> Ui.show(button, !over));
        describe();
        if (!situation.sheets().showing()) {
            focus(asked);
        }
    }

    private void focus(Form asked) {
        if (asked.again()) {
            asked.first().requestFocus();
            scroll.revealLater(asked.first());
        } else {
            scroll.focusFromTop(asked.first());
        }
    }

    private void work(Desk.Work work) {
        var card = new WorkCard(work, model.nowProperty());
        middle.getChildren().add(card);
        act(List.of());
        if (!situation.sheets().showing()) {
            Ui.focus(card);
        }
    }

    private void goingOn() {
        middle.getChildren().setAll(Ui.text(Texts.get("ui.step.going_on"), "q-muted"));
    }

    private void look() {
        StepPage page = model.viewingProperty().get().orElseThrow();
        var banner = Ui.row(
                3,
                Ui.icon(MaterialDesignA.ARCHIVE_EYE_OUTLINE, "q-info-icon"),
                Ui.grow(Ui.text(
                        Texts.get(page.lines().isEmpty() ? "ui.view.later" : "ui.view.banner", page.status()))));
        banner.getStyleClass().add("q-info-box");
        middle.getChildren().add(banner);
        Button back = Parts.primary(Texts.get("ui.view.back"), model::backToCurrent);
        back.setId("back");
        act(List.of(back));
        if (!situation.sheets().showing()) {
            back.requestFocus();
        }
    }

    /// Enter presses the button that has the focus, and from anywhere else on the page the one that names the act.
    private void enter(KeyEvent event) {
        if (event.getCode() != KeyCode.ENTER) {
            return;
        }
        event.consume();
        if (event.getTarget() instanceof Button focused) {
            focused.fire();
        } else {
            form.flatMap(Form::primary).ifPresent(Button::fire);
        }
    }

    private void act(List<Button> buttons) {
        actions.acts(buttons);
    }

    /// Shorter names for the buttons that are always there, so that the page keeps its height.
    public void narrow(boolean now) {
        exception.setText(Texts.get(now ? "ui.exception.button.short" : "ui.exception.button"));
        for (Button button : List.of(exception, pause)) {
            button.setContentDisplay(now ? ContentDisplay.TEXT_ONLY : ContentDisplay.RIGHT);
        }
    }

    // What is always possible.

    public void recordException() {
        new ExceptionForm(
                        situation.sheets(),
                        model.stateProperty().get().people().candidates(),
                        sheet -> interrupt(new Interruption.ExceptionToRecord(sheet)))
                .open();
    }

    public void pause() {
        Parts.because(
                situation.sheets(),
                Texts.get("ui.pause.title"),
                Texts.get("ui.pause.what"),
                Texts.get("ui.pause.act"),
                why -> interrupt(new Interruption.Pause(why)));
    }

    private void abort() {
        Parts.because(
                situation.sheets(),
                Texts.get("ui.abort.title"),
                Texts.get("ui.abort.what"),
                Texts.get("ui.abort.act"),
                why -> interrupt(new Interruption.Abort(why)),
                Styles.DANGER);
    }

    private void tell(Optional<? extends Node> notice) {
        notices.getChildren().setAll(notice.stream().toList());
        Ui.show(notices, notice.isPresent());
        Ui.show(above, notice.isPresent() && above.getChildren().contains(notices));
    }

    private void interrupt(Interruption said) {
        if (desk.interrupt(said)) {
            var kept = Ui.row(
                    3,
                    Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-info-icon"),
                    Ui.grow(Ui.text(Texts.get("ui.interrupt.kept"))));
            kept.getStyleClass().add("q-info-box");
            tell(Optional.of(kept));
        }
    }

    public void practise() {
        form.ifPresent(Form::practise);
    }

    /// Where the focus belongs when people come back to the page.
    public void focusPage() {
        form.map(Form::first).orElse(exception).requestFocus();
    }
}
