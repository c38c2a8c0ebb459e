package org.quorate.ui.control;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.ui.model.Fact;

/// What is on record for a step. Each line says in a word and a shape how it is known: sensed, stated or compared.
public final class FactList extends VBox {
    public FactList(List<Fact> facts) {
        getStyleClass().add("q-facts");
        facts.forEach(fact -> getChildren().add(line(fact)));
    }

    private static HBox line(Fact fact) {
        var mark = Ui.row(
                1.5,
                Ui.icon(icon(fact.item()), "q-item-icon"),
                Ui.word(fact.item().word(), "q-item-word"));
        mark.setAlignment(Pos.TOP_LEFT);
        mark.getStyleClass().add("q-item");
        Label label = Ui.text(fact.label(), "q-fact-label");
        Label value = Ui.text(fact.text(), "q-fact-value");
        if (fact.text().matches("[0-9a-f]{4}( [0-9a-f]{4}){3,}")) {
            value.getStyleClass().add("q-mono");
        }
        Label note = Ui.text(fact.note(), "q-small-text", "q-muted");
        var texts = Ui.column(0.5, label, value, verdict(fact, note));
        var line = new HBox(mark, Ui.grow(texts));
        line.getStyleClass().add("q-fact");
        return line;
    }

    private static HBox verdict(Fact fact, Label note) {
        HBox row = Ui.row(1.5, Ui.grow(note));
        switch (fact.mark()) {
            case MATCHES ->
                row.getChildren()
                        .addAll(
                                0,
                                List.of(
                                        Ui.icon(MaterialDesignC.CHECK, "q-good-icon"),
                                        Ui.word(Texts.get("ui.fact.matches"), "q-small-text", "q-good")));
            case DIFFERS ->
                row.getChildren()
                        .addAll(
                                0,
                                List.of(
                                        Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-error-icon"),
                                        Ui.word(Texts.get("ui.fact.differs"), "q-small-text", "q-bad")));
            case NONE -> {
                // nothing to compare with
            }
        }
        return row;
    }

    private static Ikon icon(Fact.Item item) {
        return switch (item) {
            case SENSED -> MaterialDesignE.EYE_OUTLINE;
            case STATED -> MaterialDesignA.ACCOUNT_VOICE;
            case COMPARED -> MaterialDesignS.SCALE_BALANCE;
        };
    }
}
