package org.quorate.app.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.LedgerCopy;
import org.quorate.ledger.sqlite.VerifyLedgerFile;

/// Which ledger is to be read, and what is known of it from elsewhere.
///
/// @param trust what was told when the site was founded
public record LedgerPlace(Path file, Optional<TrustFile> trust) {

    /// The ledger of a site, with the trust file that lies beside it.
    public static LedgerPlace of(SiteFolder folder) {
        Optional<TrustFile> trust =
                Files.isRegularFile(folder.trust()) ? Optional.of(folder.readTrust()) : Optional.empty();
        return new LedgerPlace(folder.ledger(), trust);
    }

    public static LedgerPlace of(Path file) {
        return new LedgerPlace(file, Optional.empty());
    }

    /// A verified copy to read from, whether a console has the ledger open or not.
    public LedgerCopy read() {
        return read(VerifyProgress.NONE);
    }

    public LedgerCopy read(VerifyProgress progress) {
        return LedgerCopy.of(file, work(), expectations(), ForkJoinPool.commonPool(), progress);
    }

    static LedgerCopy read(Path file, Expectations expectations) {
        return LedgerCopy.of(file, work(), expectations, ForkJoinPool.commonPool(), VerifyProgress.NONE);
    }

    /// What stands in the way of reading it at all is a finding too, and no problem.
    public Verification verify() {
        return VerifyLedgerFile.verify(file, work(), expectations(), VerifyProgress.NONE);
    }

    private Expectations expectations() {
        return new Expectations(List.of(), trust);
    }

    private static Path work() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
