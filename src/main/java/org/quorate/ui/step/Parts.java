package org.quorate.ui.step;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.quorum.Participant;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.ReasonField;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;

/// Pieces that several forms share.
final class Parts {
    private Parts() {}

    static Button primary(String text, Runnable act) {
        return Ui.button(text, act, Styles.ACCENT, "q-primary");
    }

    /// A box around what is asked, headed by how the answer will be known.
    static VBox card(Ikon icon, String word, Node... content) {
        var head = Ui.row(1.5, Ui.icon(icon, "q-item-icon"), Ui.word(word, "q-item-word"));
        var card = Ui.column(3, content);
        card.getChildren().addFirst(head);
        card.getStyleClass().add("q-card");
        return card;
    }

    /// Who answers, by name.
    static Node answeredBy(List<Participant> people) {
        if (people.isEmpty()) {
            return Ui.text(Texts.get("ui.by.anyone"), "q-muted");
        }
        String names = people.stream()
                .map(Participant::name)
                .reduce((one, other) -> Texts.get("ui.by.or", one, other))
                .orElseThrow();
        var row = Ui.row(
                2,
                Ui.icon(MaterialDesignA.ACCOUNT_OUTLINE, "q-muted-icon"),
                Ui.grow(Ui.text(Texts.get("ui.by", names), "q-muted")));
        return row;
    }

    /// Asks why, because a no without a reason is worth nothing on record.
    static void because(
            Sheets sheets, String title, String explanation, String act, Consumer<String> reason, String... styles) {
        var summary = new ErrorSummary();
        var area = new ReasonField(3);
        var field = new FieldBox(Texts.get("ui.because.label"), "", area);
        summary.check(field, () -> required(area.getText(), "ui.because.missing"));
        Button record = primary(act, () -> {
            if (summary.passes()) {
                sheets.close();
                reason.accept(area.getText().strip());
            }
        });
        record.getStyleClass().addAll(styles);
        area.onSubmit(record::fire);
        Button cancel = Ui.button(Texts.get("ui.sheet.cancel"), sheets::close);
        var body = Ui.column(4, summary, Ui.text(explanation), field);
        sheets.open(new Sheet(title, body, record, cancel), area);
    }

    static Optional<String> required(String text, String key) {
        return text.isBlank() ? Optional.of(Texts.get(key)) : Optional.empty();
    }

    /// The button beside a yes: it asks for the reason and answers no.
    static Button no(Situation situation, Question<Verdict> question, String text, String title, String explanation) {
        return Ui.button(
                text,
                () -> because(
                        situation.sheets(),
                        title,
                        explanation,
                        Texts.get("ui.because.record"),
                        reason -> situation.model().desk().answer(question, new Verdict.No(reason))));
    }

    static void yes(Situation situation, Question<Verdict> question) {
        situation.model().desk().answer(question, new Verdict.Yes());
    }
}
