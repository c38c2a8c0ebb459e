package org.quorate.ui.control;

import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The frame of a sheet: title, content that scrolls where the window is low, buttons. It is as high as its content,
/// whose texts wrap, needs at this width.
public final class Sheet extends VBox {
    private static final double WIDTH = 640;

    private final Label title;
    private final Region body;
    private final HBox actions;

    public Sheet(String title, Region body, Button first, Button... more) {
        this.title = Ui.text(title, "q-sheet-title");
        this.body = body;
        this.actions = new HBox(2 * Ui.UNIT, first);
        actions.getChildren().addAll(more);
        getStyleClass().add("q-sheet");
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxHeight(Region.USE_PREF_SIZE);
        setMinHeight(0);
        var scroll = new FollowingScroll(body);
        scroll.setMinHeight(0);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        body.getStyleClass().add("q-sheet-body");
        actions.getStyleClass().add("q-sheet-actions");
        actions.setAlignment(Pos.CENTER_LEFT);
        actions.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(this.title, scroll, actions);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> enter(event, first));
    }

    /// As on a page: Enter presses the button that has the focus, and from anywhere else the first one.
    private static void enter(KeyEvent event, Button first) {
        if (event.getCode() == KeyCode.ENTER) {
            event.consume();
            (event.getTarget() instanceof Button focused ? focused : first).fire();
        }
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        double inner = width < 0 ? WIDTH : Math.min(width, WIDTH);
        Insets insets = getInsets();
        double content = inner - insets.getLeft() - insets.getRight();
        return insets.getTop()
                + title.prefHeight(content)
                + body.prefHeight(content)
                + actions.prefHeight(content)
                + insets.getBottom()
                + 1; // the viewport rounds down
    }
}
