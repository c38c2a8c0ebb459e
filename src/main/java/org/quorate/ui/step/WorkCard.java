package org.quorate.ui.step;

import atlantafx.base.controls.RingProgressIndicator;
import java.time.Instant;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.HBox;
import org.quorate.base.Texts;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Desk;
import org.quorate.ui.text.Times;

/// A slow part is working: what, since when, and that nobody needs to do anything.
final class WorkCard extends HBox {
    WorkCard(Desk.Work work, ObservableValue<Instant> now) {
        super(5 * Ui.UNIT);
        getStyleClass().add("q-work");
        setFocusTraversable(true);
        setAccessibleText(work.what());
        var ring = new RingProgressIndicator(-1);
        ring.getStyleClass().add("q-ring");
        var elapsed = Ui.text("", "q-muted");
        elapsed.textProperty()
                .bind(now.map(moment -> Texts.get(
                                "ui.work.since", Times.clock(work.since()), Times.elapsed(work.since(), moment)))
                        .when(sceneProperty().isNotNull()));
        var texts = Ui.column(1, Ui.text(work.what(), "q-work-what"), elapsed, Ui.text(Texts.get("ui.work.wait")));
        getChildren().addAll(ring, Ui.grow(texts));
    }
}
