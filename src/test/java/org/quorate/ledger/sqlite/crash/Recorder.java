package org.quorate.ledger.sqlite.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.quorate.Gcc;
import org.quorate.ledger.sqlite.LedgerChild;

/// Runs [CrashChild] with the library that writes down what it does to files.
final class Recorder {
    private final Path library;
    private final Path root;
    private final Path log;
    private final Path marks;

    /// @param work an empty folder
    Recorder(Path work) throws IOException, InterruptedException {
        Path real = work.toRealPath();
        this.library = Gcc.library(real, Recorder.class, "recorder");
        this.root = Files.createDirectory(real.resolve("disk"));
        this.log = real.resolve("log");
        this.marks = real.resolve("marks");
    }

    /// The folder of this name, in which the child may work.
    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /// Has the child do these tasks, each a word and a folder.
    ///
    /// @return what it says, a line each
    List<String> run(String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(LedgerChild.command(CrashChild.class, arguments));
        builder.environment().put("LD_PRELOAD", library.toString());
        builder.environment().put("RECORD_FOLDER", root.toString());
        builder.environment().put("RECORD_LOG", log.toString());
        builder.environment().put("RECORD_MARKS", marks.toString());
        Path errors = log.resolveSibling("errors");
        Process process = builder.redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said + Files.readString(errors)).isZero();
        return said.lines().toList();
    }

    Recording recording(String name) throws IOException {
        return Recording.of(log, root.resolve(name));
    }
}
