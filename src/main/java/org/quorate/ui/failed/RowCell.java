package org.quorate.ui.failed;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ui.backstage.FailedLedger.Line;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.EntryPages.Mark;
import org.quorate.ui.model.EntryPages.Row;

/// A row of the ledger: number, time, what it says, and in words what is wrong with it. It is as high as its text,
/// wrapped at the width of the list, needs.
final class RowCell extends ListCell<Row> {
    private static final double SCROLL_BAR = 16;
    private static final String BAD = "q-row-bad";

    RowCell() {
        getStyleClass().add("q-row");
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(Row row, boolean empty) {
        super.updateItem(row, empty);
        getStyleClass().remove(BAD);
        if (empty || row == null) {
            setGraphic(null);
            return;
        }
        if (row.mark() != Mark.NONE) {
            getStyleClass().add(BAD);
        }
        setGraphic(row.line()
                .<Node>map(line -> line(line, row.mark()))
                .orElseGet(() -> Ui.text(Texts.get("ui.failed.entries.reading"), "q-muted")));
    }

    private static HBox line(Line line, Mark mark) {
        String time = line.entry().map(entry -> UtcTime.forPeople(entry.time())).orElse("");
        var texts = new VBox(Ui.text(line.words()));
        if (mark != Mark.NONE) {
            String key = mark == Mark.FIRST_BAD ? "ui.failed.entries.first_bad" : "ui.failed.entries.bad";
            texts.getChildren()
                    .addFirst(Ui.row(
                            1.5,
                            Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-error-icon"),
                            Ui.word(Texts.get(key), "q-bad", "q-strong")));
        }
        var number = Ui.word(String.valueOf(line.row().seq()), "q-mono", "q-muted", "q-row-number");
        var row = Ui.row(4, number, Ui.word(time, "q-mono", "q-muted", "q-row-time"), Ui.grow(texts));
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }

    /// A list asks without a width at first, and the usual cell measures what it shows without one always.
    @Override
    protected double computePrefHeight(double width) {
        if (!(getGraphic() instanceof Region shown)) {
            return super.computePrefHeight(width);
        }
        double wide = width > 0 ? width : Math.max(0, getListView().getWidth() - SCROLL_BAR);
        double inner = wide - snappedLeftInset() - snappedRightInset();
        return snappedTopInset() + shown.prefHeight(inner) + snappedBottomInset();
    }
}
