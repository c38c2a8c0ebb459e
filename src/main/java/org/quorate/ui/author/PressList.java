package org.quorate.ui.author;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;

/// A list whose rows are pressed: the arrow keys go from one to the next, Enter or a click does it. Tab passes
/// it in one step, however long it is.
final class PressList<T> extends ListView<T> {
    private static final double SCROLL_BAR = 16;

    /// Rows that are seen above one that is brought into view.
    private static final int ABOVE = 3;

    private final Consumer<T> act;

    PressList(String words, Function<T, Node> draw, Consumer<T> act) {
        this.act = act;
        getStyleClass().addAll("q-rows", "q-press-list");
        setAccessibleText(words);
        setCellFactory(list -> new Row(draw));
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                event.consume();
                press();
            }
        });
        focusedProperty().subscribe(focused -> begin());
    }

    /// Whoever is at the list is at a row of it, also where the rows came later than they did.
    private void begin() {
        if (isFocused() && getSelectionModel().isEmpty() && !getItems().isEmpty()) {
            getSelectionModel().selectFirst();
        }
    }

    private void press() {
        chosen().ifPresent(act);
    }

    /// The row that is marked.
    Optional<T> chosen() {
        return Optional.ofNullable(getSelectionModel().getSelectedItem());
    }

    /// Shows these rows, and keeps the place in the list.
    void show(List<T> rows) {
        if (!getItems().equals(rows)) {
            int at = getSelectionModel().getSelectedIndex();
            getItems().setAll(rows);
            if (at >= 0) {
                getSelectionModel().select(Math.min(at, rows.size() - 1));
            }
            begin();
        }
    }

    /// Marks a row, and brings it into view where it is not.
    void mark(T row) {
        getSelectionModel().select(row);
        int at = getSelectionModel().getSelectedIndex();
        boolean seen = lookup(".virtual-flow") instanceof VirtualFlow<?> flow
                && flow.getFirstVisibleCell() != null
                && flow.getFirstVisibleCell().getIndex() <= at
                && at <= flow.getLastVisibleCell().getIndex();
        if (!seen) {
            scrollTo(Math.max(0, at - ABOVE));
        }
    }

    private final class Row extends ListCell<T> {
        private final Function<T, Node> draw;

        Row(Function<T, Node> draw) {
            this.draw = draw;
            getStyleClass().add("q-row");
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            setPrefWidth(0); // as wide as the list, so that texts wrap
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && !isEmpty()) {
                    press();
                }
            });
        }

        @Override
        protected void updateItem(T item, boolean empty) {
            super.updateItem(item, empty);
            setGraphic(empty || item == null ? null : draw.apply(item));
        }

        /// A list asks without a width at first, and the usual cell measures what it shows without one always.
        @Override
        protected double computePrefHeight(double width) {
            if (!(getGraphic() instanceof Region shown)) {
                return super.computePrefHeight(width);
            }
            double wide = width > 0 ? width : Math.max(0, PressList.this.getWidth() - SCROLL_BAR);
            double inner = wide - snappedLeftInset() - snappedRightInset();
            return snappedTopInset() + shown.prefHeight(inner) + snappedBottomInset();
        }
    }
}
