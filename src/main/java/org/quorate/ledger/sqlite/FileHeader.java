package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.quorate.ledger.Finding;
import org.quorate.ledger.Rule;

/// The first hundred bytes of a SQLite file (its file format, section 1.3), read before SQLite is let at it.
///
/// Never called on a file that this process has open in SQLite: closing a file drops the locks that the process holds
/// on it.
final class FileHeader {
    static final int APPLICATION_ID = 1_366_650_738;
    static final int USER_VERSION = 1;
    static final int PAGE_SIZE = 4096;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 100;
    private static final int WRITE_VERSION = 18;
    private static final int READ_VERSION = 19;
    private static final int ROLLBACK_JOURNAL = 1;
    private static final int UTF_8 = 1;

    private FileHeader() {}

    /// The finding, if this is not the header of a ledger in rollback-journal mode.
    static Optional<Finding> check(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return found(Rule.FILE_MISSING, "a file", "none");
        }
        ByteBuffer header = ByteBuffer.allocate(LENGTH);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // until the header is full or the file ends
            }
        }
        if (header.hasRemaining() || !header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            return found(Rule.FILE_NOT_A_LEDGER, "a SQLite database", "another file");
        }
        if (header.get(WRITE_VERSION) != ROLLBACK_JOURNAL || header.get(READ_VERSION) != ROLLBACK_JOURNAL) {
            return found(Rule.FILE_WAL, "a rollback journal", "a write-ahead log");
        }
        return differs("application_id", APPLICATION_ID, header.getInt(68))
                .or(() -> differs("user_version", USER_VERSION, header.getInt(60)))
                .or(() -> differs("page_size", PAGE_SIZE, header.getChar(16)))
                .or(() -> differs("encoding", UTF_8, header.getInt(56)));
    }

    private static Optional<Finding> differs(String name, int expected, int found) {
        return expected == found
                ? Optional.empty()
                : found(Rule.FILE_VERSION, name + " " + expected, String.valueOf(found));
    }

    private static Optional<Finding> found(Rule rule, String expected, String found) {
        return Optional.of(Finding.ofFile(rule, expected, found));
    }
}
