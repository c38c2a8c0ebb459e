package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.quorate.base.Problem;

/// Watches the path of an open ledger. SQLite goes on writing to a file that was deleted, renamed or replaced,
/// and keeps to its cache when another program writes into the file; neither must go unseen.
///
/// It asks for attributes only and never opens the file: closing it would drop SQLite's locks.
final class FileGuard {
    private final Path path;
    private final Object key;
    private long size;
    private FileTime modified;

    FileGuard(Path path) throws IOException {
        this.path = path;
        BasicFileAttributes now = attributes();
        this.key = Objects.requireNonNullElse(now.fileKey(), path);
        this.size = now.size();
        this.modified = now.lastModifiedTime();
    }

    /// @throws org.quorate.base.ProblemException when the path is no longer the file that was opened
    void samePath() throws IOException {
        if (!Files.exists(path)
                || !key.equals(Objects.requireNonNullElse(attributes().fileKey(), path))) {
            throw Problem.of("ledger.moved", path).asException();
        }
    }

    /// @throws org.quorate.base.ProblemException when someone else wrote to the file since the last commit
    void untouched() throws IOException {
        BasicFileAttributes now = attributes();
        if (now.size() != size || !now.lastModifiedTime().equals(modified)) {
            throw Problem.of("ledger.changed", path).asException();
        }
    }

    /// Takes the file as it is after our own commit.
    void committed() throws IOException {
        BasicFileAttributes now = attributes();
        size = now.size();
        modified = now.lastModifiedTime();
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    /// Makes a file's name durable. SQLite ignores it when this fails for its journal, so it is done here.
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
