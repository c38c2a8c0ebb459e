package org.quorate.ui.control;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

/// A page that scrolls up and down only, and follows the focus: whoever goes through it with Tab always sees where they
/// are. JavaFX's own does not.
public final class FollowingScroll extends ScrollPane {
    private static final double MARGIN = 6 * Ui.UNIT;

    private Subscription watching = Subscription.EMPTY;

    public FollowingScroll(Region content) {
        super(content);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        getStyleClass().add("q-scroll");
        sceneProperty().subscribe(this::watch);
    }

    private void watch(Scene scene) {
        watching.unsubscribe();
        watching =
                scene == null ? Subscription.EMPTY : scene.focusOwnerProperty().subscribe(this::follow);
    }

    private void follow(Node owner) {
        if (owner != null && Sheets.inside(owner, getContent())) {
            reveal(owner);
        }
    }

    /// Scrolls as little as needed for `node` to be seen.
    public void reveal(Node node) {
        applyCss();
        layout();
        Bounds bounds = getContent().sceneToLocal(node.localToScene(node.getLayoutBounds()));
        double view = getViewportBounds().getHeight();
        double room = getContent().getLayoutBounds().getHeight() - view;
        if (room <= 0 || bounds == null || !Sheets.inside(node, getContent())) {
            return;
        }
        double top = getVvalue() * room;
        if (bounds.getMinY() - MARGIN < top) {
            setVvalue(Math.clamp((bounds.getMinY() - MARGIN) / room, 0, 1));
        } else if (bounds.getMaxY() + MARGIN > top + view) {
            setVvalue(Math.clamp((bounds.getMaxY() + MARGIN - view) / room, 0, 1));
        }
    }
}
