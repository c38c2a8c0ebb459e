package org.quorate.ui.author;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.ScriptLibrary.Item;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.Asked;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.NewScript;
import org.quorate.ui.model.OpenScript;

/// What the page of scripts asks: what becomes of a text that is not saved, of a draft, and what a new script is
/// called.
final class AuthorSheets {
    private static final int LINES = 12;

    private final AuthoringViewModel model;
    private final Sheets sheets;

    AuthorSheets(AuthoringViewModel model, Sheets sheets) {
        this.model = model;
        this.sheets = sheets;
        model.askedProperty().subscribe(asked -> asked.ifPresentOrElse(this::ask, this::answered));
        // Whoever closes a sheet with Escape has decided nothing.
        sheets.layer().displayProperty().subscribe(shown -> {
            if (!shown && model.askedProperty().get().isPresent()) {
                model.stay();
            }
        });
    }

    private void answered() {
        if (sheets.showing()) {
            sheets.close();
        }
    }

    private void ask(Asked asked) {
        switch (asked) {
            case Asked.Unsaved(var file, var next) -> unsaved(file);
            case Asked.DraftOffer(var file, var draft, var changed) -> draft(file, draft.text(), changed);
        }
    }

    private void unsaved(String file) {
        Button save = primary("ui.author.unsaved.save", model::saveAndGoOn);
        Button discard = Ui.button(Texts.get("ui.author.unsaved.discard"), model::discardAndGoOn, Styles.DANGER);
        Button stay = Ui.button(Texts.get("ui.author.unsaved.stay"), model::stay);
        open(
                Texts.get("ui.author.unsaved.title", file),
                List.of(Ui.text(Texts.get("ui.author.unsaved.what"))),
                save,
                discard,
                stay);
    }

    private void draft(String file, String text, boolean changed) {
        Button take = primary("ui.author.draft.take", model::takeDraft);
        Button discard = Ui.button(Texts.get("ui.author.draft.discard"), model::discardDraft, Styles.DANGER);
        Button close = Ui.button(Texts.get("ui.author.draft.close"), model::stay);
        var body = new ArrayList<Node>();
        body.add(Ui.text(Texts.get("ui.author.draft.what")));
        if (changed) {
            body.add(Ui.text(Texts.get("ui.author.draft.changed"), "q-bad"));
        }
        List<String> lines = text.lines().toList();
        int line = firstDifference(
                lines,
                model.openProperty()
                        .get()
                        .map(OpenScript::text)
                        .orElse("")
                        .lines()
                        .toList());
        body.add(Ui.text(Texts.get("ui.author.draft.line", line + 1), "q-section"));
        String piece = lines.stream().skip(line).limit(LINES).collect(Collectors.joining("\n"));
        body.add(Ui.text(piece, "q-mono", "q-small-text"));
        open(Texts.get("ui.author.draft.title", file), body, take, discard, close);
    }

    private static int firstDifference(List<String> one, List<String> other) {
        int at = 0;
        while (at < one.size() && at < other.size() && one.get(at).equals(other.get(at))) {
            at++;
        }
        return at;
    }

    private void open(String title, List<Node> body, Button first, Button... more) {
        sheets.open(new Sheet(title, Ui.column(3, body.toArray(new Node[0])), first, more), first);
    }

    // New scripts.

    /// @param original empty for an empty ceremony
    private record Template(Optional<ScriptName> original, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    void begin() {
        var templates = new ComboBox<Template>();
        templates.setId("template");
        templates.setMaxWidth(Double.MAX_VALUE);
        templates.getItems().add(new Template(Optional.empty(), Texts.get("ui.author.new.empty")));
        for (Item item : model.itemsProperty().get()) {
            if (!item.name().part()) {
                templates
                        .getItems()
                        .add(new Template(
                                Optional.of(item.name()),
                                Texts.get(
                                        "ui.author.new.of",
                                        item.title(),
                                        item.name().file())));
            }
        }
        templates.getSelectionModel().selectFirst();
        var field =
                new FieldBox(Texts.get("ui.author.new.template"), Texts.get("ui.author.new.template.hint"), templates);
        named(
                "ui.author.new.",
                Optional.of(field),
                false,
                (name, title) -> new NewScript(name, title, templates.getValue().original(), Optional.empty()));
    }

    /// Of the text on the page.
    void copy() {
        model.openProperty()
                .get()
                .ifPresentOrElse(
                        now -> named(
                                "ui.author.copy.",
                                Optional.empty(),
                                now.name().part(),
                                (name, title) ->
                                        new NewScript(name, title, Optional.of(now.name()), Optional.of(now.text()))),
                        this::begin);
    }

    @FunctionalInterface
    private interface Making {
        NewScript of(ScriptName name, String title);
    }

    private void named(String words, Optional<FieldBox> more, boolean part, Making making) {
        var summary = new ErrorSummary();
        var name = new TextField();
        name.setId("new-name");
        var title = new TextField();
        title.setId("new-title");
        var nameBox = new FieldBox(Texts.get("ui.author.new.name"), Texts.get("ui.author.new.name.hint"), name);
        var titleBox = new FieldBox(Texts.get("ui.author.new.heading"), Texts.get("ui.author.new.heading.hint"), title);
        summary.check(
                nameBox,
                () -> NewScript.wrongName(
                        name.getText(), part, model.itemsProperty().get()));
        summary.check(titleBox, () -> NewScript.wrongTitle(title.getText()));
        Button make = primary(words + "act", () -> {
            if (summary.passes()) {
                NewScript wanted = making.of(
                        ScriptName.own(name.getText().strip(), part).orElseThrow(),
                        title.getText().strip());
                sheets.close();
                model.create(wanted);
            }
        });
        make.setId("make");
        Button cancel = Ui.button(Texts.get("ui.sheet.close"), sheets::close);
        var body = Ui.column(4, summary, Ui.text(Texts.get(words + "what")), nameBox, titleBox);
        more.ifPresent(body.getChildren()::add);
        sheets.open(new Sheet(Texts.get(words + "title"), body, make, cancel), name);
    }

    private static Button primary(String key, Runnable act) {
        return Ui.button(Texts.get(key), act, Styles.ACCENT, "q-primary");
    }
}
