package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Finding;
import org.quorate.ledger.Head;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// A ledger file in our hands: the lock beside it, the connection to it, the watch over its path, and the ballast.
final class OpenFile implements AutoCloseable {
    private final Path path;
    private final LedgerLock lock;
    private final LedgerDatabase database;
    private final FileGuard guard;
    private final Ballast ballast;

    private OpenFile(Path path, LedgerLock lock, LedgerDatabase database, FileGuard guard) {
        this.path = path;
        this.lock = lock;
        this.database = database;
        this.guard = guard;
        this.ballast = new Ballast(path);
    }

    /// @throws org.quorate.base.ProblemException when the file is missing, held, read-only or no ledger
    static OpenFile open(Path given, String holder) {
        Path path = given.toAbsolutePath();
        if (!Files.isRegularFile(path)) {
            throw Problem.of("ledger.missing", path).asException();
        }
        LedgerLock lock = lock(path, holder);
        try {
            Optional<Finding> header = FileHeader.check(path);
            if (header.isPresent()) {
                throw notALedger(path, header.get()).asException();
            }
            makeDurable(path);
            var before = new FileGuard(path);
            var file = new OpenFile(path, lock, LedgerDatabase.openExclusive(path), before);
            file.begin();
            return file;
        } catch (SQLException e) {
            lock.close();
            throw SqlProblems.opening(e);
        } catch (IOException e) {
            lock.close();
            throw SqlProblems.opening(e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// A console that was killed may have left writes that only the memory of the system holds; a power cut
    /// would take its last entry. What is read from here on is shown as recorded, so it is brought to the disk
    /// first. So is the name of the journal, since SQLite goes on where it cannot be.
    private static void makeDurable(Path path) throws IOException {
        force(path, StandardOpenOption.WRITE);
        force(
                path.resolveSibling(path.getFileName() + "-journal"),
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE);
        FileGuard.syncDirectory(directoryOf(path));
    }

    private static void force(Path file, StandardOpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            channel.force(true);
        }
    }

    /// From here on every change of the file is ours.
    private void begin() throws IOException {
        try {
            guard.samePath();
            guard.committed();
            ballast.place();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    static LedgerLock lock(Path path, String holder) {
        try {
            return LedgerLock.acquire(path, holder);
        } catch (IOException e) {
            throw SqlProblems.opening(e);
        } catch (ReadOnlyFileSystemException e) {
            throw SqlProblems.opening(e);
        }
    }

    private static Problem notALedger(Path path, Finding finding) {
        return Problem.of("ledger.not_a_ledger", path, finding.rule().sentence())
                .withTechnical(finding.toJson().text());
    }

    static Path directoryOf(Path path) {
        return Optional.ofNullable(path.toAbsolutePath().getParent()).orElseThrow();
    }

    Verification verify(LedgerVerifier verifier, Executor judging, VerifyProgress progress) {
        try {
            database.verify(verifier, judging, progress);
        } catch (SQLException e) {
            verifier.damaged(String.valueOf(e.getMessage()));
        }
        return verifier.finish();
    }

    /// Makes the entries durable, after making sure that the file still ends where we left it.
    ///
    /// @throws org.quorate.base.ProblemException when it does not, or when it is not known whether they were kept
    void commit(Head head, List<byte[]> artefacts, List<Entry> entries) {
        try {
            guard.samePath();
            guard.untouched();
            LedgerDatabase.Row last = database.lastRow().orElseThrow(this::changed);
            boolean same = last.seq() == head.size() - 1
                    && Arrays.equals(last.leaf(), head.leaf().bytes());
            if (!same) {
                throw changed();
            }
            database.append(artefacts, entries);
            guard.samePath();
            guard.committed();
        } catch (SQLException e) {
            if (SqlProblems.isFull(e)) {
                ballast.drop();
            }
            throw Problem.of("ledger.unknown", path).causedBy(e);
        } catch (IOException e) {
            throw Problem.of("ledger.unknown", path).causedBy(e);
        }
    }

    private RuntimeException changed() {
        return Problem.of("ledger.changed", path).asException();
    }

    List<byte[]> bodies(long from, long to) {
        try {
            return database.bodies(from, to);
        } catch (SQLException e) {
            throw Problem.of("ledger.unreadable").causedBy(e);
        }
    }

    Optional<byte[]> artefact(Digest hash) {
        try {
            Optional<byte[]> bytes = database.artefact(hash);
            if (bytes.isPresent() && !Digest.of(bytes.get()).equals(hash)) {
                throw changed();
            }
            return bytes;
        } catch (SQLException e) {
            throw Problem.of("ledger.unreadable").causedBy(e);
        }
    }

    void copyInto(Path target) {
        try {
            database.copyInto(target);
        } catch (SQLException e) {
            throw Problem.of("ledger.copy", target).causedBy(e);
        }
    }

    /// Asks the file system and not the table of mounts, which in a container or a changed root may not list it.
    long freeBytes() {
        if (!Files.exists(path)) {
            throw Problem.of("ledger.moved", path).asException();
        }
        return path.toFile().getUsableSpace();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            // What is durable is so already, and what is not is found at the next opening.
            System.getLogger(OpenFile.class.getName())
                    .log(System.Logger.Level.WARNING, "the ledger was not closed cleanly", e);
        } finally {
            lock.close();
        }
    }
}
