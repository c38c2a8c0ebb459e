package org.quorate.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.quorate.base.Problem;

/// Runs JavaFX for a command: the toolkit starts with the window and ends with it.
///
/// The toolkit is started by hand and not through `Application.launch`, so that a window is an object that is handed
/// what it needs, and not a class that JavaFX makes by name.
public final class Desktop {
    private Desktop() {}

    /// Lets `window` dress and show a stage, and returns when that stage has been closed.
    public static void run(Consumer<Stage> window) {
        // JavaFX 25 speaks X11 only; under Wayland DISPLAY is that of Xwayland.
        if (System.getenv().getOrDefault("DISPLAY", "").isEmpty()) {
            throw Problem.of("app.no_display").asException();
        }
        var closed = new CompletableFuture<Void>();
        try {
            Platform.startup(() -> open(window, closed));
        } catch (RuntimeException e) {
            throw Problem.of("app.no_display").causedBy(e);
        }
        try {
            closed.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            Platform.exit();
        }
    }

    private static void open(Consumer<Stage> window, CompletableFuture<Void> closed) {
        try {
            var stage = new Stage();
            stage.addEventHandler(WindowEvent.WINDOW_HIDDEN, _ -> closed.complete(null));
            window.accept(stage);
        } catch (RuntimeException e) {
            closed.completeExceptionally(e);
        }
    }
}
