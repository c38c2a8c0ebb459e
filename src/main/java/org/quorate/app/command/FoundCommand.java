package org.quorate.app.command;

import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `quorate found`: a live site is founded, in the window and by people only.
@CommandLine.Command(name = "found")
public final class FoundCommand extends Command {
    private final Consumer<Path> founding;

    @Option(names = "--home", paramLabel = "DIR", required = true)
    private Path home = Path.of("");

    /// @param founding shows the window of the founding and returns when it has been closed
    public FoundCommand(Consumer<Path> founding) {
        this.founding = founding;
    }

    @Override
    protected Exit run(Output output) {
        founding.accept(home);
        return Exit.DONE;
    }
}
