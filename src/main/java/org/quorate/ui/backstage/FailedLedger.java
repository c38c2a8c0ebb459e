package org.quorate.ui.backstage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.ledger.Entry;
import org.quorate.ledger.LedgerComparison;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// A ledger that failed its check, open to be read and compared. Nothing here can write.
public interface FailedLedger {
    /// How many rows a page of it has; the last one has fewer.
    int PAGE = 1000;

    Path file();

    /// What is wrong with it; never sound.
    Verification verification();

    /// How many rows can be read.
    int rows();

    /// The row of the first bad entry or, where its number is missing, the one after the gap; empty where nothing can
    /// be read there.
    Optional<Place> firstBad();

    /// The rows from `PAGE * page` on. Reads the file: not for the window's thread.
    List<Line> page(int page);

    /// Reads both as copies, each verified whole; neither is changed. Not for the window's thread.
    ///
    /// @param mirror a file, or the folder that the mirror lies in
    /// @throws org.quorate.base.ProblemException when the mirror cannot be read
    /// @throws java.util.concurrent.CancellationException when `progress` throws it
    LedgerComparison compare(Path mirror, VerifyProgress progress);

    /// @param index where it stands among the rows that can be read
    record Place(int index, Line line) {}

    /// A row in words.
    ///
    /// @param entry empty where the body is not an entry
    record Line(LedgerRow row, Optional<Entry> entry, String words) {}
}
