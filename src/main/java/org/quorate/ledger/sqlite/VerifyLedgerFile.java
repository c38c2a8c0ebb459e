package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Finding;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Rule;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// Judges a ledger file that may come from anyone. The file is never written to and SQLite never sees it: a copy is
/// made, with the journal of an unfinished transaction if there is one, and SQLite is let at that.
///
/// Meant for a process of its own, since the bytes may be made to harm a reader.
public final class VerifyLedgerFile {
    /// How a journal ends that names a further file, which SQLite would look for and delete.
    private static final byte[] SUPER_JOURNAL = HexFormat.of().parseHex("d9d505f920a163d7");

    private VerifyLedgerFile() {}

    /// @param work a folder for the copy, which is deleted again
    /// @throws org.quorate.base.ProblemException when no copy can be made
    public static Verification verify(Path ledger, Path work, Expectations expectations, VerifyProgress progress) {
        var verifier = new LedgerVerifier(expectations);
        try {
            Optional<Finding> wrong = unfit(ledger);
            if (wrong.isPresent()) {
                return of(wrong.get());
            }
            Path folder = Files.createTempDirectory(work, "verify-");
            Path copy = folder.resolve("ledger.db");
            Path copiedJournal = folder.resolve("ledger.db-journal");
            try {
                Files.copy(ledger, copy);
                if (Files.exists(journalOf(ledger))) {
                    Files.copy(journalOf(ledger), copiedJournal);
                }
                return verifyCopy(copy, verifier, progress);
            } finally {
                Files.deleteIfExists(copiedJournal);
                Files.deleteIfExists(copy);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw Problem.of("ledger.copy", work).causedBy(e);
        }
    }

    /// Judges a copy that this console has just written, in place.
    static Verification ofOwnCopy(Path copy) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Optional<Finding> wrong = FileHeader.check(copy);
        return wrong.isPresent()
                ? of(wrong.get())
                : read(copy, new LedgerVerifier(Expectations.NONE), VerifyProgress.NONE);
    }

    private static Path journalOf(Path ledger) {
        return ledger.resolveSibling(ledger.getFileName() + "-journal");
    }

    private static Verification of(Finding finding) {
        var verifier = new LedgerVerifier(Expectations.NONE);
        verifier.ofFile(finding);
        return verifier.finish();
    }

    private static Optional<Finding> unfit(Path ledger) throws IOException {
        if (Files.isRegularFile(ledger) && LedgerLock.isHeld(ledger)) {
            return Optional.of(Finding.ofFile(Rule.FILE_IN_USE, "a closed ledger", "a console has it open"));
        }
        Optional<Finding> header = FileHeader.check(ledger);
        if (header.isPresent()) {
            return header;
        }
        return namesSuperJournal(journalOf(ledger))
                ? Optional.of(Finding.ofFile(Rule.FILE_JOURNAL, "a journal of this file alone", "another file's name"))
                : Optional.empty();
    }

    private static boolean namesSuperJournal(Path journal) throws IOException {
        if (!Files.exists(journal) || Files.size(journal) < SUPER_JOURNAL.length) {
            return false;
        }
        byte[] end = new byte[SUPER_JOURNAL.length];
        try (var file = new RandomAccessFile(journal.toFile(), "r")) {
            file.seek(file.length() - end.length);
            file.readFully(end);
        }
        return Arrays.equals(end, SUPER_JOURNAL);
    }

    private static Verification verifyCopy(Path copy, LedgerVerifier verifier, VerifyProgress progress) {
        try (LedgerDatabase database = LedgerDatabase.openForRollback(copy)) {
            database.touch();
        } catch (SQLException e) {
            verifier.damaged(String.valueOf(e.getMessage()));
            return verifier.finish();
        }
        return read(copy, verifier, progress);
    }

    private static Verification read(Path file, LedgerVerifier verifier, VerifyProgress progress) {
        try (LedgerDatabase database = LedgerDatabase.openImmutable(file)) {
            database.verify(verifier, Runnable::run, progress);
        } catch (SQLException e) {
            verifier.damaged(String.valueOf(e.getMessage()));
        }
        return verifier.finish();
    }
}
