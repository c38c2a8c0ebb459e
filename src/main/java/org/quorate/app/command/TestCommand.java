package org.quorate.app.command;

import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate test` belongs to the launcher of a clone, which takes it before this program starts; here it is only
/// described.
@CommandLine.Command(name = "test")
public final class TestCommand extends Command {
    @Option(names = "--long")
    @SuppressWarnings("UnusedVariable") // the launcher reads it
    private boolean inTheirLongForms;

    @Parameters(paramLabel = "ARGUMENT", arity = "0..*", descriptionKey = "arguments")
    @SuppressWarnings("UnusedVariable") // the launcher hands them to Maven
    private final List<String> arguments = new ArrayList<>();

    @Override
    protected Exit run(Output output) {
        throw Problem.of("app.test_needs_clone").asException();
    }
}
