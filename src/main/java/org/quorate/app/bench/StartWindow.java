package org.quorate.app.bench;

import atlantafx.base.theme.PrimerLight;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.quorate.ui.ConsoleWindow;

/// The windows whose start is compared.
public enum StartWindow {
    /// A themed window with nothing in it: the least that any program of this kind can do.
    EMPTY,
    CONSOLE,
    /// The console's window, transparent: the start from which the launcher has the virtual machine learn.
    UNSEEN;

    /// What the process that shows a window for the bench says when it is there.
    public static final String SHOWN = "shown";

    /// The hidden command that shows one of these windows.
    public static final String COMMAND = "start-window";

    /// Shows the window and runs `then` when its first frame stands on the screen.
    public void show(Stage stage, Runnable then) {
        switch (this) {
            case EMPTY -> showEmpty(stage);
            case CONSOLE -> new ConsoleWindow(new IdleBackstage(), stage).show();
            case UNSEEN -> {
                stage.setOpacity(0);
                new ConsoleWindow(new IdleBackstage(), stage).show();
            }
        }
        afterFirstFrame(then);
    }

    List<String> arguments() {
        return List.of(COMMAND, name());
    }

    private static void showEmpty(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        stage.setScene(new Scene(new BorderPane(), 1280, 720));
        stage.show();
    }

    /// A pulse lays out and hands the scene to the renderer, and the next pulse waits for the renderer: when a third
    /// one begins, the first frame is out.
    private static void afterFirstFrame(Runnable then) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                pulses++;
                if (pulses == 3) {
                    stop();
                    then.run();
                }
            }
        }.start();
    }
}
