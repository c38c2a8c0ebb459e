package org.quorate.app.rehearsal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.app.practice.PracticeSite;
import org.quorate.app.site.ApprovalDesk;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Workplace;
import org.quorate.base.Problem;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.VerifyProgress;
import org.quorate.script.Script;
import org.quorate.ui.backstage.OpenSite.Deed;

/// An approval from the command line: in the window at any site, or performed by itself on the practice site.
public final class ApprovalRun {
    private static final int NO_PATIENCE = 1;

    private final LedgerClock clock;
    private final SiteFolder defaultHome;
    private final ScriptFiles scripts;
    private final Workplace.Supply supply;
    private final Window window;

    public ApprovalRun(
            LedgerClock clock, SiteFolder defaultHome, ScriptFiles scripts, Workplace.Supply supply, Window window) {
        this.clock = clock;
        this.defaultHome = defaultHome;
        this.scripts = scripts;
        this.supply = supply;
        this.window = window;
    }

    /// Opens the console on a site where a script is approved, or that is withdrawn.
    @FunctionalInterface
    public interface Window {
        void open(SiteFolder folder, Script script, Deed deed);
    }

    /// What came of it without a window.
    ///
    /// @param file the signatures beside the script; empty where the approval was withdrawn
    public record Result(Script script, Optional<Path> file) {}

    public void inWindow(Optional<Path> home, Path script, Deed deed) {
        SiteFolder folder = home(home);
        window.open(folder, scripts.read(Optional.of(script)), deed);
    }

    public Result headless(Optional<Path> home, Path file, Deed deed, Consumer<String> progress) {
        SiteFolder folder = home(home);
        if (folder.isLive()) {
            throw Problem.of("app.site.is_live", folder.home()).asException();
        }
        Script script = scripts.read(Optional.of(file));
        PracticeSite.ensure(folder, clock);
        try (Workplace workplace = Workplace.open(folder, clock, "automatic", VerifyProgress.NONE, supply)) {
            InstantSource time = () -> clock.now().time();
            var front = new AutomaticFront(
                    workplace.cardsAtHand(),
                    workplace::roster,
                    time,
                    new AutomaticFront.Brought(new RehearsalFiles(Optional.empty(), NO_PATIENCE), Decisions.NONE),
                    progress);
            var desk = new ApprovalDesk(workplace, scripts);
            if (deed == Deed.WITHDRAW) {
                if (!desk.withdraw(script, front)) {
                    throw stopped(front);
                }
                return new Result(script, Optional.empty());
            }
            Path made = desk.approve(script, front).file().orElseThrow(() -> stopped(front));
            return new Result(script, Optional.of(made));
        }
    }

    private static RuntimeException stopped(AutomaticFront front) {
        return front.problem()
                .orElseGet(() -> Problem.of("app.rehearsal.stopped"))
                .asException();
    }

    /// A name that is misspelt makes no new site.
    private SiteFolder home(Optional<Path> given) {
        SiteFolder folder =
                given.map(path -> new SiteFolder(path.toAbsolutePath())).orElse(defaultHome);
        if (given.isPresent() && !folder.exists()) {
            throw Problem.of("app.site.none", folder.home()).asException();
        }
        return folder;
    }
}
