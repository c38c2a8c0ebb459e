package org.quorate.ui.control;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.quorate.base.VisibleText;

/// The few building blocks that every page is made of, so that spacing and type come from one place.
public final class Ui {
    /// The rhythm of the window: distances are multiples of it.
    public static final double UNIT = 4;

    private Ui() {}

    /// Text that wraps and is never cut off.
    public static Label text(String text, String... styles) {
        var label = new Label(visible(text));
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /// A short text on one line that keeps the room it needs.
    public static Label word(String text, String... styles) {
        var label = new Label(visible(text));
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /// Text as it may be shown, line by line: names and reasons come from files and people.
    public static String visible(String text) {
        return text.lines().map(VisibleText::of).collect(Collectors.joining("\n"));
    }

    public static FontIcon icon(Ikon ikon, String... styles) {
        var icon = new FontIcon(ikon);
        icon.getStyleClass().addAll(styles);
        return icon;
    }

    public static VBox column(double units, Node... children) {
        var box = new VBox(units * UNIT, children);
        box.setFillWidth(true);
        return box;
    }

    public static HBox row(double units, Node... children) {
        var box = new HBox(units * UNIT, children);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    /// Gives `node` the room that is left in its row.
    public static <T extends Node> T grow(T node) {
        HBox.setHgrow(node, Priority.ALWAYS);
        if (node instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
        }
        return node;
    }

    public static Region spring() {
        return grow(new Region());
    }

    /// A button never shows less than its whole text.
    public static Button button(String text, Runnable act, String... styles) {
        var button = new Button(visible(text));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.getStyleClass().addAll(styles);
        button.setOnAction(event -> act.run());
        return button;
    }

    /// A button that says which key does the same.
    public static Button button(String text, String key, Runnable act, String... styles) {
        Button button = button(text, act, styles);
        button.setGraphic(word(key, "q-keycap"));
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setGraphicTextGap(2 * UNIT);
        return button;
    }

    /// Gives `node` the focus, as soon as it is on a page.
    public static void focus(Node node) {
        if (node.getScene() != null) {
            node.requestFocus();
            return;
        }
        var waiting = new AtomicReference<>(Subscription.EMPTY);
        waiting.set(node.sceneProperty().subscribe(scene -> {
            if (scene != null) {
                waiting.get().unsubscribe();
                node.requestFocus();
            }
        }));
    }

    /// Shows or hides `node`; hidden, it takes no room.
    public static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}
