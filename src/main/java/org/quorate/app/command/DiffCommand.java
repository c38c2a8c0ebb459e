package org.quorate.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.quorate.app.site.ScriptFiles;
import org.quorate.script.difference.ScriptDifference;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `quorate diff`: what differs between two versions of a script, by its structure.
@CommandLine.Command(name = "diff")
public final class DiffCommand extends Command {
    private final ScriptFiles scripts;

    @Parameters(paramLabel = "OLD", index = "0", descriptionKey = "old")
    private Path before = Path.of("");

    @Parameters(paramLabel = "NEW", index = "1", descriptionKey = "new")
    private Path after = Path.of("");

    public DiffCommand(ScriptFiles scripts) {
        this.scripts = scripts;
    }

    @Override
    protected Exit run(Output output) {
        var difference = ScriptDifference.between(scripts.read(Optional.of(before)), scripts.read(Optional.of(after)));
        output.answer(difference.toJson(), difference.lines());
        return difference.none() ? Exit.DONE : Exit.NO;
    }
}
