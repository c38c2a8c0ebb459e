package org.quorate.ui.step;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.StepPage;

/// The head of a step: who does it, what it is called, what is said and what the console does. Ceremonies and the page
/// on which scripts are written draw it with this one node, so that authors see what the room will see.
public final class StepHead extends VBox {
    private final Label eyebrow = Ui.text("", "q-eyebrow");
    private final Label title = Ui.text("", "q-title");
    private final Label say = Ui.text("", "q-say");
    private final Label does = Ui.text("", "q-muted", "q-small-text");
    private final VBox words = Ui.column(1, say, does);

    public StepHead() {
        super(4 * Ui.UNIT);
        getChildren().addAll(Ui.column(1, eyebrow, title), words);
    }

    public void show(StepPage page) {
        show(page.eyebrow(), page.title());
        words(page.say(), page.does(), !page.say().isBlank());
    }

    void show(String above, String named) {
        eyebrow.setText(Ui.visible(above));
        title.setText(Ui.visible(named));
    }

    void words(String said, String done, boolean shown) {
        say.setText(Ui.visible(said));
        does.setText(Ui.visible(done));
        Ui.show(words, shown);
    }
}
