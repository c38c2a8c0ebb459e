package org.quorate.ui.step;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import org.quorate.base.Texts;
import org.quorate.ceremony.ExceptionSheet;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.ReasonField;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.People.Person;

/// The exception sheet: what was expected, what happened, what was decided, by whom and before whom.
final class ExceptionForm {
    private final Sheets sheets;
    private final Consumer<ExceptionSheet> record;
    private final ErrorSummary summary = new ErrorSummary();
    private final ReasonField expected = new ReasonField(2);
    private final ReasonField happened = new ReasonField(2);
    private final ReasonField decided = new ReasonField(2);
    private final ComboBox<Person> decider = new ComboBox<>();
    private final ComboBox<Person> witness = new ComboBox<>();

    ExceptionForm(Sheets sheets, List<Person> people, Consumer<ExceptionSheet> record) {
        this.sheets = sheets;
        this.record = record;
        decider.getItems().setAll(people);
        witness.getItems().setAll(people);
    }

    void open() {
        Button save = Parts.primary(Texts.get("ui.exception.record"), this::save);
        Button cancel = Ui.button(Texts.get("ui.sheet.cancel"), sheets::close);
        List.of(expected, happened, decided).forEach(field -> field.onSubmit(save::fire));
        FieldBox decidedBy = person("decided_by", decider);
        FieldBox witnessedBy = person("witnessed_by", witness);
        var body = Ui.column(
                4,
                summary,
                Ui.text(Texts.get("ui.exception.why"), "q-muted"),
                text("expected", expected),
                text("happened", happened),
                text("decided", decided),
                Ui.row(4, Ui.grow(decidedBy), Ui.grow(witnessedBy)));
        summary.check(decidedBy, () -> chosen(decider, "decided_by"));
        summary.check(witnessedBy, () -> chosen(witness, "witnessed_by").or(this::sameHands));
        sheets.open(new Sheet(Texts.get("ui.exception.title"), body, save, cancel), expected);
    }

    private FieldBox text(String name, ReasonField area) {
        var field = new FieldBox(Texts.get("ui.exception." + name), "", area);
        summary.check(field, () -> Parts.required(area.getText(), "ui.exception." + name + ".missing"));
        return field;
    }

    private FieldBox person(String name, ComboBox<Person> choice) {
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.setPromptText(Texts.get("ui.exception.choose"));
        var field = new FieldBox(Texts.get("ui.exception." + name), "", choice);
        field.setPrefWidth(240);
        return field;
    }

    /// Whoever decides does not witness the decision.
    private Optional<String> sameHands() {
        return witness.getValue().equals(decider.getValue())
                ? Optional.of(Texts.get("ui.exception.same_hands"))
                : Optional.empty();
    }

    private static Optional<String> chosen(ComboBox<Person> choice, String name) {
        return choice.getValue() == null
                ? Optional.of(Texts.get("ui.exception." + name + ".missing"))
                : Optional.empty();
    }

    private void save() {
        if (summary.passes()) {
            sheets.close();
            record.accept(new ExceptionSheet(
                    expected.getText().strip(),
                    happened.getText().strip(),
                    decided.getText().strip(),
                    decider.getValue().id(),
                    witness.getValue().id()));
        }
    }
}
