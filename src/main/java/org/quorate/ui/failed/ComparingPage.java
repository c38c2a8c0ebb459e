package org.quorate.ui.failed;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import org.quorate.base.Texts;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.FailedLedgerViewModel;
import org.quorate.ui.model.FailedLedgerViewModel.Page;

/// While the mirror is checked.
final class ComparingPage extends VBox {
    private final ProgressBar bar = new ProgressBar();
    private final Label words = Ui.text("", "q-muted");
    private final FailedPage page;

    ComparingPage(Page.Comparing now, FailedLedgerViewModel model) {
        super(4 * Ui.UNIT);
        getStyleClass().add("q-page");
        bar.setMaxWidth(Double.MAX_VALUE);
        getChildren().addAll(Ui.text(Texts.get("ui.mirror.comparing"), "q-title"), bar, words);
        Button stop = Ui.button(Texts.get("ui.mirror.stop"), model::stop);
        page = new FailedPage(this, List.of(stop), stop);
        show(now);
    }

    void show(Page.Comparing now) {
        bar.setProgress(now.progress());
        words.setText(now.words());
    }

    FailedPage page() {
        return page;
    }
}
