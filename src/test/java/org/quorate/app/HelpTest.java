package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quorate.base.Texts;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Compares what the program says of itself with what is written down, and sees that it says all.
class HelpTest {
    private static final CommandLine LINE =
            Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));

    /// The launcher shows this file where nothing is built yet.
    @Test
    void helpFile_isWhatTheProgramSays() throws IOException {
        assertThat(LINE.getUsageMessage())
                .as(
                        "after a change of the commands: ./quorate bench --help && ./quorate --help >target/help.txt && cp target/help.txt docs")
                .isEqualTo(Files.readString(Path.of("docs/help.txt")));
    }

    @Test
    void commandsAndTheirOptions_areDescribed() {
        var silent = new TreeSet<String>();
        for (CommandSpec command : commands()) {
            if (command.usageMessage().header().length == 0) {
                silent.add(command.qualifiedName());
            }
            Stream.concat(command.options().stream(), command.positionalParameters().stream())
                    .filter(argument -> argument.description().length == 0)
                    .forEach(argument -> silent.add(command.qualifiedName() + " " + argument));
        }

        assertThat(silent).isEmpty();
    }

    @Test
    void commands_allHaveJsonAndHelp() {
        assertThat(commands())
                .allSatisfy(command -> assertThat(command.optionsMap()).containsKeys("--json", "--help", "--verbose"));
    }

    /// The texts of commands are asked for by picocli and not by name, so they are counted here.
    @Test
    void textsOfCommands_areAllUsed() {
        var used = new TreeSet<String>();
        for (CommandSpec command : commands()) {
            String own = "command." + command.qualifiedName(".") + ".";
            used.addAll(List.of(own + "usage.header", own + "usage.footer"));
            for (var option : command.options()) {
                String name = option.longestName().replaceFirst("^-+", "");
                used.addAll(List.of(own + name, "command." + name));
            }
            command.positionalParameters().forEach(parameter -> used.add(own + parameter.descriptionKey()));
        }

        assertThat(Texts.keys()).filteredOn(key -> key.startsWith("command.")).allMatch(used::contains);
    }

    private static List<CommandSpec> commands() {
        var commands = new ArrayList<CommandSpec>();
        commands.add(LINE.getCommandSpec());
        addUnder(LINE, commands);
        return commands;
    }

    private static void addUnder(CommandLine above, List<CommandSpec> commands) {
        above.getSubcommands().values().forEach(line -> {
            commands.add(line.getCommandSpec());
            addUnder(line, commands);
        });
    }
}
