package org.quorate.app.command;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.quorate.base.Texts;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What every command has: `--json`, `--verbose` and `--help`, an [Output], and an [Exit].
///
/// What cannot be done is thrown as a [Problem]; it is shown, and the exit code is 3.
public abstract class Command implements Callable<Integer> {
    private static final Set<String> OF_EVERY_COMMAND = Set.of("--json", "--verbose", "--help");

    @Option(names = "--json")
    private boolean json;

    @Option(names = "--verbose")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    @SuppressWarnings("UnusedVariable") // picocli answers before anyone could read it
    private boolean help;

    @Spec
    private CommandSpec spec;

    /// Does what the command is for.
    protected abstract Exit run(Output output);

    /// Commands under this one.
    List<Command> commands() {
        return List.of();
    }

    @Override
    public final Integer call() {
        refuseWhatNobodyHears();
        return run(output()).code();
    }

    /// An option of the console is none of its commands': a folder that was named before the command would be passed
    /// over in silence, and another one read.
    private void refuseWhatNobodyHears() {
        here().skip(1)
                .flatMap(before -> before.commandLine().getParseResult().matchedOptions().stream())
                .map(OptionSpec::longestName)
                .filter(name -> !OF_EVERY_COMMAND.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw misuse(Texts.get("app.option_before", name, spec.name()));
                });
    }

    /// An error in the use of the command line that picocli cannot see, to be thrown: exit code 2.
    protected final ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// A time that people wrote as the value of an option.
    protected final Instant time(String text) {
        return TimeOption.parse(text).orElseThrow(() -> misuse(Texts.get("app.ledger.time_form", text)));
    }

    final Output output() {
        var line = spec.commandLine();
        return new Output(
                line.getOut(), line.getErr(), anywhere(command -> command.json), anywhere(command -> command.verbose));
    }

    /// This command and those before it.
    private Stream<CommandSpec> here() {
        return Stream.iterate(spec, Objects::nonNull, CommandSpec::parent);
    }

    /// Given to this command or to one before it, as in `quorate --json inventory`.
    private boolean anywhere(Predicate<Command> given) {
        return here().anyMatch(one -> one.userObject() instanceof Command command && given.test(command));
    }
}
