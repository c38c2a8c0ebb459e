package org.quorate.ui.author;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.quorate.ui.model.StepPage;

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
        model.checkedProperty().subscribe(checked -> show());
        model.pageProperty().subscribe(page -> follow());
    }

    private void show() {
        ScriptOutline outline = model.outlineProperty().get();
        var entries = new ArrayList<Entry>();
        for (OutlineAct act : outline.acts()) {
            entries.add(new Entry("", Texts.get("ui.author.outline.act", act.number(), act.title()), act.line()));
            for (OutlineStep step : act.steps()) {
                entries.add(new Entry(step.number(), step.title(), step.line()));
            }
        }
        list.show(List.copyOf(entries));
        follow();
        boolean part = model.checkedProperty().get().part().isPresent();
        String empty = part ? "ui.author.outline.part" : "ui.author.outline.none";
        note.setText(Texts.get(outline.old() ? "ui.author.outline.old" : empty));
        Ui.show(note, outline.old() || outline.acts().isEmpty());
    }

    /// The step at the caret is the one that is marked, unless somebody goes through the list.
    private void follow() {
        if (!list.isFocused()) {
            Optional<String> step = model.pageProperty().get().map(StepPage::id);
            model.outlineProperty()
                    .get()
                    .steps()
                    .filter(one -> step.equals(Optional.of(one.id())))
                    .findFirst()
                    .ifPresent(one -> list.mark(new Entry(one.number(), one.title(), one.line())));
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
