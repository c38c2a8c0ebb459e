package org.quorate.ui.control;

import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Problem;
import org.quorate.base.Texts;

/// A problem as people meet it: what happened, the likely cause, what to do next; the technical text is folded away.
public final class ProblemCard extends VBox {
    public ProblemCard(Problem problem) {
        super(Ui.UNIT);
        getStyleClass().add("q-problem");
        var title = Ui.row(
                2.5,
                Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-problem-icon"),
                Ui.grow(Ui.text(problem.what(), "q-strong")));
        getChildren().addAll(title, Ui.text(problem.cause() + " " + problem.next(), "q-problem-text"));
        problem.technical().ifPresent(technical -> {
            var folded = new TitledPane(Texts.get("ui.problem.technical", problem.id()), Ui.text(technical, "q-mono"));
            folded.setExpanded(false);
            folded.setAnimated(false);
            folded.getStyleClass().addAll("q-folded", "dense");
            getChildren().add(folded);
        });
        setAccessibleText(String.join(" ", problem.lines()));
    }
}
