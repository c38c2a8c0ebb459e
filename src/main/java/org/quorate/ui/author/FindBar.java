package org.quorate.ui.author;

import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.quorate.base.Texts;
import org.quorate.ui.control.Ui;

/// Looks for words in the text: Enter leads from one place to the next, Escape back to the text.
final class FindBar extends HBox {
    private final ScriptArea area;
    private final TextField field = new TextField();
    private final Label none = Ui.word("", "q-bad");

    FindBar(ScriptArea area) {
        super(2 * Ui.UNIT);
        this.area = area;
        getStyleClass().add("q-find");
        field.setId("find");
        field.setAccessibleText(Texts.get("ui.author.find"));
        field.setPromptText(Texts.get("ui.author.find"));
        getChildren()
                .addAll(
                        Ui.grow(field),
                        none,
                        Ui.button(Texts.get("ui.author.find.next"), this::next),
                        Ui.button(Texts.get("ui.author.find.close"), this::close));
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                close();
            } else if (event.getCode() == KeyCode.ENTER && event.getTarget().equals(field)) {
                event.consume();
                next();
            }
        });
        Ui.show(this, false);
    }

    void open() {
        Ui.show(this, true);
        field.requestFocus();
        field.selectAll();
    }

    private void next() {
        none.setText(area.find(field.getText()) ? "" : Texts.get("ui.author.find.none"));
    }

    private void close() {
        Ui.show(this, false);
        area.requestFocus();
    }
}
