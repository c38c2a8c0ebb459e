package org.quorate.ui.step;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.ActionBar;
import org.quorate.ui.control.FollowingScroll;
import org.quorate.ui.control.PracticeAid;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Steady;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Answering;
import org.quorate.ui.model.Desk;
import org.quorate.ui.model.Interruption;

/// The page of a question outside a ceremony: the same forms, and instead of exception, pause and abort one button that
/// stops everything.
public final class AskView extends BorderPane {
    private static final double WIDEST = 820;

    private final Situation situation;
    private final Stopping stopping;
    private final Answering model;
    private final Desk desk;
    private final Label title = Ui.text("", "q-title");
    private final VBox notices = Ui.column(3);
    private final StackPane above = new StackPane(notices);
    private final VBox middle = Ui.column(5);
    private final FollowingScroll scroll;
    private final ActionBar actions = new ActionBar();
    private final Button stop;
    private final Steady steady = new Steady(this);
    private Optional<Form> form = Optional.empty();

    /// What is stopped here, in its own words.
    public enum Stopping {
        FOUNDING("ui.founding.stop", "ui.founding.stop.title", "ui.founding.stop.what", "ui.founding.stop.act"),
        APPROVAL("ui.approving.stop", "ui.approving.stop.title", "ui.approving.stop.what", "ui.approving.stop.act");

        private final String button;
        private final String title;
        private final String what;
        private final String act;

        Stopping(String button, String title, String what, String act) {
            this.button = button;
            this.title = title;
            this.what = what;
            this.act = act;
        }
    }

    /// @param eyebrow what is going on, above every title
    public AskView(Situation situation, String eyebrow, Stopping stopping) {
        this.stopping = stopping;
        this.situation = situation;
        this.model = situation.model();
        this.desk = model.desk();
        getStyleClass().add("q-step");
        var page = Ui.column(4, Ui.column(1, Ui.text(eyebrow, "q-eyebrow"), title), above, middle);
        page.setMaxWidth(WIDEST);
        page.getStyleClass().add("q-page");
        scroll = new FollowingScroll(page);
        stop = Ui.button(Texts.get(stopping.button), this::stop, Styles.FLAT, Styles.DANGER);
        stop.setId("stop");
        actions.always(List.of(stop));
        setCenter(scroll);
        setBottom(actions);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        desk.noticeProperty().subscribe(this::tell);
        desk.questionProperty().subscribe(question -> render());
        desk.workProperty().subscribe(work -> render());
    }

    private void tell(Optional<Problem> problem) {
        notices.getChildren()
                .setAll(problem.<List<Node>>map(known -> List.of(new ProblemCard(known)))
                        .orElse(List.of()));
        Ui.show(notices, problem.isPresent());
        Ui.show(above, problem.isPresent() && above.getChildren().contains(notices));
    }

    private void render() {
        form.ifPresent(Form::close);
        form = Optional.empty();
        above.getChildren().setAll(List.of(notices));
        middle.getChildren().clear();
        actions.acts(List.of());
        scroll.setVvalue(0);
        desk.workProperty()
                .get()
                .ifPresentOrElse(this::work, () -> desk.questionProperty().get().ifPresent(this::ask));
    }

    private void work(Desk.Work work) {
        title.setText(Ui.visible(work.what()));
        var card = new WorkCard(work, model.nowProperty());
        middle.getChildren().add(card);
        Ui.focus(card);
    }

    private void ask(Question<?> question) {
        Form asked = Forms.of(question, situation);
        form = Optional.of(asked);
        steady.changed();
        title.setText(Ui.visible(asked.title().orElse(Texts.get(titleOf(question)))));
        asked.noticePlace().orElse(above).getChildren().setAll(List.of(notices));
        tell(desk.noticeProperty().get());
        middle.getChildren().add(asked.body());
        var buttons = new ArrayList<Button>();
        asked.primary().ifPresent(buttons::add);
        asked.secondary().ifPresent(buttons::add);
        actions.acts(buttons);
        if (!situation.sheets().showing()) {
            scroll.focusFromTop(asked.first());
        }
    }

    /// A ceremony has the title of its step where a form has none of its own.
    private static String titleOf(Question<?> question) {
        return switch (question) {
            case Question.Compare q -> "ui.founding.title.compare";
            case Question.EnterSecret q -> "ui.founding.title.pin";
            case Question.Enter q -> "ui.founding.title.enter";
            default -> "ui.founding.title.confirm";
        };
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == PracticeAid.KEY) {
            form.ifPresent(Form::practise);
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            enter(event);
        }
    }

    private void enter(KeyEvent event) {
        event.consume();
        if (event.getTarget() instanceof Button focused) {
            focused.fire();
        } else {
            form.flatMap(Form::primary).ifPresent(Button::fire);
        }
    }

    private void stop() {
        Parts.because(
                situation.sheets(),
                Texts.get(stopping.title),
                Texts.get(stopping.what),
                Texts.get(stopping.act),
                why -> desk.interrupt(new Interruption.Pause(why)),
                Styles.DANGER);
    }

    /// Where the focus belongs when people come back to the page.
    public void focusPage() {
        form.map(Form::first).orElse(stop).requestFocus();
    }

    /// Nothing is asked any more.
    public void over(String last, Node body, Button leave) {
        form.ifPresent(Form::close);
        form = Optional.empty();
        tell(Optional.empty());
        title.setText(last);
        middle.getChildren().setAll(body);
        actions.always(List.of());
        actions.acts(List.of(leave));
        Ui.focus(leave);
    }
}
