package org.quorate.ui.control;

import java.util.List;
import java.util.function.Function;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import org.quorate.ceremony.Exhibit;

/// Labelled values beneath each other.
public final class ExhibitList extends GridPane {
    public ExhibitList(List<Exhibit> exhibits) {
        this(exhibits, Exhibit::spokenWords);
    }

    /// For values that are compared by eye and not read aloud.
    public static ExhibitList written(List<Exhibit> exhibits) {
        return new ExhibitList(exhibits, exhibit -> List.of());
    }

    private ExhibitList(List<Exhibit> exhibits, Function<Exhibit, List<String>> words) {
        getStyleClass().add("q-exhibits");
        var labels = new ColumnConstraints();
        labels.setPercentWidth(32);
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setPercentWidth(68);
        getColumnConstraints().addAll(labels, values);
        for (Exhibit exhibit : exhibits) {
            int row = getRowCount();
            Label label = Ui.text(exhibit.label(), "q-muted");
            Node value = exhibit.digest()
                    .<Node>map(digest -> FingerprintView.small(digest, words.apply(exhibit)))
                    .orElseGet(() -> Ui.text(exhibit.text(), "q-strong"));
            var line = new RowConstraints();
            line.setValignment(VPos.TOP);
            getRowConstraints().add(line);
            add(label, 0, row);
            add(value, 1, row);
        }
    }
}
