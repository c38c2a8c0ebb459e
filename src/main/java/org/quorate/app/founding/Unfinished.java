package org.quorate.app.founding;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Trees;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;

/// The folder in which a site is made, beside the one where it is wanted. A note in it says which token holds keys of
/// this founding; it is there before the first key is, and stays where a founding breaks off.
final class Unfinished {
    private static final String NOTE = "founding.json";

    private final SiteFolder wanted;
    private final SiteFolder made;

    /// What an earlier founding left: nothing of it is a site, but a token may have its keys.
    record Left(UUID ledger, String serial) {}

    Unfinished(SiteFolder wanted) {
        this.wanted = wanted;
        this.made = new SiteFolder(wanted.home().resolveSibling(wanted.home().getFileName() + ".new"));
    }

    SiteFolder folder() {
        return made;
    }

    /// A site is founded in a new or empty folder, and what lies beside it is not thrown away unless it is a
    /// founding's.
    Optional<Left> begin() {
        Optional<Left> left = requireFree();
        try {
            clear();
            Files.createDirectories(made.records());
            return left;
        } catch (IOException e) {
            throw Problem.of("app.founding.not_made", wanted.home()).causedBy(e);
        }
    }

    /// Changes nothing.
    Optional<Left> requireFree() {
        if (wanted.exists()) {
            throw Problem.of(wanted.isLive() ? "app.founding.exists" : "app.site.is_rehearsal", wanted.home())
                    .asException();
        }
        requireEmpty(wanted.home());
        Optional<Left> left = left();
        if (left.isEmpty()) {
            requireEmpty(made.home());
        }
        return left;
    }

    private static void requireEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw Problem.of("app.founding.in_use", folder).asException();
            }
        } catch (IOException e) {
            throw Problem.of("app.founding.in_use", folder).causedBy(e);
        }
    }

    private Optional<Left> left() {
        try {
            Path note = made.home().resolve(NOTE);
            if (!Files.exists(note)) {
                return Optional.empty();
            }
            Json.Obj json = Json.parseObject(Files.readAllBytes(note));
            return Optional.of(new Left(UUID.fromString(json.string("ledger")), json.string("serial")));
        } catch (IOException | JsonException e) {
            throw Problem.of("app.founding.in_use", made.home()).causedBy(e);
        }
    }

    /// Before the first key of this founding is made.
    void note(UUID ledger, String serial) {
        Json.Obj note = Json.obj()
                .put("note", "A founding makes a site here. If none runs, it broke off: see docs/founding.md.")
                .put("ledger", ledger.toString())
                .put("serial", serial)
                .build();
        write(made.home().resolve(NOTE), note.pretty().getBytes(StandardCharsets.UTF_8));
    }

    void write(Path file, byte[] bytes) {
        try {
            Files.write(
                    file,
                    bytes,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw Problem.of("app.founding.not_made", wanted.home()).causedBy(e);
        }
    }

    /// The site is whole: it appears where it was wanted, in one step.
    void finish() {
        try {
            sync(made.home());
            Files.deleteIfExists(wanted.home());
            Files.move(made.home(), wanted.home(), StandardCopyOption.ATOMIC_MOVE);
            sync(wanted.home().toAbsolutePath().resolve("..").normalize());
            Files.deleteIfExists(wanted.home().resolve(NOTE));
        } catch (IOException e) {
            throw Problem.of("app.founding.not_made", wanted.home()).causedBy(e);
        }
    }

    /// Leaves nothing but the note, and not even a folder where there is none.
    void breakOff() {
        try {
            Path note = made.home().resolve(NOTE);
            if (Files.exists(note)) {
                byte[] kept = Files.readAllBytes(note);
                clear();
                Files.createDirectories(made.home());
                write(note, kept);
            } else {
                clear();
            }
        } catch (IOException e) {
            throw Problem.of("app.founding.not_made", wanted.home()).causedBy(e);
        }
    }

    private void clear() throws IOException {
        Trees.delete(made.home());
    }

    private static void sync(Path folder) throws IOException {
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
