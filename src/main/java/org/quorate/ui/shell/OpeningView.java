package org.quorate.ui.shell;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.Backstage.PinWanted;
import org.quorate.ui.control.Narrow;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.OpeningViewModel;
import org.quorate.ui.model.OpeningViewModel.State;

/// The first page: the ledger is checked behind a bar that shows how far it has come; where that fails, what is wrong.
public final class OpeningView extends StackPane {
    private final OpeningViewModel model;
    private final Runnable leave;
    private final Label words = Ui.text("", "q-muted");
    private final ProgressBar bar = new ProgressBar();
    private final Button stop;
    private final VBox page = new VBox();

    public OpeningView(OpeningViewModel model, Runnable leave) {
        this.model = model;
        this.leave = leave;
        getStyleClass().add("q-window");
        page.getStyleClass().add("q-opening");
        bar.setMaxWidth(Double.MAX_VALUE);
        stop = Ui.button(Texts.get("ui.opening.stop"), model::cancel);
        StackPane.setAlignment(page, Pos.CENTER);
        getChildren().add(page);
        Narrow.watch(this, narrow -> {});
        model.stateProperty().subscribe(this::show);
    }

    private void show(State state) {
        getChildren().setAll(page);
        switch (state) {
            case State.Checking(var progress, var text) -> checking(progress, text);
            case State.Cancelling() -> words.setText(Texts.get("ui.opening.stopping"));
            case State.Pin(var wanted) -> ask(wanted);
            case State.Failed(var problem) -> failed(new ProblemCard(problem));
            case State.Invalid(var ledger) -> {
                // the window goes on to the page of that ledger
            }
            case State.Open(var site) -> {
                // the window goes on to the next page
            }
        }
    }

    private void checking(double progress, String text) {
        bar.setProgress(progress);
        words.setText(text);
        if (!page.getChildren().contains(bar)) {
            page.getChildren()
                    .setAll(
                            Ui.text(Texts.get("ui.brand"), "q-brand"),
                            Ui.text(Texts.get("ui.opening.title"), "q-lead"),
                            bar,
                            words,
                            Ui.row(2, stop));
            Ui.focus(stop);
        }
    }

    /// A live site says so before anybody types a PIN.
    private void ask(PinWanted wanted) {
        var form = new PinPage(wanted, model::type, model::cancel);
        getChildren().setAll(form);
        Ui.focus(form.first());
    }

    private void failed(Node problem) {
        Button again = Ui.button(Texts.get("ui.opening.again"), model::open, Styles.ACCENT, "q-primary");
        Button out = Ui.button(Texts.get("ui.opening.leave"), leave);
        page.getChildren()
                .setAll(List.of(Ui.text(Texts.get("ui.opening.failed"), "q-brand"), problem, Ui.row(2, again, out)));
        Ui.focus(again);
    }
}
