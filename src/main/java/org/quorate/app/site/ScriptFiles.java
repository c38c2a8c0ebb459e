package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.quorate.base.Digest;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;
import org.quorate.record.Artefacts;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;
import org.quorate.script.Linter;
import org.quorate.script.Parts;
import org.quorate.script.Script;
import org.quorate.script.ScriptFormat;
import org.quorate.script.approval.ApprovalFile;

/// Scripts as files: read, judged, and refused where a ceremony with them could not work.
public final class ScriptFiles {
    private final Linter linter;
    private final Path shipped;
    private final Map<Digest, Path> places = new ConcurrentHashMap<>();

    /// @param shipped the folder of the scripts that come with the program
    public ScriptFiles(Linter linter, Path shipped) {
        this.linter = linter;
        this.shipped = shipped;
    }

    public LintReport check(Path file) {
        return linter.check(file.toString(), bytes(file), beside(file));
    }

    /// Judges a text that does not stand in `file` yet, with the parts beside that.
    ///
    /// @param name as findings say it
    public LintReport check(Path file, String name, byte[] text) {
        return linter.check(name, text, beside(file));
    }

    /// The folder of the scripts that come with the program.
    public Path shippedFolder() {
        return shipped;
    }

    /// The scripts in a folder by which a ceremony can be held, in the order of their names; none where there is no
    /// folder. A link is none, since another file could stand behind it tomorrow.
    public List<Script> usableIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .flatMap(file -> usable(file).stream())
                    .toList();
        } catch (IOException e) {
            throw Problem.of("app.script_unreadable", folder).causedBy(e);
        }
    }

    /// The script in `file`, or the shipped root key generation.
    public Script read(Optional<Path> file) {
        Path path = file.orElseGet(() -> shipped.resolve("root-key-generation.yaml"));
        Script script = sound(path.toString(), bytes(path), beside(path));
        places.put(script.digest(), path);
        return script;
    }

    /// Where a script that was read lies.
    public Optional<Path> placeOf(Script script) {
        return Optional.ofNullable(places.get(script.digest()));
    }

    /// The signatures that lie beside a script, checked.
    public Optional<ApprovalFile> approvalBeside(Path file, Script script) {
        Path beside = file.resolveSibling(ApprovalDesk.stem(file) + ApprovalFile.SUFFIX);
        try {
            return Files.exists(beside)
                    ? Optional.of(ApprovalFile.parse(bytes(beside), script.source()))
                    : Optional.empty();
        } catch (JsonException e) {
            throw Problem.of("app.approval_wrong", beside, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    /// A script as a ledger keeps it, with its parts from the ledger or, where no ceremony was held by it yet,
    /// as they are shipped; empty where the lint of today refuses it.
    public Optional<Script> parsed(byte[] source, Artefacts artefacts) {
        Parts here = beside(shipped.resolve("script"));
        return linter.check(
                        "script",
                        source,
                        (name, digest) -> artefacts.get(digest).or(() -> here.find(name, digest)))
                .script();
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
        return filesIn(Optional.empty()).stream()
                .flatMap(file -> usable(file).stream())
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

    private Optional<Script> usable(Path file) {
        Optional<Script> script =
                Optional.of(check(file)).filter(LintReport::usable).flatMap(LintReport::script);
        script.ifPresent(read -> places.put(read.digest(), file));
        return script;
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
        // What is longer than a script can be is refused as such, and not read to its end to learn that.
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(ScriptFormat.MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw Problem.of("app.no_script", file).causedBy(e);
        } catch (IOException e) {
            throw Problem.of("app.script_unreadable", file).causedBy(e);
        }
    }
}
