package org.quorate.ui.control;

import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/// Cells of one width in as many columns as fit, from a few counts that come out even: sixteen groups of hex stand in
/// rows of sixteen, eight or four, and never in a row of fifteen with one left over.
final class Columns extends Pane {
    private final List<Integer> counts;
    private final double across;
    private final double down;

    /// @param counts the allowed numbers of columns, largest first
    Columns(List<Integer> counts, double across, double down) {
        this.counts = List.copyOf(counts);
        this.across = across;
        this.down = down;
    }

    private double cellWidth() {
        return getChildren().stream()
                .mapToDouble(node -> node.prefWidth(-1))
                .max()
                .orElse(0);
    }

    private double cellHeight() {
        return getChildren().stream()
                .mapToDouble(node -> node.prefHeight(-1))
                .max()
                .orElse(0);
    }

    private int columns(double width) {
        double cell = cellWidth();
        return counts.stream()
                .filter(count -> count * cell + (count - 1) * across <= width + 0.5)
                .findFirst()
                .orElse(counts.getLast());
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return counts.getLast() * cellWidth() + (counts.getLast() - 1) * across;
    }

    @Override
    protected double computePrefWidth(double height) {
        return counts.getFirst() * cellWidth() + (counts.getFirst() - 1) * across;
    }

    @Override
    protected double computePrefHeight(double width) {
        int columns = columns(width < 0 ? prefWidth(-1) : width);
        int rows = Math.ceilDiv(getChildren().size(), columns);
        Insets insets = getInsets();
        return insets.getTop() + insets.getBottom() + rows * cellHeight() + Math.max(0, rows - 1) * down;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        int columns = columns(getWidth());
        double width = cellWidth();
        double height = cellHeight();
        for (int i = 0; i < getChildren().size(); i++) {
            Node cell = getChildren().get(i);
            double x = i % columns * (width + across);
            int row = i / columns;
            double y = getInsets().getTop() + row * (height + down);
            cell.resizeRelocate(snapPositionX(x), snapPositionY(y), snapSizeX(width), snapSizeY(height));
        }
    }
}
