package org.quorate.app.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.quorate.base.Problem;
import org.quorate.ceremony.Question;

/// The folder that stands for the stick in a rehearsal without people. Whoever is at the other end looks into it for
/// what was handed out and puts what is brought there, also while the rehearsal waits.
///
/// @param patienceSeconds how long it waits for a file that is not there yet
record RehearsalFiles(Optional<Path> folder, int patienceSeconds) {
    private static final int LOOK_EVERY_MS = 50;

    byte[] bring(Question.BringFile question) {
        Path file = resolve(question.fileName());
        byte[] content = read(file);
        question.check().apply(content).ifPresent(objection -> {
            throw Problem.of("app.rehearsal.file_refused", file, objection).asException();
        });
        return content;
    }

    /// After a stop the same file may be there already; half of one never stays.
    void take(String name, byte[] content) {
        Path file = resolve(name);
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
                return;
            }
            try {
                Files.write(unfinished, content);
                Files.move(unfinished, file);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw Problem.of("app.rehearsal.file_not_written", file).causedBy(e);
        }
    }

    private Path resolve(String name) {
        return folder.orElseThrow(
                        () -> Problem.of("app.rehearsal.no_files", name).asException())
                .resolve(name);
    }

    private byte[] read(Path file) {
        try {
            for (int looks = patienceSeconds * 1000 / LOOK_EVERY_MS; looks > 0 && !Files.exists(file); looks--) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Problem.of("app.rehearsal.file_missing", file).causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("app.rehearsal.file_missing", file).causedBy(e);
        }
    }
}
