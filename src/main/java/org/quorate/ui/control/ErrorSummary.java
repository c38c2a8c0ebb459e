package org.quorate.ui.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Texts;

/// What is still missing, said when the button is pressed. It takes the focus, and each line leads to its field. So no
/// button needs to be disabled, and nobody has to guess why one is.
public final class ErrorSummary extends VBox {

    private record Check(FieldBox field, java.util.function.Supplier<Optional<String>> wrong) {}

    private final List<Check> checks = new ArrayList<>();
    private final VBox lines = new VBox();

    public ErrorSummary() {
        super(Ui.UNIT);
        getStyleClass().add("q-errors");
        setFocusTraversable(false);
        getChildren()
                .addAll(
                        Ui.row(
                                2,
                                Ui.icon(MaterialDesignA.ALERT_CIRCLE_OUTLINE, "q-error-icon"),
                                Ui.text(Texts.get("ui.errors.title"), "q-strong")),
                        lines);
        Ui.show(this, false);
    }

    /// @param wrong the reason why the field is not acceptable as it stands
    public ErrorSummary check(FieldBox field, java.util.function.Supplier<Optional<String>> wrong) {
        checks.add(new Check(field, wrong));
        return this;
    }

    /// Checks every field; where one is wrong, shows the list and takes the focus.
    public boolean passes() {
        lines.getChildren().clear();
        for (Check check : checks) {
            check.field().clear();
            check.wrong().get().ifPresent(reason -> add(check.field(), reason));
        }
        boolean passed = lines.getChildren().isEmpty();
        Ui.show(this, !passed);
        if (!passed) {
            lines.getChildren().getFirst().requestFocus();
        }
        return passed;
    }

    /// Shows one thing that is wrong outside a check, such as a paste that was refused.
    public void tell(FieldBox field, String reason) {
        lines.getChildren().clear();
        add(field, reason);
        Ui.show(this, true);
    }

    /// What was wrong is so no more.
    ///
    /// @param next where the focus goes, if it is on what is taken away
    public void forget(Node next) {
        boolean here = getScene() != null && Sheets.inside(getScene().getFocusOwner(), this);
        checks.forEach(check -> check.field().clear());
        Ui.show(this, false);
        lines.getChildren().clear();
        if (here) {
            next.requestFocus();
        }
    }

    private void add(FieldBox field, String reason) {
        field.fail(reason);
        var link = new Hyperlink(reason);
        link.setWrapText(true);
        link.setMinHeight(USE_PREF_SIZE);
        link.setOnAction(event -> field.control().requestFocus());
        lines.getChildren().add(link);
    }
}
