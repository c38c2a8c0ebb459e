package org.quorate.ui.control;

import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
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
        getChildren().addAll(title, Ui.text(problem.cause() + " " + problem.next()));
        problem.technical().ifPresent(technical -> {
            Label folded = Ui.text(problem.id() + "\n" + technical, "q-mono", "q-small-text");
            Ui.show(folded, false);
            var link = new Hyperlink(Texts.get("ui.problem.technical"));
            link.setMinWidth(USE_PREF_SIZE);
            link.setOnAction(event -> {
                link.setVisited(false);
                Ui.show(folded, !folded.isVisible());
            });
            title.getChildren().add(link);
            getChildren().add(folded);
        });
        setAccessibleText(String.join(" ", problem.lines()));
    }
}
