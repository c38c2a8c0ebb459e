package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.ledger.Finding;
import org.sqlite.SQLiteException;

/// What SQLite, the file system and a verification report, as people can act on it.
final class SqlProblems {
    private SqlProblems() {}

    /// While opening or founding nothing has been promised, so the cause is all there is to say.
    static ProblemException opening(SQLException e) {
        return switch (primaryCode(e)) {
            case "SQLITE_BUSY", "SQLITE_LOCKED" -> Problem.of("ledger.busy").causedBy(e);
            case "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM" ->
                Problem.of("ledger.read_only").causedBy(e);
            case "SQLITE_FULL" -> Problem.of("ledger.full").causedBy(e);
            default -> Problem.of("ledger.unreadable").causedBy(e);
        };
    }

    static ProblemException opening(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof AccessDeniedException || message.contains("read-only")) {
            return Problem.of("ledger.read_only").causedBy(e);
        }
        return Problem.of(message.contains("no space") ? "ledger.full" : "ledger.unreadable")
                .causedBy(e);
    }

    static ProblemException opening(ReadOnlyFileSystemException e) {
        return Problem.of("ledger.read_only").causedBy(e);
    }

    static Problem notSound(Path path, Finding error) {
        String where = error.seq().isPresent()
                ? Texts.get("ledger.at.entry", error.seq().getAsLong())
                : Texts.get("ledger.at.file");
        return Problem.of("ledger.not_sound", path, where, error.rule().sentence())
                .withTechnical(error.toJson().text());
    }

    static boolean isFull(SQLException e) {
        return primaryCode(e).equals("SQLITE_FULL");
    }

    /// `SQLITE_IOERR_WRITE` and its like are told by their first two words.
    private static String primaryCode(SQLException e) {
        return Optional.of(e)
                .filter(SQLiteException.class::isInstance)
                .map(SQLiteException.class::cast)
                .map(s -> s.getResultCode().name())
                .map(name -> name.split("_", -1))
                .map(words -> words[0] + (words.length > 1 ? "_" + words[1] : ""))
                .orElse("");
    }
}
