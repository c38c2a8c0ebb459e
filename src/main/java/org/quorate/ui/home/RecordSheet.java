package org.quorate.ui.home;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.VBox;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.OpenSite.RecordFile;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Hands;

/// The pages of a record, as they are on paper.
public final class RecordSheet {
    private static final double WIDTH = 580;

    private final RecordFile record;
    private final Supplier<List<byte[]>> pages;
    private final Hands hands;
    private final Sheets sheets;
    private final VBox body = Ui.column(3);

    /// @param pages draws them; called off the window's thread
    public RecordSheet(RecordFile record, Supplier<List<byte[]>> pages, Hands hands, Sheets sheets) {
        this.record = record;
        this.pages = pages;
        this.hands = hands;
        this.sheets = sheets;
    }

    public void open() {
        Button close = Ui.button(Texts.get("ui.sheet.close"), sheets::close);
        body.getChildren()
                .setAll(
                        Ui.text(record.path().toString(), "q-mono", "q-muted", "q-small-text"),
                        Ui.text(Texts.get("ui.record.drawing")));
        sheets.open(new Sheet(record.title(), body, close), close);
        hands.background().execute(() -> {
            List<byte[]> drawn = pages.get();
            hands.window().execute(() -> show(drawn));
        });
    }

    private void show(List<byte[]> drawn) {
        body.getChildren().remove(1);
        if (drawn.isEmpty()) {
            body.getChildren().add(Ui.text(Texts.get("ui.record.no_pages")));
        }
        for (byte[] png : drawn) {
            var view = new ImageView(new Image(new ByteArrayInputStream(png)));
            view.setPreserveRatio(true);
            view.setFitWidth(WIDTH);
            body.getChildren().add(view);
        }
    }
}
