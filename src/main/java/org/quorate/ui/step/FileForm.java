package org.quorate.ui.step;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.Question;
import org.quorate.quorum.Participant;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.ExhibitList;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.Ui;

/// A file comes in or goes out: people choose where it is, or type its path. What is wrong with it is said beside the
/// field.
final class FileForm implements Form {
    private final TextField path = new TextField();
    private final ErrorSummary summary = new ErrorSummary();
    private final FieldBox field;
    private final Button primary;
    private final Node body;

    /// @param way `bring` or `take`
    private FileForm(Way way, String explanation, List<Node> below, List<Participant> by) {
        field = new FieldBox(
                Texts.get("ui.file." + way.name + ".label", way.fileName), Texts.get("ui.file.hint"), path);
        summary.check(field, () -> Parts.required(path.getText(), "ui.file.missing"));
        primary = Parts.primary(Texts.get("ui.file." + way.name), () -> {
            if (summary.passes()) {
                begin(way);
            }
        });
        Button choose = Ui.button(
                Texts.get("ui.file." + way.name + ".choose"), () -> choose(way).ifPresent(path::setText));
        var rows = new ArrayList<Node>(List.of(summary, Ui.text(explanation, "q-statement"), field, Ui.row(2, choose)));
        rows.addAll(below);
        rows.add(Parts.answeredBy(by));
        body = Parts.card(
                MaterialDesignF.FILE_OUTLINE, Texts.get("ui.file." + way.name + ".kind"), rows.toArray(Node[]::new));
    }

    /// @param act is given the path, and whom to tell what is wrong
    private record Way(String name, String fileName, boolean out, BiConsumer<Path, Consumer<String>> act) {}

    static FileForm bring(Question.BringFile question, Situation situation) {
        return new FileForm(
                new Way(
                        "bring",
                        question.fileName(),
                        false,
                        (file, trouble) -> situation.model().bring(question, file, trouble)),
                question.explanation(),
                List.of(),
                question.by());
    }

    static FileForm take(Question.TakeFile question, Situation situation) {
        return new FileForm(
                new Way(
                        "take",
                        question.fileName(),
                        true,
                        (file, trouble) -> situation.model().take(question, file, trouble)),
                question.explanation(),
                List.of(ExhibitList.written(
                        List.of(Exhibit.of(Texts.get("ui.file.digest"), Digest.of(question.content()))))),
                question.by());
    }

    /// Without its digest: nothing that was computed from a secret is shown.
    static FileForm take(Question.TakeSecret question, Situation situation) {
        return new FileForm(
                new Way(
                        "take",
                        question.fileName(),
                        true,
                        (file, trouble) -> situation.model().take(question, file, trouble)),
                question.explanation(),
                List.of(Ui.text(Texts.get("ui.file.secret"), "q-strong")),
                question.by());
    }

    private void begin(Way way) {
        try {
            way.act.accept(Path.of(path.getText().strip()), said -> summary.tell(field, said));
        } catch (InvalidPathException e) {
            summary.tell(field, Texts.get("ui.file.no_path"));
        }
    }

    private Optional<String> choose(Way way) {
        var chooser = new FileChooser();
        chooser.setTitle(Texts.get("ui.file." + way.name + ".label", way.fileName));
        chooser.setInitialFileName(way.fileName);
        File chosen = way.out
                ? chooser.showSaveDialog(path.getScene().getWindow())
                : chooser.showOpenDialog(path.getScene().getWindow());
        return Optional.ofNullable(chosen).map(File::getAbsolutePath);
    }

    @Override
    public Laid laid() {
        return new Laid(body, path, Optional.of(primary), Optional.empty());
    }
}
