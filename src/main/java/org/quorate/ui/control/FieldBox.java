package org.quorate.ui.control;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;

/// A control with its label above, a hint, and what is wrong with it once somebody has pressed the button.
public final class FieldBox extends VBox {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    private final Node control;
    private final Label error = Ui.text("", "q-field-error");

    /// @param hint may be blank
    public FieldBox(String label, String hint, Node control) {
        super(Ui.UNIT);
        this.control = control;
        getStyleClass().add("q-field");
        Label title = Ui.text(label, "q-field-label");
        title.setLabelFor(control);
        control.setAccessibleText(label);
        getChildren().add(title);
        if (!hint.isBlank()) {
            getChildren().add(Ui.text(hint, "q-field-hint"));
            control.setAccessibleHelp(hint);
        }
        error.setGraphic(Ui.icon(MaterialDesignA.ALERT_CIRCLE_OUTLINE, "q-error-icon"));
        Ui.show(error, false);
        getChildren().addAll(control, error);
    }

    public Node control() {
        return control;
    }

    public void fail(String reason) {
        error.setText(reason);
        Ui.show(error, true);
        control.pseudoClassStateChanged(ERROR, true);
    }

    public void clear() {
        Ui.show(error, false);
        control.pseudoClassStateChanged(ERROR, false);
    }
}
