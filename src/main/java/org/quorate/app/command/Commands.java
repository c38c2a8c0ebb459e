package org.quorate.app.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Joins commands to the command line `quorate`: one set of words, one way to fail.
public final class Commands {
    private Commands() {}

    /// The command line of `root` with `commands` under it.
    public static CommandLine of(Command root, List<Command> commands, PrintWriter out, PrintWriter err) {
        var line = new CommandLine(root);
        commands.forEach(command -> line.addSubcommand(withOwn(command)));
        return line.setResourceBundle(new CommandTexts())
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(Commands::failed)
                .setParameterExceptionHandler(Commands::misused);
    }

    private static CommandLine withOwn(Command command) {
        var line = new CommandLine(command);
        command.commands().forEach(own -> line.addSubcommand(withOwn(own)));
        return line;
    }

    private static int failed(Exception thrown, CommandLine line, ParseResult parsed) {
        Problem problem = thrown instanceof ProblemException known
                ? known.problem()
                : Problem.of("app.unexpected").withTechnical(stackTrace(thrown));
        output(line).problem(problem);
        return Exit.FAILED.code();
    }

    private static int misused(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        // The parse ended before it was known whether --json is given, so the words themselves are asked.
        boolean json = List.of(arguments).contains("--json");
        String command = line.getCommandSpec().qualifiedName();
        new Output(line.getOut(), line.getErr(), json, false)
                .problem(Problem.of("app.misused", String.valueOf(wrong.getMessage()), command));
        return Exit.MISUSED.code();
    }

    private static Output output(CommandLine line) {
        Command command = line.getCommand();
        return command.output();
    }

    private static String stackTrace(Exception thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
