package org.quorate.ui.author;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;
import org.quorate.base.Texts;

/// Several things in one place, one at a time, each under its name.
final class Tabs extends VBox {
    private final Map<Node, ToggleButton> buttons = new LinkedHashMap<>();
    private final StackPane place = new StackPane();
    private Runnable changed = () -> {};

    /// @param names keys of texts, in the order of the nodes
    Tabs(List<String> names, List<? extends Node> nodes) {
        var toggles = new SegmentedButton();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            var button = new ToggleButton(Texts.get(names.get(i)));
            button.setMinWidth(USE_PREF_SIZE);
            button.setOnAction(event -> show(node));
            buttons.put(node, button);
            toggles.getButtons().add(button);
        }
        var head = new HBox(toggles);
        head.getStyleClass().add("q-author-tabs");
        VBox.setVgrow(place, Priority.ALWAYS);
        place.setMinHeight(0);
        getChildren().addAll(head, place);
        show(nodes.getFirst());
    }

    void show(Node node) {
        if (buttons.containsKey(node)) {
            buttons.forEach((other, button) -> button.setSelected(other.equals(node)));
            place.getChildren().setAll(List.of(node));
            changed.run();
        }
    }

    void onChanged(Runnable told) {
        changed = told;
    }

    boolean has(Node node) {
        return buttons.containsKey(node);
    }

    boolean shows(Node node) {
        return place.getChildren().contains(node);
    }

    /// Takes the nodes out, so that they can stand elsewhere.
    void clear() {
        place.getChildren().clear();
    }
}
