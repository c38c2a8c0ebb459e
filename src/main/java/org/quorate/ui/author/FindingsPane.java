package org.quorate.ui.author;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.quorate.base.Texts;
import org.quorate.script.Finding;
import org.quorate.script.Finding.Severity;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.Checked;
import org.quorate.ui.model.OpenScript;

/// What the check found in the text as it stands, each with its line, what is wrong and how it is mended. A press leads
/// there.
final class FindingsPane extends VBox {
    private final AuthoringViewModel model;
    private final PressList<Finding> list;
    private final Label count = Ui.text("", "q-strong");

    FindingsPane(AuthoringViewModel model, Consumer<Finding> go) {
        this.model = model;
        getStyleClass().addAll("q-author-pane", "q-findings");
        list = new PressList<>(Texts.get("ui.author.findings"), this::row, go);
        list.setId("findings");
        VBox.setVgrow(list, Priority.ALWAYS);
        count.setId("findings-count");
        var head = Ui.row(2, Ui.grow(count));
        head.getStyleClass().add("q-author-head");
        getChildren().addAll(head, list);
        model.checkedProperty().subscribe(this::show);
        model.openProperty().subscribe(open -> show(model.checkedProperty().get()));
    }

    private void show(Checked checked) {
        list.show(checked.findings());
        Ui.show(list, !checked.findings().isEmpty());
        count.setText(words(checked));
        boolean none = checked.current() && checked.findings().isEmpty();
        count.setGraphic(none ? Ui.icon(MaterialDesignC.CHECK_CIRCLE_OUTLINE, "q-good-icon") : null);
    }

    private String words(Checked checked) {
        if (model.openProperty().get().isEmpty()) {
            return Texts.get("ui.author.findings");
        } else if (!checked.current()) {
            return Texts.get("ui.author.findings.checking");
        } else if (checked.findings().isEmpty()) {
            return Texts.get(checked.part().isPresent() ? "ui.author.findings.part" : "ui.author.findings.none");
        }
        return Texts.get(
                "ui.author.findings.count",
                checked.count(Severity.ERROR),
                checked.count(Severity.WARNING),
                checked.count(Severity.WAIVED));
    }

    private Node row(Finding finding) {
        boolean error = finding.severity() == Severity.ERROR;
        String word =
                Texts.get("ui.author.severity." + finding.severity().name().toLowerCase(Locale.ROOT));
        var head = Ui.row(
                1.5,
                Ui.icon(icon(finding.severity()), error ? "q-error-icon" : "q-warning-icon"),
                Ui.word(word, "q-strong", error ? "q-bad" : "q-warning"),
                Ui.word(line(finding), "q-muted"));
        head.setAlignment(Pos.CENTER_LEFT);
        return Ui.column(0, head, Ui.text(finding.message()), Ui.text(finding.mend(), "q-small-text", "q-muted"));
    }

    private String line(Finding finding) {
        boolean here = model.openProperty()
                .get()
                .map(OpenScript::name)
                .filter(name -> name.shown().equals(finding.file()))
                .isPresent();
        return here
                ? Texts.get("ui.author.finding.line", finding.line())
                : Texts.get("ui.author.finding.place", finding.file(), finding.line());
    }

    private static Ikon icon(Severity severity) {
        return switch (severity) {
            case ERROR -> MaterialDesignC.CLOSE_CIRCLE_OUTLINE;
            case WARNING -> MaterialDesignA.ALERT_OUTLINE;
            case WAIVED -> MaterialDesignC.CHECK;
        };
    }

    Node first() {
        return list;
    }
}
