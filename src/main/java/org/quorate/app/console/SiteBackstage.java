package org.quorate.app.console;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.quorate.app.practice.PracticeSite;
import org.quorate.app.site.LedgerPlace;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Workplace;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.ceremony.Front;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.VerifyProgress;
import org.quorate.script.Script;
import org.quorate.ui.backstage.Backstage;
import org.quorate.ui.backstage.OpenSite;

/// The site behind the window, live or for practice. The window is there first; a practice site is made where there is
/// none, and the ledger verified, while people look at a progress bar. A live site then asks for the PIN of the
/// console's own token.
public final class SiteBackstage implements Backstage {
    /// How long a closed window waits for a step to reach a place where it can stop.
    private static final int LEAVE_SECONDS = 10;

    private final SiteFolder folder;
    private final LedgerClock clock;
    private final ScriptFiles scripts;
    private final Optional<SiteDesk.Errand> atOnce;
    private final Workplace.Supply supply;
    private final UnaryOperator<Front> between;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Optional<Workplace>> open = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<ReadOnlyLedger>> invalid = new AtomicReference<>(Optional.empty());

    /// @param atOnce the script whose ceremony is begun, or taken up, as soon as the site is open
    /// @param supply where the cards and HSMs of a practice site come from
    public SiteBackstage(
            SiteFolder folder,
            LedgerClock clock,
            ScriptFiles scripts,
            Optional<Script> atOnce,
            Workplace.Supply supply) {
        this(folder, clock, scripts, atOnce, supply, UnaryOperator.identity());
    }

    /// A console that is opened to approve a script, or to withdraw that.
    public SiteBackstage(SiteFolder folder, LedgerClock clock, ScriptFiles scripts, Script script, OpenSite.Deed deed) {
        this.folder = folder;
        this.clock = clock;
        this.scripts = scripts;
        this.atOnce = Optional.of(new SiteDesk.Errand(script, deed));
        this.supply = Workplace.Supply.PRACTICE_TRAY;
        this.between = UnaryOperator.identity();
    }

    /// @param between stands between the engine and the window, for tests that listen
    SiteBackstage(
            SiteFolder folder,
            LedgerClock clock,
            ScriptFiles scripts,
            Optional<Script> atOnce,
            Workplace.Supply supply,
            UnaryOperator<Front> between) {
        this.folder = folder;
        this.clock = clock;
        this.scripts = scripts;
        this.atOnce = atOnce.map(script -> new SiteDesk.Errand(script, OpenSite.Deed.HOLD));
        this.supply = supply;
        this.between = between;
    }

    @Override
    public void open(Opening opening) {
        threads.execute(() -> {
            try {
                release();
                Workplace.Supply from = supply(opening);
                Workplace workplace = Workplace.open(folder, clock, "window", progress(opening), from);
                open.set(Optional.of(workplace));
                opening.opened(new SiteDesk(workplace, scripts, atOnce, threads, between, clock()));
            } catch (CancellationException e) {
                opening.failed(Problem.of("app.opening_cancelled"));
            } catch (ProblemException e) {
                failed(opening, e.problem());
            } catch (RuntimeException e) {
                opening.failed(Problem.of("app.unexpected").withTechnical(e));
            }
        });
    }

    private Workplace.Supply supply(Opening opening) {
        if (folder.isLive()) {
            return Workplace.Supply.live((token, refused) -> opening.pin(new PinWanted(token, refused)));
        }
        PracticeSite.ensure(folder, clock);
        return supply;
    }

    /// A ledger that fails is opened once more, as a copy that can only be read.
    private void failed(Opening opening, Problem problem) {
        if (!ReadOnlyLedger.explains(problem)) {
            opening.failed(problem);
            return;
        }
        try {
            ReadOnlyLedger ledger = ReadOnlyLedger.open(LedgerPlace.of(folder), progress(opening));
            if (ledger.verification().sound()) {
                ledger.close();
                opening.failed(problem);
            } else {
                invalid.set(Optional.of(ledger));
                opening.failed(ledger);
            }
        } catch (CancellationException e) {
            opening.failed(Problem.of("app.opening_cancelled"));
        } catch (RuntimeException e) {
            // Even a copy cannot be read; what opening it said stands.
            opening.failed(problem);
        }
    }

    private void release() {
        open.getAndSet(Optional.empty()).ifPresent(Workplace::close);
        invalid.getAndSet(Optional.empty()).ifPresent(ReadOnlyLedger::close);
    }

    private static VerifyProgress progress(Opening opening) {
        return (done, total) -> {
            if (opening.cancelled()) {
                throw new CancellationException("people gave up waiting");
            }
            opening.checked(done, total);
        };
    }

    @Override
    public Executor background() {
        return threads;
    }

    @Override
    public InstantSource clock() {
        return () -> clock.now().time();
    }

    @Override
    public void leave() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        release();
    }
}
