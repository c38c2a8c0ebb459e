package org.quorate.ui.author;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.ScriptLibrary.Item;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.backstage.ScriptName.Shelf;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.AuthoringViewModel;

/// The scripts of this site and the shipped ones, by title and file.
final class LibraryPane extends VBox {
    private final PressList<Item> list;

    LibraryPane(AuthoringViewModel model, Runnable begin, Runnable copy) {
        getStyleClass().add("q-author-pane");
        list = new PressList<>(Texts.get("ui.author.library"), LibraryPane::row, item -> model.open(item.name()));
        list.setId("library");
        VBox.setVgrow(list, Priority.ALWAYS);
        Button first = Ui.button(Texts.get("ui.author.new"), begin);
        first.setId("new-script");
        Button second = Ui.button(Texts.get("ui.author.copy"), copy);
        second.setId("copy-script");
        var buttons = Ui.row(2, first, second);
        buttons.getStyleClass().add("q-author-buttons");
        getChildren().addAll(list, buttons);
        model.itemsProperty().subscribe(list::show);
    }

    private static Node row(Item item) {
        String title = item.title().isBlank() ? Texts.get("ui.author.untitled") : item.title();
        return Ui.column(0, Ui.text(title, "q-rail-title"), Ui.text(where(item.name()), "q-small-text", "q-muted"));
    }

    static String where(ScriptName name) {
        String shelf = Texts.get(name.shelf() == Shelf.OWN ? "ui.author.shelf.own" : "ui.author.shelf.shipped");
        String of = name.part() ? Texts.get("ui.author.part") + ", " + shelf : shelf;
        return Texts.get("ui.author.new.of", name.file(), of);
    }

    Node first() {
        return list;
    }
}
