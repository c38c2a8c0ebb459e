package org.quorate.ui.shell;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ui.control.Narrow;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.FoundingViewModel;
import org.quorate.ui.model.Hands;
import org.quorate.ui.records.RecordPages;
import org.quorate.ui.step.AskView;
import org.quorate.ui.step.Situation;
import org.quorate.ui.text.Times;

/// The window of a founding: a strip that says LIVE and what time it is, and one question at a time.
public final class FoundingView extends StackPane {
    private final Runnable leave;
    private final AskView page;

    public FoundingView(FoundingViewModel model, Hands hands, Runnable leave) {
        this.leave = leave;
        getStyleClass().addAll("q-shell", "q-live");
        Label mode = Ui.word(Texts.get("ui.mode.live"), "q-mode");
        mode.setGraphic(Ui.icon(MaterialDesignA.ACCESS_POINT, "q-mode-icon"));
        Label clock = Ui.word("", "q-clock");
        model.nowProperty().subscribe(now -> clock.setText(Times.clock(now)));
        var strip =
                new HBox(5 * Ui.UNIT, mode, Ui.word(Texts.get("ui.founding.strip"), "q-strong"), Ui.spring(), clock);
        strip.getStyleClass().add("q-strip");
        var sheets = new Sheets();
        page = new AskView(
                new Situation(model, sheets, new RecordPages(pdf -> List.of(), hands)),
                Texts.get("ui.founding.eyebrow"),
                AskView.Stopping.FOUNDING);
        sheets.onOrphaned(page::focusPage);
        var frame = new BorderPane(page);
        frame.setTop(strip);
        getChildren().addAll(frame, sheets.layer());
        Narrow.watch(this, narrow -> {});
        model.endedProperty().subscribe(ended -> ended.ifPresent(known -> over(known.problem())));
    }

    private void over(Optional<Problem> problem) {
        Button close = Ui.button(Texts.get("ui.opening.leave"), leave, Styles.ACCENT, "q-primary");
        page.over(
                Texts.get(problem.isPresent() ? "ui.founding.broken" : "ui.founding.done"),
                problem.<Node>map(ProblemCard::new).orElse(Ui.text(Texts.get("ui.founding.done.next"), "q-say")),
                close);
    }
}
