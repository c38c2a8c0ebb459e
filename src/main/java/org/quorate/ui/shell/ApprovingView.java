package org.quorate.ui.shell;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.control.Narrow;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.ApprovingViewModel;
import org.quorate.ui.model.Hands;
import org.quorate.ui.records.RecordPages;
import org.quorate.ui.step.AskView;
import org.quorate.ui.step.Situation;
import org.quorate.ui.text.Times;

/// Where approvers approve a script: a strip that says in which mode and which script, and one question at a time.
public final class ApprovingView extends StackPane {
    private final Runnable home;
    private final AskView page;

    public ApprovingView(ApprovingViewModel model, Hands hands, Runnable home) {
        this.home = home;
        boolean rehearsal = model.rehearsal();
        getStyleClass().addAll("q-shell", rehearsal ? "q-rehearsal" : "q-live");
        Label mode = Ui.word(Texts.get(rehearsal ? "ui.mode.rehearsal" : "ui.mode.live"), "q-mode");
        mode.setGraphic(
                Ui.icon(rehearsal ? MaterialDesignS.SCHOOL_OUTLINE : MaterialDesignA.ACCESS_POINT, "q-mode-icon"));
        Label clock = Ui.word("", "q-clock");
        model.nowProperty().subscribe(now -> clock.setText(Times.clock(now)));
        var strip = new HBox(5 * Ui.UNIT, mode, Ui.word(Ui.visible(model.title()), "q-strong"), Ui.spring(), clock);
        strip.getStyleClass().add("q-strip");
        var sheets = new Sheets();
        page = new AskView(
                new Situation(model, sheets, new RecordPages(pdf -> List.of(), hands)),
                Texts.get("ui.approving.eyebrow"),
                AskView.Stopping.APPROVAL);
        sheets.onOrphaned(page::focusPage);
        var frame = new BorderPane(page);
        frame.setTop(strip);
        getChildren().addAll(frame, sheets.layer());
        Narrow.watch(this, narrow -> {});
        model.endedProperty().subscribe(ended -> ended.ifPresent(this::over));
    }

    private void over(OpenSite.Approved how) {
        Button leave = Ui.button(Texts.get("ui.approving.home"), home, Styles.ACCENT, "q-primary");
        page.over(
                Texts.get(how.problem().isPresent() ? "ui.approving.broken" : "ui.approving.done"),
                how.problem().<Node>map(ProblemCard::new).orElseGet(() -> Ui.text(how.words(), "q-say")),
                leave);
    }
}
