package org.quorate.ui.author;

import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.script.Finding;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.Caret;
import org.quorate.ui.model.Checked;
import org.quorate.ui.model.OpenScript;

/// The text with what is to be known of it above: which file, whether it is saved, where the caret is.
final class TextPane extends VBox {
    /// As long as people pause between two words.
    private static final Duration PAUSE = Duration.millis(300);

    /// Whoever types without a pause is heard all the same.
    private static final Duration LATEST = Duration.seconds(3);

    private final AuthoringViewModel model;
    private final ScriptArea area = new ScriptArea();
    private final FindBar find = new FindBar(area);
    private final Label file = Ui.word("", "q-strong");
    private final Label state = Ui.text("", "q-small-text", "q-muted");
    private final Label place = Ui.word("", "q-small-text", "q-muted");
    private final Label none = Ui.text(Texts.get("ui.author.none"), "q-muted", "q-author-none");
    private final VBox notices = Ui.column(2);
    private final VBox part = Ui.column(1);
    private final PauseTransition pause = new PauseTransition(PAUSE);
    private final PauseTransition latest = new PauseTransition(LATEST);
    private final StackPane middle = new StackPane();
    private final Node text;
    private final HBox head;
    private final Button insert;
    private Optional<ScriptName> shown = Optional.empty();

    /// @param insert asks which step to put in
    TextPane(AuthoringViewModel model, Runnable insert) {
        this.model = model;
        this.insert = Ui.button(Texts.get("ui.author.insert"), "Ctrl+I", insert, "q-strip-button");
        this.insert.setId("insert-step");
        getStyleClass().addAll("q-author-pane", "q-text-pane");
        state.setId("state");
        place.setId("caret");
        head = Ui.row(3, file, Ui.grow(state), place, this.insert);
        head.getStyleClass().add("q-author-head");
        text = new VirtualizedScrollPane<>(area);
        VBox.setVgrow(middle, Priority.ALWAYS);
        middle.setMinHeight(0);
        getChildren().addAll(head, part, notices, find, middle);
        pause.setOnFinished(event -> model.check());
        latest.setOnFinished(event -> model.check());
        area.onTyped(this::typed);
        area.caretPositionProperty().subscribe(at -> moved());
        model.openProperty().subscribe(this::show);
        model.checkedProperty().subscribe(this::mark);
        model.problemProperty()
                .subscribe(problem -> notices.getChildren()
                        .setAll(problem.<List<Node>>map(what -> List.of(new ProblemCard(what)))
                                .orElse(List.of())));
    }

    private void typed(String now) {
        boolean of =
                shown.isPresent() && shown.equals(model.openProperty().get().map(OpenScript::name));
        if (of) {
            model.type(now);
            pause.playFromStart();
            if (latest.getCurrentTime().equals(Duration.ZERO)
                    || latest.getStatus() == javafx.animation.Animation.Status.STOPPED) {
                latest.playFromStart();
            }
        }
    }

    private void show(Optional<OpenScript> open) {
        middle.getChildren().setAll(List.of(open.isPresent() ? text : none));
        Ui.show(head, open.isPresent());
        open.ifPresentOrElse(this::show, () -> shown = Optional.empty());
    }

    private void show(OpenScript open) {
        file.setText(open.name().shown());
        String key = open.name().readOnly()
                ? "ui.author.state.shipped"
                : open.dirty() ? "ui.author.state.unsaved" : "ui.author.state.saved";
        state.setText(Texts.get(key));
        Ui.show(insert, !open.name().readOnly());
        Caret here = model.caret();
        if (!shown.equals(Optional.of(open.name()))) {
            shown = Optional.empty();
            area.open(open.text(), open.name().readOnly());
            shown = Optional.of(open.name());
            area.go(here.line(), here.column());
            moved();
        } else if (!area.getText().equals(open.text())) {
            area.change(open.text());
            area.go(here.line(), here.column());
        }
    }

    private void mark(Checked checked) {
        String here = shown.map(ScriptName::shown).orElse("");
        if (checked.current() || checked.findings().isEmpty()) {
            area.mark(checked.findings().stream()
                    .filter(finding -> finding.file().equals(here))
                    .toList());
        }
        part.getChildren().clear();
        checked.part().ifPresent(digest -> part.getChildren().add(use(digest)));
    }

    private Node use(Digest digest) {
        String name = shown.map(ScriptName::file).orElse("");
        Button copy = Ui.button(Texts.get("ui.author.part.copy"), () -> {});
        copy.setId("copy-use");
        copy.setOnAction(event -> {
            var content = new ClipboardContent();
            content.putString("- use: {file: " + name + ", digest: \"" + digest.hex() + "\"}\n");
            Clipboard.getSystemClipboard().setContent(content);
            copy.setText(Texts.get("ui.author.part.copied"));
        });
        var box = Ui.column(2, Ui.text(Texts.get("ui.author.part.use", digest.grouped())), copy);
        box.getStyleClass().add("q-info-box");
        return box;
    }

    private void moved() {
        model.caret(new Caret(area.line(), area.column()));
        place.setText(area.hiddenAtCaret()
                .map(hidden -> Texts.get("ui.author.caret.hidden", area.line(), area.column(), hidden))
                .orElseGet(() -> Texts.get("ui.author.caret", area.line(), area.column())));
    }

    void go(int line, int column) {
        area.go(line, column);
    }

    /// From the caret to the next finding, or the one before.
    void finding(boolean forward) {
        shown.flatMap(name -> model.checkedProperty().get().beside(name.shown(), area.line(), area.column(), forward))
                .ifPresent(this::go);
    }

    private void go(Finding finding) {
        area.go(finding.line(), finding.column());
    }

    void find() {
        if (shown.isPresent()) {
            find.open();
        }
    }

    void narrow(boolean now) {
        none.setText(Texts.get(now ? "ui.author.none.narrow" : "ui.author.none"));
        Ui.show(place, !now);
        insert.setContentDisplay(now ? ContentDisplay.TEXT_ONLY : ContentDisplay.RIGHT);
    }

    Node first() {
        return shown.isPresent() ? area : none;
    }
}
