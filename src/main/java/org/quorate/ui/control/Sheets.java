package org.quorate.ui.control;

import atlantafx.base.controls.ModalPane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;

/// The sheets and drawers of the window, one at a time, over everything else. Whatever lies beneath keeps its state and
/// its focus, and cannot be reached until the sheet is closed; Escape closes it.
public final class Sheets {
    private final ModalPane pane = new ModalPane();
    private Optional<Node> content = Optional.empty();
    private Optional<Node> returnTo = Optional.empty();
    private Runnable orphaned = () -> {};
    private boolean backwards;

    public Sheets() {
        pane.setId("sheets");
        pane.setFocusTraversable(false);
        // At once: where a sheet grew into its place, an image of it stayed in the corner of the screen.
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        pane.displayProperty().subscribe(shown -> {
            if (!shown) {
                closed();
            }
        });
        pane.sceneProperty().subscribe(this::guard);
    }

    /// Where the focus goes when what had it before the sheet is gone.
    public void onOrphaned(Runnable focus) {
        orphaned = focus;
    }

    /// The layer to lay over the window.
    public ModalPane layer() {
        return pane;
    }

    /// A sheet in the middle.
    public void open(Node sheet, Node focus) {
        show(sheet, Pos.CENTER, focus);
    }

    /// A drawer along a side.
    public void drawer(Node drawer, Side side, Node focus) {
        show(drawer, side == Side.LEFT ? Pos.TOP_LEFT : Pos.TOP_RIGHT, focus);
    }

    private void show(Node sheet, Pos where, Node focus) {
        if (content.isEmpty()) {
            returnTo = Optional.ofNullable(pane.getScene()).map(Scene::getFocusOwner);
        }
        content = Optional.of(sheet);
        StackPane.setAlignment(sheet, where);
        pane.setAlignment(where);
        pane.show(sheet);
        focus.requestFocus();
    }

    public void close() {
        pane.hide(true);
    }

    public boolean showing() {
        return content.isPresent();
    }

    private void closed() {
        content = Optional.empty();
        Optional<Node> back = returnTo;
        returnTo = Optional.empty();
        back.filter(node -> node.getScene() != null).ifPresentOrElse(Node::requestFocus, orphaned);
    }

    /// Keeps the focus inside the sheet: from its last control Tab comes to its first one.
    private void guard(Scene scene) {
        if (scene == null) {
            return;
        }
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            backwards = event.isShiftDown();
            if (event.getCode() == KeyCode.ESCAPE && showing()) {
                event.consume();
                close();
            }
        });
        scene.focusOwnerProperty().subscribe(owner -> content.ifPresent(sheet -> keepInside(sheet, owner)));
    }

    private void keepInside(Node sheet, Node owner) {
        if (owner == null || inside(owner, sheet)) {
            return;
        }
        List<Node> stops = focusable(sheet);
        if (!stops.isEmpty()) {
            (backwards ? stops.getLast() : stops.getFirst()).requestFocus();
        }
    }

    /// Whether `node` lies within `sheet`.
    public static boolean inside(Node node, Node sheet) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(sheet)) {
                return true;
            }
        }
        return false;
    }

    /// What Tab stops at under `root`, in order.
    public static List<Node> focusable(Node root) {
        var found = new ArrayList<Node>();
        collect(root, found);
        return found;
    }

    private static void collect(Node node, List<Node> found) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }
}
