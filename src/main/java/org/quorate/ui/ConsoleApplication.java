package org.quorate.ui;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.stage.Stage;
import org.quorate.ui.backstage.Backstage;

/// JavaFX makes the application object itself and hands it nothing, so the program behind the window waits here for it.
public final class ConsoleApplication extends Application {
    private static final AtomicReference<Optional<Backstage>> WAITING = new AtomicReference<>(Optional.empty());

    /// Opens the window and returns when it is closed.
    public static void run(Backstage backstage) {
        WAITING.set(Optional.of(backstage));
        Application.launch(ConsoleApplication.class);
    }

    @Override
    public void start(Stage stage) {
        Backstage backstage = WAITING.getAndSet(Optional.empty())
                .orElseThrow(() -> new IllegalStateException("the window is opened by ConsoleApplication.run"));
        new ConsoleWindow(backstage, stage).show();
    }
}
