package org.quorate.ui.failed;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.quorate.base.Texts;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.EntryPages.Row;
import org.quorate.ui.model.FailedLedgerViewModel;

/// All entries as they stand, with the first bad one marked and in view; and one of them whole.
final class EntriesPage {
    private EntriesPage() {}

    static FailedPage of(FailedLedgerViewModel model) {
        var list = new ListView<>(model.entries());
        list.getStyleClass().add("q-rows");
        list.setAccessibleText(Texts.get("ui.failed.entries.title"));
        list.setPlaceholder(Ui.text(Texts.get("ui.failed.entries.none"), "q-muted"));
        list.setCellFactory(view -> new RowCell());
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                show(list, model);
            }
        });
        list.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                show(list, model);
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        var content = Ui.column(
                2,
                Ui.text(Texts.get("ui.failed.entries.title"), "q-title"),
                Ui.text(Texts.get("ui.failed.entries.say"), "q-muted"),
                list);
        content.getStyleClass().addAll("q-page", "q-rows-page");
        goLater(list, model.selected());
        Button show = FailedLedgerView.primary(Texts.get("ui.failed.entries.show"), () -> show(list, model));
        Button back = Ui.button(Texts.get("ui.failed.back"), model::back);
        List<Button> acts = model.firstBad()
                .map(index ->
                        List.of(show, Ui.button(Texts.get("ui.failed.entries.jump"), () -> jump(list, index)), back))
                .orElse(model.entries().isEmpty() ? List.of(back) : List.of(show, back));
        return new FailedPage(content, acts, model.entries().isEmpty() ? back : list);
    }

    private static void jump(ListView<Row> list, int index) {
        go(list, index);
        list.requestFocus();
    }

    /// Once it is laid out, because only then it is known how high its rows are.
    private static void goLater(ListView<Row> list, int index) {
        list.getSelectionModel().clearAndSelect(index);
        var waiting = new AtomicReference<>(Subscription.EMPTY);
        waiting.set(list.heightProperty().subscribe(height -> {
            if (height.doubleValue() > 0 && list.getWidth() > 0) {
                waiting.get().unsubscribe();
                var once = new AtomicReference<Runnable>(() -> {});
                once.set(() -> {
                    list.getScene().removePostLayoutPulseListener(once.get());
                    go(list, index);
                });
                list.getScene().addPostLayoutPulseListener(once.get());
            }
        }));
    }

    /// A few rows of what comes before stay in view.
    private static void go(ListView<Row> list, int index) {
        list.getSelectionModel().clearAndSelect(index);
        list.getFocusModel().focus(index);
        list.scrollTo(Math.max(0, index - 2));
    }

    private static void show(ListView<Row> list, FailedLedgerViewModel model) {
        model.show(list.getSelectionModel().getSelectedIndex());
    }

    /// As text that can be gone through and copied, and not changed.
    static FailedPage whole(String title, String text, FailedLedgerViewModel model) {
        var area = new TextArea(Ui.visible(text));
        area.setEditable(false);
        area.setWrapText(true);
        area.setAccessibleText(title);
        area.getStyleClass().addAll("q-mono", "q-whole-entry");
        VBox.setVgrow(area, Priority.ALWAYS);
        var content = Ui.column(2, Ui.text(title, "q-title"), area);
        content.getStyleClass().addAll("q-page", "q-rows-page");
        Button back = FailedLedgerView.primary(Texts.get("ui.failed.back"), model::back);
        return new FailedPage(content, List.of(back), area);
    }
}
