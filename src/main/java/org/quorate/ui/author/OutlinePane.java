package org.quorate.ui.author;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.quorate.base.Texts;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.ScriptOutline;
import org.quorate.ui.model.ScriptOutline.OutlineAct;
import org.quorate.ui.model.ScriptOutline.OutlineStep;

/// Acts and steps with the numbers that people call them by; a press leads to the line.
final class OutlinePane extends VBox {

    /// @param number empty for an act
    private record Entry(String number, String title, int line) {}

    private final AuthoringViewModel model;
    private final PressList<Entry> list;
    private final Label note = Ui.text("", "q-muted", "q-author-note");

    OutlinePane(AuthoringViewModel model, IntConsumer go) {
        this.model = model;
        getStyleClass().add("q-author-pane");
        list = new PressList<>(Texts.get("ui.author.outline"), OutlinePane::row, entry -> go.accept(entry.line()));
        list.setId("outline");
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(note, list);
        model.outlineProperty().subscribe(outline -> show());
        model.stepProperty().subscribe(step -> follow());
    }

    private void show() {
        ScriptOutline outline = model.outlineProperty().get();
        var entries = new ArrayList<Entry>();
        for (OutlineAct act : outline.acts()) {
            entries.add(new Entry("", title(act), act.line()));
            for (OutlineStep step : act.steps()) {
                entries.add(new Entry(step.number(), step.title(), step.line()));
            }
        }
        list.show(List.copyOf(entries));
        follow();
        note.setText(Texts.get(outline.old() ? "ui.author.outline.old" : "ui.author.outline.none"));
        Ui.show(note, outline.old() || outline.acts().isEmpty());
    }

    private static String title(OutlineAct act) {
        return act.number().isPresent()
                ? Texts.get("ui.author.outline.act", act.number().getAsInt(), act.title())
                : act.title();
    }

    /// The step at the caret is the one that is marked, unless somebody goes through the list.
    private void follow() {
        if (!list.isFocused()) {
            model.stepProperty().get().ifPresent(one -> list.mark(new Entry(one.number(), one.title(), one.line())));
        }
    }

    private static Node row(Entry entry) {
        if (entry.number().isEmpty()) {
            return Ui.text(entry.title(), "q-act-title");
        }
        return Ui.row(2, Ui.word(entry.number(), "q-rail-number"), Ui.grow(Ui.text(entry.title(), "q-rail-title")));
    }

    Node first() {
        return list;
    }
}
