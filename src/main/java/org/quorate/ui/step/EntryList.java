package org.quorate.ui.step;

import java.util.List;
import javafx.scene.layout.VBox;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.LedgerLine;

/// Entries of the ledger in words, one beneath the other.
public final class EntryList extends VBox {
    public EntryList(List<LedgerLine> lines) {
        getStyleClass().add("q-entries");
        for (LedgerLine line : lines) {
            var row = Ui.row(
                    3,
                    Ui.word(line.number(), "q-mono", "q-muted"),
                    Ui.word(line.time(), "q-mono", "q-muted"),
                    Ui.grow(Ui.text(line.words())));
            row.getStyleClass().add("q-entry");
            getChildren().add(row);
        }
    }
}
