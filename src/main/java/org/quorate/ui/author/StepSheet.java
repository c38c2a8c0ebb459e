package org.quorate.ui.author;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.quorate.base.Texts;
import org.quorate.script.StepSample;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.StepChoice;

/// Which kind of step to put into the text. Whoever types sees fewer of them and stays in the field: the arrow keys go
/// through the list from there, and Enter takes the one that is marked.
final class StepSheet {
    /// What else a sheet has above and below the list.
    private static final double BESIDE_THE_LIST = 270;

    private static final double OF_THE_WORDS = 70;
    private static final double LOWEST = 96;
    private static final double HIGHEST = 380;

    /// Lower than that, what is said above the list goes in favour of the list.
    private static final double LOW = 500;

    private final AuthoringViewModel model;
    private final Sheets sheets;
    private final TextField filter = new TextField();
    private final PressList<StepSample> list;
    private final Label none = Ui.text("", "q-muted");

    private final Label what = Ui.text(Texts.get("ui.author.insert.what"));
    private final Sheet sheet;

    StepSheet(AuthoringViewModel model, Sheets sheets) {
        this.model = model;
        this.sheets = sheets;
        list = new PressList<>(Texts.get("ui.author.insert.list"), StepSheet::row, this::insert);
        list.setId("step-kinds");
        list.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(this::room, sheets.layer().heightProperty()));
        list.minHeightProperty().bind(list.prefHeightProperty());
        filter.setId("step-filter");
        filter.textProperty().subscribe(typed -> show());
        filter.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        model.kindsProperty().subscribe(this::show);
        Button insert = Ui.button(
                Texts.get("ui.author.insert.act"),
                () -> list.chosen().ifPresent(this::insert),
                Styles.ACCENT,
                "q-primary");
        insert.setId("insert");
        Button close = Ui.button(Texts.get("ui.sheet.close"), sheets::close);
        var field = new FieldBox(Texts.get("ui.author.insert.filter"), "", filter);
        sheets.layer().heightProperty().subscribe(height -> Ui.show(what, !low()));
        sheet = new Sheet(Texts.get("ui.author.insert.title"), Ui.column(3, what, field, none, list), insert, close);
    }

    void open() {
        filter.clear();
        sheets.open(sheet, filter);
        show();
        model.lookForKinds();
    }

    private boolean low() {
        return sheets.layer().getHeight() < LOW;
    }

    private double room() {
        double height = sheets.layer().getHeight() - BESIDE_THE_LIST - (low() ? 0 : OF_THE_WORDS);
        return Math.clamp(height, LOWEST, HIGHEST);
    }

    private void show() {
        List<StepSample> all = model.kindsProperty().get();
        List<StepSample> found = StepChoice.of(all, filter.getText());
        list.show(found);
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
        none.setText(Texts.get(all.isEmpty() ? "ui.author.insert.reading" : "ui.author.insert.none"));
        Ui.show(none, found.isEmpty());
        Ui.show(list, !found.isEmpty());
    }

    private void key(KeyEvent event) {
        int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        if (step != 0) {
            event.consume();
            int at = Math.clamp(
                    list.getSelectionModel().getSelectedIndex() + step,
                    0,
                    list.getItems().size());
            if (at < list.getItems().size()) {
                list.mark(list.getItems().get(at));
            }
        }
    }

    private void insert(StepSample sample) {
        sheets.close();
        model.insert(sample);
    }

    private static Node row(StepSample sample) {
        return Ui.column(
                0,
                Ui.row(
                        2,
                        Ui.grow(Ui.text(sample.title(), "q-rail-title", "q-strong")),
                        Ui.word(sample.kind(), "q-mono", "q-small-text", "q-muted")),
                Ui.text(sample.does(), "q-small-text"));
    }
}
