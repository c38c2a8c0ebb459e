package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.quorate.base.Problem;
import org.quorate.script.Script;
import org.quorate.script.ScriptFormat;
import org.quorate.script.Step;
import org.quorate.script.yaml.PlanReader;

/// Plans as files, and what the shipped scripts offer them.
public final class PlanFiles {
    private final ScriptFiles scripts;
    private final Path shipped;

    /// @param shipped the folder of the plans that come with the program
    public PlanFiles(ScriptFiles scripts, Path shipped) {
        this.scripts = scripts;
        this.shipped = shipped;
    }

    /// A plan as it lies in a file.
    public record Text(byte[] bytes, PlanReader.Read read) {}

    /// The plan in `file`, or that of the foundation sprint.
    public Text read(Optional<Path> file) {
        Path path = file.orElseGet(() -> shipped.resolve("hsm-foundation-sprint.yaml"));
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(ScriptFormat.MAX_BYTES + 1);
            return new Text(bytes, PlanReader.read(path.toString(), bytes));
        } catch (NoSuchFileException e) {
            throw Problem.of("app.no_plan", path).causedBy(e);
        } catch (IOException e) {
            throw Problem.of("app.script_unreadable", path).causedBy(e);
        }
    }

    public Set<String> scriptIds() {
        return scripts.shipped().stream().map(Script::id).collect(Collectors.toSet());
    }

    /// Names of values that people type in at a step of a shipped script.
    public Set<String> askedFor() {
        List<Script> all = scripts.shipped();
        return all.stream()
                .flatMap(Script::steps)
                .filter(Step.Confirm.class::isInstance)
                .map(Step.Confirm.class::cast)
                .flatMap(step -> step.enter().stream())
                .map(Step.Field::name)
                .collect(Collectors.toSet());
    }
}
