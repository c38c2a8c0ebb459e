package org.quorate.app.command;

import picocli.CommandLine;

/// `quorate` alone: opens the console.
@CommandLine.Command(name = "quorate")
public final class ConsoleCommand extends Command {
    private final Runnable console;

    /// @param console shows the console's window and returns when it has been closed
    public ConsoleCommand(Runnable console) {
        this.console = console;
    }

    @Override
    protected Exit run(Output output) {
        console.run();
        return Exit.DONE;
    }
}
