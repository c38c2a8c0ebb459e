package org.quorate.ui.control;

import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;

/// The buttons at the foot of the page: the act on the left, what is always there on the right; beneath each
/// other where the window is too narrow for both.
public final class ActionBar extends Pane {
    private static final double GAP = 2 * Ui.UNIT;

    private final HBox acts = new HBox(GAP);
    private final HBox always = new HBox(GAP);

    public ActionBar() {
        getStyleClass().add("q-actions");
        acts.setFillHeight(true);
        always.setFillHeight(true);
        getChildren().addAll(acts, always);
    }

    public void acts(List<? extends Node> buttons) {
        acts.getChildren().setAll(buttons);
    }

    public void always(List<? extends Node> buttons) {
        always.getChildren().setAll(buttons);
    }

    private boolean together(double width) {
        double content = width - horizontal();
        return acts.getChildren().isEmpty() || acts.prefWidth(-1) + 3 * GAP + always.prefWidth(-1) <= content;
    }

    private double horizontal() {
        Insets insets = getInsets();
        return insets.getLeft() + insets.getRight();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        double insets = getInsets().getTop() + getInsets().getBottom();
        double one = acts.prefHeight(-1);
        double two = always.prefHeight(-1);
        return insets + (together(width) ? Math.max(one, two) : one + GAP + two);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        double left = getInsets().getLeft();
        double top = getInsets().getTop();
        double one = snapSizeY(acts.prefHeight(-1));
        double two = snapSizeY(always.prefHeight(-1));
        double right = snapSizeX(always.prefWidth(-1));
        double row = Math.max(one, two);
        acts.resizeRelocate(left, top, snapSizeX(acts.prefWidth(-1)), one);
        if (together(getWidth())) {
            double x = getWidth() - getInsets().getRight() - right;
            always.resizeRelocate(snapPositionX(x), snapPositionY(top + (row - two) / 2), right, two);
        } else {
            always.resizeRelocate(left, snapPositionY(top + one + GAP), right, two);
        }
    }
}
