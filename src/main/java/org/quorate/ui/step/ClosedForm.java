package org.quorate.ui.step;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.ExhibitList;
import org.quorate.ui.control.FingerprintView;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.HeadView;

/// The end: the record is made. What came of it, where the files are, and the head of the ledger as words to write on
/// the paper.
final class ClosedForm implements Form {
    private final VBox body;
    private final Button leave;

    ClosedForm(Question.Closed question, Situation situation) {
        HeadView head = situation.model().headProperty().get();
        leave = Parts.primary(Texts.get("ui.closed.leave"), () -> Parts.yes(situation, question));
        var outcome = Parts.card(
                MaterialDesignC.CHECK_DECAGRAM_OUTLINE,
                Texts.get("ui.closed.outcome"),
                new ExhibitList(question.outcome()));
        var copies = Parts.card(MaterialDesignF.FILE_DOCUMENT_OUTLINE, Texts.get("ui.closed.copies"));
        question.copies()
                .forEach(copy -> copies.getChildren()
                        .add(Ui.column(
                                0.5, Ui.text(copy.what(), "q-strong"), Ui.text(copy.path(), "q-mono", "q-muted"))));
        var words = Parts.card(
                MaterialDesignS.SEAL,
                Texts.get("ui.closed.head", head.size()),
                Ui.text(Texts.get("ui.closed.head.why")),
                FingerprintView.small(head.root(), head.root().words()));
        body = Ui.column(4, outcome, words, copies);
    }

    @Override
    public Optional<String> title() {
        return Optional.of(Texts.get("ui.closed.title"));
    }

    @Override
    public boolean withWords() {
        return false;
    }

    @Override
    public Node body() {
        return body;
    }

    @Override
    public Optional<Button> primary() {
        return Optional.of(leave);
    }

    @Override
    public Node first() {
        return leave;
    }
}
