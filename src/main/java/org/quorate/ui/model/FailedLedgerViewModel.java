package org.quorate.ui.model;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.ceremony.Exhibit;
import org.quorate.ledger.Finding;
import org.quorate.ledger.LedgerComparison;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ui.backstage.FailedLedger;
import org.quorate.ui.backstage.FailedLedger.Line;
import org.quorate.ui.text.Counts;

/// A ledger that failed its check: what is wrong with it, its entries, and how it stands to its mirror. It is read and
/// compared, and nothing else can be done here.
public final class FailedLedgerViewModel {

    /// What is on the page.
    public sealed interface Page {
        record Verdict() implements Page {}

        record Entries() implements Page {}

        record Entry(String title, String text) implements Page {}

        /// @param problem why the last mirror could not be compared
        record Mirror(Optional<Problem> problem) implements Page {}

        /// @param progress 0 to 1, or below 0 while nobody knows
        record Comparing(double progress, String words) implements Page {}

        record Stopping() implements Page {}

        record Compared(ComparedWords words) implements Page {}
    }

    private static final Page.Comparing BEGINNING = new Page.Comparing(-1, Texts.get("ui.mirror.begins"));

    private final FailedLedger ledger;
    private final Hands hands;
    private final Finding error;
    private final EntryPages entries;
    private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>(new Page.Verdict());
    private int selected;
    private String mirror = "";
    private AtomicBoolean stopped = new AtomicBoolean();

    public FailedLedgerViewModel(FailedLedger ledger, Hands hands) {
        this.ledger = ledger;
        this.hands = hands;
        this.error = ledger.verification().firstError().orElseThrow();
        this.entries = new EntryPages(ledger, hands);
        this.selected = firstBad().orElse(0);
    }

    public ReadOnlyObjectProperty<Page> pageProperty() {
        return page.getReadOnlyProperty();
    }

    public String title() {
        return FailureWords.title(error);
    }

    public List<Exhibit> exhibits() {
        return FailureWords.exhibits(ledger, error);
    }

    // The entries.

    public EntryPages entries() {
        return entries;
    }

    /// Where the first bad entry stands in the list; empty where no row can be read there.
    public Optional<Integer> firstBad() {
        return ledger.firstBad().map(FailedLedger.Place::index);
    }

    public void look() {
        page.set(new Page.Entries());
    }

    /// The entry that people were at when they left the list; at first the bad one.
    public int selected() {
        return selected;
    }

    public void select(int index) {
        selected = index;
    }

    /// Shows one entry whole, once it has been read.
    public void show(int index) {
        select(index);
        if (index >= 0 && index < entries.size()) {
            entries.get(index).line().ifPresent(this::show);
        }
    }

    private void show(Line line) {
        page.set(new Page.Entry(
                Texts.get("ledger.at.entry", line.row().seq()), FailureWords.details(line, ledger.verification())));
    }

    // The mirror.

    public void chooseMirror() {
        page.set(new Page.Mirror(Optional.empty()));
    }

    /// What was entered last.
    public String mirror() {
        return mirror;
    }

    /// Why a mirror cannot be looked for at `text`.
    public Optional<String> wrongMirror(String text) {
        return text.isBlank() ? Optional.of(Texts.get("ui.mirror.missing")) : Optional.empty();
    }

    public void compare(String text) {
        mirror = text.strip();
        Path file;
        try {
            file = Path.of(mirror).toAbsolutePath();
        } catch (InvalidPathException e) {
            page.set(new Page.Mirror(Optional.of(Problem.of("ledger.missing", mirror))));
            return;
        }
        page.set(BEGINNING);
        stopped = new AtomicBoolean();
        var progress = new Listening(stopped);
        hands.background().execute(() -> compare(file, progress));
    }

    private void compare(Path file, Listening progress) {
        try {
            LedgerComparison comparison = ledger.compare(file, progress);
            ComparedWords words = ComparedWords.of(file, comparison);
            progress.end(new Page.Compared(words));
        } catch (CancellationException e) {
            progress.end(new Page.Mirror(Optional.empty()));
        } catch (ProblemException e) {
            progress.end(new Page.Mirror(Optional.of(e.problem())));
        }
    }

    public void stop() {
        if (page.get() instanceof Page.Comparing) {
            stopped.set(true);
            page.set(new Page.Stopping());
        }
    }

    /// Back by one page; from a comparison under way only [#stop] leads.
    public void back() {
        switch (page.get()) {
            case Page.Entry(var title, var text) -> page.set(new Page.Entries());
            case Page.Entries() -> page.set(new Page.Verdict());
            case Page.Mirror(var problem) -> page.set(new Page.Verdict());
            case Page.Compared(var words) -> page.set(new Page.Verdict());
            case Page.Verdict() -> {
                // nothing lies behind it
            }
            case Page.Comparing(var progress, var words) -> {
                // it is stopped, not left
            }
            case Page.Stopping() -> {
                // it ends by itself
            }
        }
    }

    /// Draws the newest count only; a million entries are not a million drawings.
    private final class Listening implements VerifyProgress {
        private final AtomicBoolean givenUp;
        private final AtomicReference<Optional<Page>> newest = new AtomicReference<>(Optional.empty());

        Listening(AtomicBoolean givenUp) {
            this.givenUp = givenUp;
        }

        @Override
        public void at(long done, long total) {
            if (givenUp.get()) {
                throw new CancellationException("people gave up waiting");
            }
            Page now = new Page.Comparing(Counts.share(done, total), Counts.checked(done, total));
            if (newest.getAndSet(Optional.of(now)).isEmpty()) {
                hands.window().execute(this::draw);
            }
        }

        private void draw() {
            newest.getAndSet(Optional.empty())
                    .filter(now -> page.get() instanceof Page.Comparing)
                    .ifPresent(page::set);
        }

        void end(Page last) {
            hands.window().execute(() -> page.set(last));
        }
    }
}
