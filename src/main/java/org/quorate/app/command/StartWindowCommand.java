package org.quorate.app.command;

import java.util.List;
import java.util.function.BiConsumer;
import org.quorate.app.bench.StartWindow;
import org.quorate.base.Json;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// Shows a window, says so and closes it: one start for `quorate bench start`, and the run from which the launcher
/// learns which classes a start needs.
@CommandLine.Command(name = StartWindow.COMMAND, hidden = true)
public final class StartWindowCommand extends Command {
    private final BiConsumer<StartWindow, Runnable> show;

    @Parameters(paramLabel = "WINDOW", descriptionKey = "window")
    private StartWindow window = StartWindow.CONSOLE;

    /// @param show shows the window, runs what it is given once the first frame is out, and closes it
    public StartWindowCommand(BiConsumer<StartWindow, Runnable> show) {
        this.show = show;
    }

    @Override
    protected Exit run(Output output) {
        show.accept(
                window,
                () -> output.answer(
                        Json.obj().put(StartWindow.SHOWN, window.name()).build(), List.of(StartWindow.SHOWN)));
        return Exit.DONE;
    }
}
