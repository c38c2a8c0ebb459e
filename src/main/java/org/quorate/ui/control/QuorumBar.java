package org.quorate.ui.control;

import java.util.List;
import javafx.scene.layout.HBox;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.ui.model.Segment;

/// A quorum as named segments that fill: who could sign, who has, and how many are still needed.
public final class QuorumBar extends VBox {
    private static final double WIDEST = 260;
    private static final double GAP = 2 * Ui.UNIT;

    private final TilePane tiles = new TilePane(GAP, GAP);

    public QuorumBar(int needed, List<Segment> segments) {
        super(2.5 * Ui.UNIT);
        long approved = segments.stream()
                .filter(segment -> segment.state() == Segment.State.APPROVED)
                .count();
        long missing = Math.max(0, needed - approved);
        String words = missing == 0
                ? Texts.get("ui.quorum.stands", approved, needed)
                : Texts.get("ui.quorum.missing", approved, needed, missing);
        segments.forEach(segment -> tiles.getChildren().add(tile(segment)));
        tiles.getStyleClass().add("q-segments");
        tiles.setPrefColumns(segments.size());
        getChildren().addAll(Ui.text(words, "q-strong"), tiles);
    }

    /// As many columns as fit, all of one width and filling the row.
    @Override
    protected void layoutChildren() {
        double width = getWidth();
        int count = Math.max(1, tiles.getChildren().size());
        int columns = Math.clamp((int) ((width + GAP) / (190 + GAP)), 1, count);
        double tile = Math.min(WIDEST, Math.floor((width - (columns - 1) * GAP) / columns));
        if (tile > 0 && tiles.getPrefTileWidth() != tile) {
            tiles.setPrefTileWidth(tile);
        }
        super.layoutChildren();
    }

    private static HBox tile(Segment segment) {
        var texts = Ui.column(
                0,
                Ui.text(segment.name(), "q-segment-name"),
                Ui.text(segment.text(), "q-small-text", "q-segment-state"));
        var tile = Ui.row(2.5, Ui.icon(icon(segment.state()), "q-segment-icon"), Ui.grow(texts));
        tile.getStyleClass().addAll("q-segment", style(segment.state()));
        return tile;
    }

    private static Ikon icon(Segment.State state) {
        return switch (state) {
            case NOT_YET -> MaterialDesignS.SHIELD_OUTLINE;
            case APPROVED -> MaterialDesignS.SHIELD_CHECK;
            case REFUSED -> MaterialDesignS.SHIELD_ALERT_OUTLINE;
            case REJECTED -> MaterialDesignS.SHIELD_REMOVE;
        };
    }

    private static String style(Segment.State state) {
        return switch (state) {
            case NOT_YET -> "q-not-yet";
            case APPROVED -> "q-approved";
            case REFUSED -> "q-refused";
            case REJECTED -> "q-rejected";
        };
    }
}
