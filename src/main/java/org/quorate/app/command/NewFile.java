package org.quorate.app.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.quorate.base.Problem;

/// What `-o` names: written where there was nothing, and never over another file.
final class NewFile {
    private NewFile() {}

    /// Said before the work is done, where it would be in vain.
    static void requireNone(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.of("app.print.exists", file).asException();
        }
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw Problem.of("app.print.exists", file).causedBy(e);
        } catch (IOException e) {
            throw Problem.of("app.print.not_written", file).causedBy(e);
        }
    }
}
