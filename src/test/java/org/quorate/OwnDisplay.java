package org.quorate;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Gives the tests an X server of their own where there is no display, so that plain `mvn verify` works on a machine
/// without a screen. Where Xvfb is missing the tests that need a window fail, and say so.
public final class OwnDisplay implements LauncherSessionListener {
    /// Ends the server when this process has ended, however that was, and not before: GTK takes the loss of its display
    /// for a reason to end the process at once.
    private static final String WATCHED =
            "Xvfb -displayfd 1 -screen 0 1366x768x24 -nolisten tcp -noreset & xvfb=$!; read -r _; kill $xvfb";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getenv().getOrDefault("DISPLAY", "").isEmpty()) {
            startXvfb();
        }
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
