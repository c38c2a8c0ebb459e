package org.quorate.ui.shell;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.quorate.base.Texts;
import org.quorate.ui.control.FollowingScroll;
import org.quorate.ui.control.PressRow;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.CeremonyViewModel;
import org.quorate.ui.model.RailAct;
import org.quorate.ui.model.RailAct.RailStep;
import org.quorate.ui.model.StepStatus;

/// The acts and numbered steps. The act that goes on now is open, the others are one line each until somebody opens
/// them. A step that has begun can be looked at again; nothing here ever repeats one.
final class Rail extends VBox {
    private final CeremonyViewModel model;
    private final VBox acts = Ui.column(0);
    private final FollowingScroll scroll = new FollowingScroll(acts);

    /// Acts that people opened or closed against the rule above.
    private final Set<Integer> turned = new HashSet<>();

    private int currentAct;

    Rail(CeremonyViewModel model) {
        this.model = model;
        getStyleClass().add("q-rail");
        setId("rail");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().add(scroll);
        addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
        // Most entries change nothing here, and a rail that is drawn anew loses the focus for a moment.
        model.stateProperty().map(CeremonyViewModel.State::rail).subscribe(this::draw);
        model.viewingProperty()
                .subscribe(page -> draw(model.stateProperty().get().rail()));
    }

    private void draw(List<RailAct> all) {
        int now = all.stream()
                .filter(RailAct::current)
                .mapToInt(RailAct::number)
                .findFirst()
                .orElseGet(() -> all.stream()
                        .filter(act -> !act.complete())
                        .mapToInt(RailAct::number)
                        .findFirst()
                        .orElse(0));
        if (now != currentAct) {
            turned.clear();
            currentAct = now;
        }
        boolean focused = isFocusWithin();
        acts.getChildren().setAll(all.stream().map(this::act).toList());
        if (focused) {
            first().requestFocus();
        }
        revealNow();
    }

    /// Keeps the step that goes on now in view.
    private void revealNow() {
        if (getScene() != null) {
            scroll.revealLater(first());
        }
    }

    private Node act(RailAct act) {
        boolean open = (act.number() == currentAct) != turned.contains(act.number());
        var title = Ui.column(
                0,
                Ui.text(Texts.get("ui.rail.act", act.number(), act.title()), "q-act-title"),
                Ui.text(Texts.get("ui.rail.act.done", act.done(), act.steps().size()), "q-small-text", "q-muted"));
        Ikon chevron = open ? MaterialDesignC.CHEVRON_DOWN : MaterialDesignC.CHEVRON_RIGHT;
        var head = new PressRow(
                Ui.row(2, Ui.grow(title), Ui.icon(chevron, "q-muted-icon")),
                Texts.get("ui.rail.act", act.number(), act.title()),
                () -> turn(act));
        head.getStyleClass().add("q-act");
        var box = Ui.column(0, head);
        if (open) {
            act.steps().forEach(step -> box.getChildren().add(step(step)));
        }
        return box;
    }

    private void turn(RailAct act) {
        if (!turned.remove(act.number())) {
            turned.add(act.number());
        }
        draw(model.stateProperty().get().rail());
        stops().stream()
                .filter(node ->
                        Texts.get("ui.rail.act", act.number(), act.title()).equals(node.getAccessibleText()))
                .findFirst()
                .ifPresent(Node::requestFocus);
    }

    private PressRow step(RailStep step) {
        var texts = Ui.column(
                0, Ui.text(step.title(), "q-rail-title"), Ui.text(step.note(), "q-small-text", "q-rail-note"));
        var row = Ui.row(
                2.5,
                Ui.icon(icon(step.status()), "q-rail-icon"),
                Ui.word(step.number(), "q-rail-number"),
                Ui.grow(texts));
        row.setAlignment(Pos.TOP_LEFT);
        String words = step.number() + " " + step.title() + ", " + step.note();
        var pressed = new PressRow(row, words, () -> choose(step));
        pressed.getStyleClass().addAll("q-rail-step", style(step.status()));
        boolean viewed = model.viewingProperty()
                .get()
                .filter(page -> page.id().equals(step.id()))
                .isPresent();
        if (viewed) {
            pressed.getStyleClass().add("q-viewed");
        }
        return pressed;
    }

    private void choose(RailStep step) {
        if (step.status() == StepStatus.NOW) {
            model.backToCurrent();
        } else {
            model.view(step.id());
        }
    }

    private void arrows(KeyEvent event) {
        int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        if (step != 0) {
            List<Node> stops = stops();
            int at = stops.indexOf(getScene().getFocusOwner());
            stops.get(Math.clamp(at + step, 0, stops.size() - 1)).requestFocus();
            event.consume();
        }
    }

    private List<Node> stops() {
        return Sheets.focusable(acts);
    }

    /// Where the focus goes when people come to the rail.
    Node first() {
        return stops().stream()
                .filter(node -> node.getStyleClass().contains("q-now"))
                .findFirst()
                .orElseGet(() -> stops().getFirst());
    }

    private static Ikon icon(StepStatus status) {
        return switch (status) {
            case DONE -> MaterialDesignC.CHECK_CIRCLE;
            case NOW -> MaterialDesignA.ARROW_RIGHT_CIRCLE;
            case WAITING -> MaterialDesignC.CIRCLE_OUTLINE;
            case FAILED -> MaterialDesignC.CLOSE_CIRCLE_OUTLINE;
            case OVERRIDDEN -> MaterialDesignA.ALERT_CIRCLE_CHECK_OUTLINE;
            case NOT_TAKEN -> MaterialDesignC.CANCEL;
        };
    }

    private static String style(StepStatus status) {
        return switch (status) {
            case DONE -> "q-done";
            case NOW -> "q-now";
            case WAITING -> "q-waiting";
            case FAILED -> "q-failed";
            case OVERRIDDEN -> "q-overridden";
            case NOT_TAKEN -> "q-not-taken";
        };
    }
}
