package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Finding;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// A copy of a ledger on another disk: SQLite writes it, it is verified there, and only then does it get its name.
final class WholeCopy {
    private WholeCopy() {}

    /// Has SQLite write a whole, consistent copy to a file that does not exist yet.
    @FunctionalInterface
    interface Writer {
        void into(Path unfinished) throws SQLException;
    }

    /// @return what verifying the copy showed
    /// @throws org.quorate.base.ProblemException when it cannot be written, or is not sound; there is no copy then
    static Verification write(Path target, Writer writer) {
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(unfinished);
            writer.into(unfinished);
            Verification copied = verify(unfinished);
            Optional<Finding> error = copied.firstError();
            if (error.isPresent()) {
                Files.delete(unfinished);
                throw SqlProblems.notSound(target, error.get()).asException();
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            FileGuard.syncDirectory(OpenFile.directoryOf(target));
            return copied;
        } catch (IOException e) {
            throw Problem.of("ledger.copy", target).causedBy(e);
        } catch (SQLException e) {
            throw Problem.of("ledger.copy", target).causedBy(e);
        }
    }

    /// Judges the copy in place, once it is on the disk.
    private static Verification verify(Path copy) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        var verifier = new LedgerVerifier(Expectations.NONE);
        Optional<Finding> wrong = FileHeader.check(copy);
        if (wrong.isPresent()) {
            verifier.ofFile(wrong.get());
            return verifier.finish();
        }
        try (LedgerDatabase database = LedgerDatabase.openImmutable(copy)) {
            database.verify(verifier, Runnable::run, VerifyProgress.NONE);
        } catch (SQLException e) {
            verifier.damaged(String.valueOf(e.getMessage()));
        }
        return verifier.finish();
    }
}
