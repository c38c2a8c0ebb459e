package org.quorate;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Gives each process of tests an X server of its own: two of them run at once, and pointer and keyboard are
/// one's alone. Where Xvfb is missing the tests that need a window fail, and say so.
public final class OwnDisplay implements LauncherSessionListener {
    /// Ends the server when this process has ended, however that was, and not before: GTK takes the loss of its display
    /// for a reason to end the process at once.
    ///
    /// Without key repeat: on a slow machine a robot's one press would become several.
    private static final String WATCHED =
            "Xvfb -displayfd 1 -screen 0 1366x768x24 -nolisten tcp -noreset -r & xvfb=$!; read -r _; kill $xvfb";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        startXvfb();
    }

    private static void startXvfb() {
        try {
            Process xvfb = new ProcessBuilder("sh", "-c", WATCHED)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // GTK asks the C library and not Java.
            Environment.set("DISPLAY", ":" + xvfb.inputReader().readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
