package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.quorate.base.Problem;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Finding;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Rule;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// Judges a ledger file that may come from anyone, on a [LedgerCopy] of it. What is no ledger at all is a finding too.
///
/// Meant for a process of its own, since the bytes may be made to harm a reader.
public final class VerifyLedgerFile {
    private VerifyLedgerFile() {}

    /// @param work a folder for the copy, which is deleted again
    /// @throws org.quorate.base.ProblemException when no copy can be made
    public static Verification verify(Path ledger, Path work, Expectations expectations, VerifyProgress progress) {
        return verify(ledger, work, expectations, Runnable::run, progress);
    }

    /// @param judging where rows are judged while further ones are read
    public static Verification verify(
            Path ledger, Path work, Expectations expectations, Executor judging, VerifyProgress progress) {
        try {
            Optional<Finding> wrong = unfit(ledger);
            if (wrong.isPresent()) {
                var verifier = new LedgerVerifier(Expectations.NONE);
                verifier.ofFile(wrong.get());
                return verifier.finish();
            }
        } catch (IOException e) {
            throw Problem.of("ledger.copy", work).causedBy(e);
        }
        try (LedgerCopy copy = LedgerCopy.of(ledger, work, expectations, judging, progress)) {
            return copy.verification();
        }
    }

    private static Optional<Finding> unfit(Path ledger) throws IOException {
        return Files.isRegularFile(ledger) && LedgerLock.isHeld(ledger)
                ? Optional.of(Finding.ofFile(Rule.FILE_IN_USE, "a closed ledger", "a console has it open"))
                : LedgerCopy.unfit(ledger);
    }
}
