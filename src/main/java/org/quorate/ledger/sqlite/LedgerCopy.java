package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Finding;
import org.quorate.ledger.Growth;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Rule;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// A ledger to be read, and by whom it was written does not matter: nothing is written to the file, and SQLite sees a
/// copy only, with the journal of an unfinished transaction if there is one. The copy is verified whole before anything
/// is read from it, and deleted at the end.
///
/// A ledger that another console has open can be read too. SQLite would not let us, so the copy counts only if the file
/// did not change while it was made.
public final class LedgerCopy implements AutoCloseable {
    /// How a journal ends that names a further file, which SQLite would look for and delete.
    private static final byte[] SUPER_JOURNAL = HexFormat.of().parseHex("d9d505f920a163d7");

    /// How many rows are read at once.
    public static final int PAGE = 1000;

    private static final int TRIES = 40;
    private static final int MILLIS_BETWEEN = 25;

    private final Path folder;
    private final Optional<LedgerDatabase> database;
    private final Verification verification;
    private final Optional<Growth> sound;

    private LedgerCopy(
            Path folder, Optional<LedgerDatabase> database, Verification verification, Optional<Growth> sound) {
        this.folder = folder;
        this.database = database;
        this.verification = verification;
        this.sound = sound;
    }

    /// @param work a folder for the copy
    /// @param judging where rows are judged while further ones are read
    /// @throws org.quorate.base.ProblemException when there is no ledger, or no copy can be made
    public static LedgerCopy of(
            Path ledger, Path work, Expectations expectations, Executor judging, VerifyProgress progress) {
        try {
            unfit(ledger).ifPresent(finding -> {
                throw (finding.rule() == Rule.FILE_MISSING
                                ? Problem.of("ledger.missing", ledger)
                                : Problem.of(
                                        "ledger.not_a_ledger",
                                        ledger,
                                        finding.rule().sentence()))
                        .withTechnical(finding.toJson().text())
                        .asException();
            });
            if (LedgerLock.isHeldHere(ledger)) {
                throw Problem.of("ledger.locked", ledger, "this console").asException();
            }
            Path folder = Files.createTempDirectory(work, "quorate-ledger-");
            try {
                Path copy = folder.resolve("ledger.db");
                copySteadily(ledger, copy);
                return open(folder, copy, new LedgerVerifier(expectations), judging, progress);
            } catch (IOException | RuntimeException e) {
                delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw Problem.of("ledger.copy", work).causedBy(e);
        }
    }

    /// What forbids to have a copy judged at all.
    static Optional<Finding> unfit(Path ledger) throws IOException {
        Optional<Finding> header = FileHeader.check(ledger);
        if (header.isPresent()) {
            return header;
        }
        return namesSuperJournal(journalOf(ledger))
                ? Optional.of(Finding.ofFile(Rule.FILE_JOURNAL, "a journal of this file alone", "another file's name"))
                : Optional.empty();
    }

    static Path journalOf(Path ledger) {
        return ledger.resolveSibling(ledger.getFileName() + "-journal");
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

    private static void copySteadily(Path ledger, Path copy) throws IOException {
        Path journal = journalOf(ledger);
        Path copiedJournal = journalOf(copy);
        for (int tries = 0; tries < TRIES; tries++) {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(copiedJournal);
            List<String> before = List.of(marks(ledger), marks(journal));
            Files.copy(ledger, copy);
            if (Files.exists(journal)) {
                Files.copy(journal, copiedJournal);
            }
            List<String> after = List.of(marks(ledger), marks(journal));
            boolean amidst = LedgerLock.isHeld(ledger) && Files.exists(copiedJournal) && Files.size(copiedJournal) > 0;
            if (before.equals(after) && !amidst) {
                return;
            }
            pause();
        }
        throw Problem.of("ledger.unsteady", ledger).asException();
    }

    /// What changes when somebody writes to the file.
    private static String marks(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.fileKey() + " " + now.size() + " " + now.lastModifiedTime();
        } catch (NoSuchFileException e) {
            return "none";
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static LedgerCopy open(
            Path folder, Path copy, LedgerVerifier verifier, Executor judging, VerifyProgress progress)
            throws IOException {
        try (LedgerDatabase rollback = LedgerDatabase.openForRollback(copy)) {
            rollback.touch();
        } catch (SQLException e) {
            verifier.damaged(String.valueOf(e.getMessage()));
            return new LedgerCopy(folder, Optional.empty(), verifier.finish(), Optional.empty());
        }
        Optional<LedgerDatabase> database = Optional.empty();
        try {
            database = Optional.of(LedgerDatabase.openImmutable(copy));
            database.get().verify(verifier, judging, progress);
        } catch (SQLException e) {
            verifier.damaged(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            database.ifPresent(LedgerCopy::close);
            throw e;
        }
        Verification verification = verifier.finish();
        return new LedgerCopy(
                folder,
                database,
                verification,
                verification.sound() ? Optional.of(verifier.growth(verification)) : Optional.empty());
    }

    /// What verifying it showed.
    public Verification verification() {
        return verification;
    }

    /// What was learnt of a ledger that is sound; nothing else may be proved from.
    public Optional<Growth> sound() {
        return sound;
    }

    /// At most a page of rows from `from` on, in order; none from a file whose schema is another, and as many as can be
    /// read from one that is damaged.
    public List<LedgerRow> rows(long from) {
        boolean legible = verification.errors().stream().noneMatch(error -> error.rule() == Rule.FILE_SCHEMA);
        var rows = new ArrayList<LedgerRow>();
        if (legible && database.isPresent()) {
            try {
                database.get().eachRow(from, PAGE, row -> rows.add(new LedgerRow(row.seq(), row.leaf(), row.body())));
            } catch (SQLException e) {
                // The verification says so already; what could be read is shown.
                System.getLogger(LedgerCopy.class.getName())
                        .log(System.Logger.Level.DEBUG, "the ledger cannot be read to its end", e);
            }
        }
        return rows;
    }

    public Optional<byte[]> artefact(Digest hash) {
        try {
            return database.isPresent() ? database.get().artefact(hash) : Optional.empty();
        } catch (SQLException e) {
            throw Problem.of("ledger.unreadable").causedBy(e);
        }
    }

    /// Writes a ledger file that stands by itself, on the disk when this returns, and verifies it there. What lies at
    /// `target` is replaced, at once or not at all.
    ///
    /// @return what verifying it showed, which is soundness
    public Verification copyTo(Path target) {
        LedgerDatabase from =
                database.orElseThrow(() -> Problem.of("ledger.unreadable").asException());
        return WholeCopy.write(target, unfinished -> from.copyInto(unfinished));
    }

    @Override
    public void close() {
        database.ifPresent(LedgerCopy::close);
        delete(folder);
    }

    private static void close(LedgerDatabase database) {
        try {
            database.close();
        } catch (SQLException e) {
            warn("the copy of the ledger was not closed cleanly", e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            warn("the copy of the ledger could not be deleted", e);
        }
    }

    private static void warn(String what, Exception e) {
        System.getLogger(LedgerCopy.class.getName()).log(System.Logger.Level.WARNING, what, e);
    }
}
