package org.quorate.ui.author;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.script.Finding;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.control.Narrow;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.Caret;
import org.quorate.ui.model.Occasion;
import org.quorate.ui.model.OpenScript;

/// The page on which scripts are written: library and outline, text and findings, preview. Where the window is narrow
/// there is one of them at a time.
public final class AuthorView extends StackPane {

    /// Where people were on this page.
    public record Left(ScriptName script, Caret place) {}

    /// Where a press on this page leads.
    public interface Ways {
        void home();

        /// @param from where its end leads back to
        void start(Occasion occasion, Left from);

        void help(Sheets sheets);
    }

    private final AuthoringViewModel model;
    private final Ways ways;
    private final Sheets sheets = new Sheets();
    private final AuthorSheets asking;
    private final StepSheet steps;
    private final BorderPane frame = new BorderPane();
    private final LibraryPane library;
    private final OutlinePane outline;
    private final TextPane text;
    private final FindingsPane findings;
    private final PreviewPane preview;
    private final List<Button> buttons;
    private final Label title = Ui.word(Texts.get("ui.author.title"), "q-strong");
    private final HBox strip;
    private Tabs left;
    private Optional<VBox> middle = Optional.empty();
    private Optional<ScriptName> opened = Optional.empty();

    public AuthorView(AuthoringViewModel model, Ways ways) {
        this.model = model;
        this.ways = ways;
        getStyleClass().addAll("q-shell", "q-author", model.rehearsal() ? "q-rehearsal" : "q-live");
        asking = new AuthorSheets(model, sheets);
        steps = new StepSheet(model, sheets);
        library = new LibraryPane(model, asking::begin, asking::copy);
        outline = new OutlinePane(model, line -> go(line, 1));
        text = new TextPane(model, this::insert);
        findings = new FindingsPane(model, this::go);
        preview = new PreviewPane(model, sheets);
        buttons = List.of(
                button("ui.author.save", "F2", model::save, "save"),
                button("ui.author.rehearse", "F5", this::rehearse, "rehearse"),
                button("ui.author.home", "", () -> model.leave(ways::home), "home"),
                button("ui.strip.help", "F1", () -> ways.help(sheets), "help"));
        strip = strip();
        left = wide();
        frame.setTop(strip);
        getChildren().addAll(frame, sheets.layer());
        sheets.onOrphaned(() -> text.first().requestFocus());
        Narrow.watch(this, this::narrow);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        model.openProperty().subscribe(this::opened);
        Ui.focus(library.first());
    }

    private static Button button(String key, String cap, Runnable act, String id) {
        Button button = cap.isEmpty()
                ? Ui.button(Texts.get(key), act, "q-strip-button")
                : Ui.button(Texts.get(key), cap, act, "q-strip-button");
        button.setId(id);
        return button;
    }

    private HBox strip() {
        boolean rehearsal = model.rehearsal();
        Label mode = Ui.word(Texts.get(rehearsal ? "ui.mode.rehearsal" : "ui.mode.live"), "q-mode");
        mode.setGraphic(
                Ui.icon(rehearsal ? MaterialDesignS.SCHOOL_OUTLINE : MaterialDesignA.ACCESS_POINT, "q-mode-icon"));
        var made = new HBox(2 * Ui.UNIT, mode, title, Ui.spring());
        made.getChildren().addAll(buttons);
        made.getStyleClass().add("q-strip");
        return made;
    }

    private Tabs wide() {
        VBox.setVgrow(text, Priority.ALWAYS);
        var both = new VBox(text, findings);
        var side = new Tabs(List.of("ui.author.tab.library", "ui.author.tab.outline"), List.of(library, outline));
        side.getStyleClass().add("q-author-left");
        middle = Optional.of(both);
        frame.setLeft(side);
        frame.setCenter(both);
        frame.setRight(preview);
        return side;
    }

    private Tabs small() {
        var all = new Tabs(
                List.of(
                        "ui.author.tab.library",
                        "ui.author.tab.outline",
                        "ui.author.tab.text",
                        "ui.author.tab.findings",
                        "ui.author.tab.preview"),
                List.of(library, outline, text, findings, preview));
        frame.setCenter(all);
        return all;
    }

    private void narrow(boolean now) {
        Node owner = getScene() == null ? this : getScene().getFocusOwner();
        left.clear();
        middle.ifPresent(both -> both.getChildren().clear());
        middle = Optional.empty();
        frame.setLeft(null);
        frame.setRight(null);
        left = now ? small() : wide();
        Ui.show(title, !now);
        text.narrow(now);
        buttons.forEach(button -> button.setContentDisplay(now ? ContentDisplay.TEXT_ONLY : ContentDisplay.RIGHT));
        left.show(opened.isPresent() ? (now ? text : outline) : library);
        if (owner != null && owner.getScene() == null) {
            text.first().requestFocus();
        }
    }

    private void opened(Optional<OpenScript> open) {
        Optional<ScriptName> name = open.map(OpenScript::name);
        if (!name.equals(opened)) {
            opened = name;
            left.show(left.has(text) ? text : outline);
            name.ifPresent(there -> text.first().requestFocus());
        }
    }

    // Keys.

    private void key(KeyEvent event) {
        if (sheets.showing()) {
            return;
        }
        boolean control = event.isControlDown();
        Optional<Runnable> act = Optional.ofNullable(
                switch (event.getCode()) {
                    case F1 -> () -> ways.help(sheets);
                    case F2 -> model::save;
                    case F3 -> () -> focus(library, library.first());
                    case F4 -> () -> focus(outline, outline.first());
                    case F5 -> this::rehearse;
                    case F6 -> () -> region(event.isShiftDown() ? -1 : 1);
                    case F7 -> this::preview;
                    case F8 -> () -> finding(!event.isShiftDown());
                    case F9 -> () -> focus(findings, findings.first());
                    case S -> control ? model::save : null;
                    case I -> control ? this::insert : null;
                    case N -> control ? asking::begin : null;
                    case F -> control ? this::find : null;
                    default -> null;
                });
        act.ifPresent(press -> {
            event.consume();
            press.run();
        });
    }

    private void rehearse() {
        model.openProperty()
                .get()
                .ifPresent(open ->
                        model.rehearse(occasion -> ways.start(occasion, new Left(open.name(), model.caret()))));
    }

    private void insert() {
        model.openProperty().get().filter(open -> !open.name().readOnly()).ifPresent(open -> steps.open());
    }

    private void preview() {
        left.show(preview);
        preview.turn();
        if (left.has(preview)) {
            preview.first().requestFocus();
        }
    }

    private void find() {
        left.show(text);
        text.find();
    }

    private void finding(boolean forward) {
        left.show(text);
        text.finding(forward);
    }

    private void focus(Node pane, Node first) {
        left.show(pane);
        first.requestFocus();
    }

    private void go(Finding finding) {
        boolean here =
                opened.filter(name -> name.shown().equals(finding.file())).isPresent();
        if (here) {
            go(finding.line(), finding.column());
        } else {
            opened.map(name -> new ScriptName(name.shelf(), true, part(finding.file())))
                    .ifPresent(model::open);
        }
    }

    private static String part(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private void go(int line, int column) {
        left.show(text);
        text.go(line, column);
    }

    /// From strip to list to text to findings to preview and round again.
    private void region(int step) {
        List<Node> regions = left.has(text) ? List.of(strip, left) : List.of(strip, left, text, findings, preview);
        Node owner = getScene().getFocusOwner();
        int at = 0;
        for (int i = 0; i < regions.size(); i++) {
            if (Sheets.inside(owner, regions.get(i))) {
                at = i;
            }
        }
        for (int next = at + step; ; next += step) {
            Node region = regions.get(Math.floorMod(next, regions.size()));
            List<Node> stops = Sheets.focusable(region);
            if (!stops.isEmpty()) {
                (region.equals(text) ? text.first() : stops.getFirst()).requestFocus();
                return;
            }
        }
    }

    public Sheets sheets() {
        return sheets;
    }
}
