package org.quorate.ui.records;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.VBox;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;

/// The pages of a record, as they are on paper.
public final class RecordSheet {
    private static final double WIDTH = 580;

    private final VBox body = Ui.column(3);

    private RecordSheet() {}

    public static void open(String title, Path pdf, RecordPages pages, Sheets sheets) {
        var sheet = new RecordSheet();
        Button close = Ui.button(Texts.get("ui.sheet.close"), sheets::close);
        sheet.body
                .getChildren()
                .setAll(
                        Ui.text(pdf.toString(), "q-mono", "q-muted", "q-small-text"),
                        Ui.text(Texts.get("ui.record.drawing")));
        sheets.open(new Sheet(title, sheet.body, close), close);
        pages.of(pdf, sheet::show, sheet::show);
    }

    private void show(List<byte[]> drawn) {
        body.getChildren().remove(1);
        if (drawn.isEmpty()) {
            body.getChildren().add(Ui.text(Texts.get("ui.record.no_pages")));
        }
        drawn.forEach(png -> body.getChildren().add(page(png, WIDTH)));
    }

    private void show(Problem problem) {
        body.getChildren().set(1, new ProblemCard(problem));
    }

    /// One page as a picture of this width.
    public static ImageView page(byte[] png, double width) {
        var view = new ImageView(new Image(new ByteArrayInputStream(png)));
        view.setPreserveRatio(true);
        view.setSmooth(true);
        view.setFitWidth(width);
        return view;
    }
}
