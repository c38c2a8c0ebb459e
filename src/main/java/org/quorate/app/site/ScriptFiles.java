package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;
import org.quorate.script.Linter;
import org.quorate.script.Script;

/// Scripts as files: read, judged, and refused where a ceremony with them could not work.
public final class ScriptFiles {
    private final Linter linter;
    private final Path shipped;

    /// @param shipped the folder of the scripts that come with the program
    public ScriptFiles(Linter linter, Path shipped) {
        this.linter = linter;
        this.shipped = shipped;
    }

    public LintReport check(Path file) {
        return linter.check(file.toString(), bytes(file));
    }

    /// The script in `file`, or the shipped root key generation.
    public Script read(Optional<Path> file) {
        Path path = file.orElseGet(() -> shipped.resolve("root-key-generation.yaml"));
        return sound(path.toString(), bytes(path));
    }

    /// The shipped scripts by which a ceremony can be held, in the order of their names.
    public List<Script> shipped() {
        return filesIn(Optional.empty()).stream()
                .map(this::check)
                .filter(LintReport::usable)
                .flatMap(report -> report.script().stream())
                .toList();
    }

    /// The files of scripts in a folder, or those that come with the program, in the order of their names.
    ///
    /// @throws org.quorate.base.ProblemException where there are none
    public List<Path> filesIn(Optional<Path> other) {
        Path folder = other.orElse(shipped);
        try (var files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw Problem.of("app.no_scripts", folder).asException();
            }
            return found;
        } catch (NotDirectoryException | NoSuchFileException e) {
            throw Problem.of("app.no_scripts", folder).causedBy(e);
        } catch (IOException e) {
            throw Problem.of("app.script_unreadable", folder).causedBy(e);
        }
    }

    /// A script from the bytes that a ledger keeps.
    public Script parse(byte[] source) {
        return sound("script", source);
    }

    private Script sound(String name, byte[] source) {
        LintReport report = linter.check(name, source);
        Optional<Finding> error = report.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .findFirst();
        if (error.isPresent()) {
            throw Problem.of("app.script_refused", name, error.get().text()).asException();
        }
        return report.script().orElseThrow();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw Problem.of("app.no_script", file).causedBy(e);
        } catch (IOException e) {
            throw Problem.of("app.script_unreadable", file).causedBy(e);
        }
    }
}
