package org.quorate.ui.step;

import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.ExhibitList;
import org.quorate.ui.control.Ui;

/// An act was begun and its outcome is not known: what was intended, what was found on the token, and the finding that
/// people accept or not. Nothing is repeated from here.
final class ReconcileForm implements Form {
    private final Question.Reconcile question;
    private final VBox body;
    private final Button accept;
    private final Button refuse;

    ReconcileForm(Question.Reconcile question, Situation situation) {
        this.question = question;
        String finding = Texts.has("ui.finding." + question.finding())
                ? Texts.get("ui.finding." + question.finding())
                : question.finding();
        accept = Parts.primary(Texts.get("ui.reconcile.accept"), () -> Parts.yes(situation, question));
        refuse = Parts.no(
                situation, question, Texts.get("ui.reconcile.refuse"), Texts.get("ui.reconcile.refuse.title"), finding);
        var intended = Parts.card(
                MaterialDesignC.CLIPBOARD_TEXT_OUTLINE,
                Texts.get("ui.reconcile.intended"),
                Ui.text(question.intended(), "q-statement"));
        var result = Ui.row(
                3,
                Ui.icon(MaterialDesignH.HELP_RHOMBUS_OUTLINE, "q-attention-icon"),
                Ui.grow(Ui.column(
                        1,
                        Ui.text(Texts.get("ui.reconcile.finding"), "q-small-text"),
                        Ui.text(finding, "q-strong", "q-statement"))));
        result.getStyleClass().add("q-attention-box");
        var found = Parts.card(
                MaterialDesignC.CLIPBOARD_SEARCH_OUTLINE,
                Texts.get("ui.reconcile.found"),
                new ExhibitList(question.evidence()));
        body = Ui.column(4, intended, found, result, Parts.answeredBy(question.by()));
    }

    @Override
    public Optional<String> title() {
        return Optional.of(question.title());
    }

    @Override
    public boolean withWords() {
        return false;
    }

    @Override
    public Laid laid() {
        return new Laid(body, accept, Optional.of(accept), Optional.of(refuse));
    }
}
