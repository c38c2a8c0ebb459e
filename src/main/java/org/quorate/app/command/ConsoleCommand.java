package org.quorate.app.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `quorate` alone: opens the console.
@CommandLine.Command(name = "quorate")
public final class ConsoleCommand extends Command {
    private final Consumer<Optional<Path>> console;

    @Option(names = "--home", paramLabel = "DIR")
    private Optional<Path> home = Optional.empty();

    /// @param console shows the window of a console, of the practice site where none is named, and returns when it has
    ///     been closed
    public ConsoleCommand(Consumer<Optional<Path>> console) {
        this.console = console;
    }

    @Override
    protected Exit run(Output output) {
        console.accept(home);
        return Exit.DONE;
    }
}
