package org.quorate.app.site;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files that people write in the window: there whole or not at all, on the disk when a call returns, and never a link,
/// behind which something else could be overwritten.
public final class OwnFiles {
    private OwnFiles() {}

    public static boolean isThere(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /// Whether anything has this name, a link to nowhere too.
    public static boolean isTaken(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /// In place of what is there. Where it fails, that stands.
    public static void replace(Path file, byte[] bytes) throws IOException {
        Path folder = folder(file);
        EvidenceFolder.write(file, bytes);
        sync(folder);
    }

    /// @throws java.nio.file.FileAlreadyExistsException where the name is taken
    public static void create(Path file, byte[] bytes) throws IOException {
        Path folder = folder(file);
        Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            EvidenceFolder.write(file, bytes);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        sync(folder);
    }

    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            sync(folder(file));
        }
    }

    private static Path folder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("").normalize();
        Files.createDirectories(folder);
        return folder;
    }

    /// A name is on the disk when its folder is.
    private static void sync(Path folder) throws IOException {
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
