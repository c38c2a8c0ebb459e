package org.quorate.ui.control;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.skin.ScrollPaneSkin;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

/// A page that scrolls up and down only, and follows the focus: whoever goes through it with Tab always sees where they
/// are. JavaFX's own does not.
public final class FollowingScroll extends ScrollPane {
    private static final double MARGIN = 6 * Ui.UNIT;

    private boolean following = true;
    private Subscription watching = Subscription.EMPTY;

    public FollowingScroll(Region content) {
        super(content);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        getStyleClass().add("q-scroll");
        // The usual skin, but now: before it is there the content belongs to no window and cannot have the focus.
        setSkin(new ScrollPaneSkin(this));
        sceneProperty().subscribe(this::watch);
        addEventFilter(KeyEvent.KEY_TYPED, event -> follow(getScene().getFocusOwner()));
    }

    private void watch(Scene scene) {
        watching.unsubscribe();
        watching =
                scene == null ? Subscription.EMPTY : scene.focusOwnerProperty().subscribe(this::follow);
    }

    /// Gives the focus to `node` and stays at the top, for a page that is to be read before it is filled in. The first
    /// key that is typed brings the field into view.
    public void focusFromTop(Node node) {
        following = false;
        Ui.focus(node);
        following = true;
        setVvalue(0);
    }

    private void follow(Node owner) {
        if (following && owner != null && Sheets.inside(owner, getContent())) {
            reveal(owner);
        }
    }

    /// Once the page is laid out, because only then it is known where things are.
    public void revealLater(Node node) {
        Scene scene = getScene();
        var once = new Runnable[1];
        once[0] = () -> {
            scene.removePostLayoutPulseListener(once[0]);
            reveal(node);
        };
        scene.addPostLayoutPulseListener(once[0]);
    }

    /// Scrolls as little as needed for `node` to be seen.
    public void reveal(Node node) {
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
