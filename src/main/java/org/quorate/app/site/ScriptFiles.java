package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.record.Artefacts;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;
import org.quorate.script.Linter;
import org.quorate.script.Parts;
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
        return linter.check(file.toString(), bytes(file), beside(file));
    }

    /// The script in `file`, or the shipped root key generation.
    public Script read(Optional<Path> file) {
        Path path = file.orElseGet(() -> shipped.resolve("root-key-generation.yaml"));
        return sound(path.toString(), bytes(path), beside(path));
    }

    /// The parts in the folder beside a script. A link is none: what is approved lies where it is named.
    private static Parts beside(Path script) {
        Path folder = script.toAbsolutePath().resolveSibling("parts");
        return (name, digest) -> {
            Path part = folder.resolve(name);
            return part.normalize().startsWith(folder.normalize())
                            && Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(bytes(part))
                    : Optional.empty();
        };
    }

    /// The shipped scripts by which a ceremony can be held, in the order of their names.
    public List<Script> shipped() {
        try (var files = Files.list(shipped)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(this::check)
                    .filter(LintReport::usable)
                    .flatMap(report -> report.script().stream())
                    .toList();
        } catch (IOException e) {
            throw Problem.of("app.script_unreadable", shipped).causedBy(e);
        }
    }

    /// A script from the bytes that a ledger keeps, as are those of its parts.
    public Script parse(byte[] source, Artefacts artefacts) {
        return sound("script", source, (name, digest) -> artefacts.get(digest));
    }

    private Script sound(String name, byte[] source, Parts parts) {
        LintReport report = linter.check(name, source, parts);
        Optional<Finding> error = report.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .findFirst();
        if (error.isPresent()) {
            throw Problem.of("app.script_refused", name, error.get().text()).asException();
        }
        return report.script()
                .orElseThrow(() -> Problem.of("app.script_is_part", name).asException());
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
