package org.quorate.ui.control;

import java.util.EnumSet;
import java.util.Set;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;

/// Keeps one press from answering two pages. A page that has just appeared takes no press for a moment, and a key
/// that is held down presses once.
public final class Steady {
    private static final Duration MOMENT = Duration.millis(300);
    private static final PseudoClass SETTLING = PseudoClass.getPseudoClass("settling");
    private static final Set<KeyCode> PRESSING = EnumSet.of(KeyCode.ENTER, KeyCode.SPACE);

    private final Node page;
    private final PauseTransition moment = new PauseTransition(MOMENT);
    private final Set<KeyCode> held = EnumSet.noneOf(KeyCode.class);
    private boolean settling;

    public Steady(Node page) {
        this.page = page;
        moment.setOnFinished(event -> settling(false));
        page.addEventFilter(MouseEvent.MOUSE_PRESSED, this::refuseWhileSettling);
        page.addEventFilter(MouseEvent.MOUSE_CLICKED, this::refuseWhileSettling);
        page.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (PRESSING.contains(event.getCode())) {
                refuseWhileSettling(event);
            }
        });
        page.sceneProperty().subscribe(this::watch);
    }

    /// Another question is on the page now.
    public void changed() {
        settling(true);
        moment.playFromStart();
    }

    private void settling(boolean now) {
        settling = now;
        page.pseudoClassStateChanged(SETTLING, now);
    }

    private void refuseWhileSettling(Event event) {
        if (settling) {
            event.consume();
        }
    }

    private void watch(Scene scene) {
        if (scene == null) {
            return;
        }
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (PRESSING.contains(event.getCode()) && !held.add(event.getCode()) && page.getScene() != null) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> held.remove(event.getCode()));
    }
}
