package org.quorate.app.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.quorate.app.site.LedgerLines;
import org.quorate.app.site.LedgerPlace;
import org.quorate.app.site.LedgerReader;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.ledger.Finding;
import org.quorate.ledger.LedgerComparison;
import org.quorate.ledger.LedgerComparison.Source;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.LedgerCopy;
import org.quorate.ui.backstage.FailedLedger;

/// A ledger that failed its check, as a verified copy. Where not even a copy can be read, as of a file that is no
/// database any more, there are no rows, and the mirror is judged all the same.
final class ReadOnlyLedger implements FailedLedger, AutoCloseable {
    /// What says that the file itself is at fault, and not that it is missing, in use or on a full disk.
    private static final Set<String> REASONS = Set.of("ledger.not_sound", "ledger.not_a_ledger", "ledger.unreadable");

    private final LedgerPlace place;
    private final Optional<LedgerCopy> copy;
    private final Verification verification;
    private final LedgerLines words = new LedgerLines();

    /// The number of the first row of each page.
    private final List<Long> starts = new ArrayList<>();

    private int rows;
    private Optional<Place> firstBad = Optional.empty();

    private ReadOnlyLedger(LedgerPlace place, Optional<LedgerCopy> copy, Verification verification) {
        this.place = place;
        this.copy = copy;
        this.verification = verification;
    }

    /// Whether a look at the ledger can tell more than this problem.
    static boolean explains(Problem problem) {
        return REASONS.contains(problem.id());
    }

    static ReadOnlyLedger open(LedgerPlace place, VerifyProgress progress) {
        try {
            LedgerCopy copy = place.read(progress);
            var ledger = new ReadOnlyLedger(place, Optional.of(copy), copy.verification());
            ledger.walk(copy);
            return ledger;
        } catch (ProblemException e) {
            if (e.problem().id().equals("ledger.not_a_ledger")) {
                return new ReadOnlyLedger(place, Optional.empty(), place.verify());
            }
            throw e;
        }
    }

    /// Counts the rows, finds the first bad one, and learns the names that later rows are told with.
    private void walk(LedgerCopy from) {
        OptionalLong bad = verification.firstError().map(Finding::seq).orElse(OptionalLong.empty());
        new LedgerReader(from).each(row -> {
            if (rows % PAGE == 0) {
                starts.add(row.seq());
            }
            Line line = line(row);
            if (firstBad.isEmpty() && bad.isPresent() && row.seq() >= bad.getAsLong()) {
                firstBad = Optional.of(new Place(rows, line));
            }
            rows++;
        });
    }

    private Line line(LedgerRow row) {
        LedgerLines.Line line = words.line(row);
        return new Line(row, line.entry(), line.words());
    }

    @Override
    public Path file() {
        return place.file();
    }

    @Override
    public Verification verification() {
        return verification;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public Optional<Place> firstBad() {
        return firstBad;
    }

    @Override
    public synchronized List<Line> page(int page) {
        return rowsFrom(starts.get(page)).stream().limit(PAGE).map(this::line).toList();
    }

    private synchronized List<LedgerRow> rowsFrom(long seq) {
        return copy.map(open -> open.rows(seq)).orElse(List.of());
    }

    @Override
    public LedgerComparison compare(Path given, VerifyProgress progress) {
        Path mirror = Files.isDirectory(given) ? given.resolve(file().getFileName()) : given;
        requireOther(mirror);
        try (LedgerCopy other = new LedgerPlace(mirror, place.trust()).read(progress)) {
            return LedgerComparison.of(
                    new Source(verification, this::rowsFrom), new Source(other.verification(), other::rows));
        }
    }

    private void requireOther(Path mirror) {
        try {
            if (Files.exists(mirror) && Files.isSameFile(mirror, file())) {
                throw Problem.of("app.mirror_itself", mirror).asException();
            }
        } catch (IOException e) {
            throw Problem.of("ledger.missing", mirror).causedBy(e);
        }
    }

    @Override
    public synchronized void close() {
        copy.ifPresent(LedgerCopy::close);
    }
}
