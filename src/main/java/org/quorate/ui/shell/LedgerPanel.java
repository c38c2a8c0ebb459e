package org.quorate.ui.shell;

import java.util.List;
import javafx.collections.ListChangeListener.Change;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.quorate.base.Texts;
import org.quorate.ui.control.FingerprintView;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.CeremonyViewModel;
import org.quorate.ui.model.HeadView;
import org.quorate.ui.model.LedgerLine;

/// The ledger as it grows: each entry in words, and the head as hex and words, so that anyone in the room can follow
/// that what was said was written down.
final class LedgerPanel extends VBox {
    private final VBox lines = Ui.column(0);
    private final ScrollPane scroll = new ScrollPane(lines);
    private final Label size = Ui.word("", "q-muted", "q-small-text");
    private final VBox head = Ui.column(2);

    LedgerPanel(CeremonyViewModel model) {
        getStyleClass().add("q-ledger");
        setId("ledger");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(true);
        scroll.setAccessibleText(Texts.get("ui.ledger.title"));
        scroll.getStyleClass().addAll("q-scroll", "q-lines");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var title = Ui.row(2, Ui.word(Texts.get("ui.ledger.title"), "q-panel-title"), Ui.spring(), size);
        head.getStyleClass().add("q-head");
        getChildren().addAll(title, scroll, head);
        model.headProperty().subscribe(this::show);
        add(model.lines());
        model.lines().addListener(this::changed);
        // The newest entry is the one that people look for.
        lines.heightProperty().subscribe(height -> scroll.setVvalue(scroll.getVmax()));
    }

    private void changed(Change<? extends LedgerLine> change) {
        while (change.next()) {
            if (change.wasRemoved()) {
                lines.getChildren().clear();
                add(change.getList());
                return;
            }
            add(change.getAddedSubList());
        }
    }

    private void add(List<? extends LedgerLine> added) {
        added.forEach(line -> lines.getChildren().add(line(line)));
    }

    /// Number and time above, the words beneath, wrapped and never cut off.
    private static VBox line(LedgerLine line) {
        var above = Ui.row(2, Ui.word(line.number(), "q-mono"), Ui.word(line.time(), "q-mono"));
        above.getStyleClass().add("q-line-head");
        var box = Ui.column(0, above, Ui.text(line.words(), "q-line-words"));
        box.getStyleClass().add("q-line");
        return box;
    }

    private void show(HeadView now) {
        size.setText(Texts.get("ui.ledger.size", now.size()));
        head.getChildren()
                .setAll(
                        Ui.word(Texts.get("ui.ledger.head"), "q-strong"),
                        FingerprintView.small(now.root(), now.spoken()));
    }

    ScrollPane list() {
        return scroll;
    }
}
