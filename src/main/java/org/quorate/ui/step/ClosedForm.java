package org.quorate.ui.step;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.ceremony.Conductor.Ending;
import org.quorate.ceremony.Question;
import org.quorate.ui.control.FingerprintView;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.HeadView;
import org.quorate.ui.records.RecordSheet;

/// The end: the record is made. Its first page, where the files are, and the head of the ledger as words to write on
/// the paper.
final class ClosedForm implements Form {
    private static final double FIRST_PAGE = 220;

    private final VBox body;
    private final Button leave;
    private final Button show;
    private final String title;

    ClosedForm(Question.Closed question, Situation situation) {
        HeadView head = situation.model().headNow().orElseThrow();
        title = Texts.get(question.ending() == Ending.ABORTED ? "ui.closed.title.aborted" : "ui.closed.title");
        leave = Parts.primary(Texts.get("ui.closed.leave"), () -> Parts.yes(situation, question));
        show = Ui.button(
                Texts.get("ui.closed.show"),
                () -> RecordSheet.open(
                        Texts.get("ui.closed.record"),
                        question.folder().resolve(question.record()),
                        situation.records(),
                        situation.sheets()));
        var words = Parts.card(
                MaterialDesignS.SEAL,
                Texts.get("ui.closed.head", head.size()),
                Ui.text(Texts.get("ui.closed.head.why")),
                FingerprintView.small(head.root(), head.root().words()));
        var record = Ui.row(5, firstPage(question, situation), Ui.grow(files(question)));
        record.setAlignment(Pos.TOP_LEFT);
        body = Ui.column(
                4, words, Parts.card(MaterialDesignF.FILE_CERTIFICATE_OUTLINE, Texts.get("ui.closed.record"), record));
    }

    /// The folder once, and the names in it.
    private static Node files(Question.Closed question) {
        var names = Ui.column(1);
        question.files().forEach(name -> names.getChildren().add(Ui.text(name, "q-mono", "q-small-text")));
        return Ui.column(3, Ui.text(question.folder().toString(), "q-mono", "q-muted", "q-small-text"), names);
    }

    private static Node firstPage(Question.Closed question, Situation situation) {
        var page = Ui.column(1, Ui.text(Texts.get("ui.record.drawing"), "q-muted"));
        page.getStyleClass().add("q-paper");
        situation
                .records()
                .of(
                        question.folder().resolve(question.record()),
                        pages -> page.getChildren()
                                .setAll(pages.stream()
                                        .findFirst()
                                        .<Node>map(png -> RecordSheet.page(png, FIRST_PAGE))
                                        .orElseGet(() -> Ui.text(Texts.get("ui.record.no_pages")))),
                        problem -> page.getChildren().setAll(List.of(new ProblemCard(problem))));
        return page;
    }

    @Override
    public Optional<String> title() {
        return Optional.of(title);
    }

    @Override
    public boolean withWords() {
        return false;
    }

    @Override
    public Laid laid() {
        return new Laid(body, leave, Optional.of(leave), Optional.of(show));
    }
}
