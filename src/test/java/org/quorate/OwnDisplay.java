package org.quorate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
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
            setEnvironment("DISPLAY", ":" + xvfb.inputReader().readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// GTK asks the C library and not Java, whose own copy of the environment does not change.
    private static void setEnvironment(String name, String value) {
        var linker = Linker.nativeLinker();
        var setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int result = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (result != 0) {
                throw new IllegalStateException("setenv answered " + result);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
