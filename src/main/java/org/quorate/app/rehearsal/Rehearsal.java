package org.quorate.app.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.quorate.app.practice.PracticeSite;
import org.quorate.app.practice.Succession;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Trees;
import org.quorate.app.site.Workplace;
import org.quorate.base.Problem;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Conductor;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.VerifyProgress;
import org.quorate.script.Script;

/// A ceremony on the practice site: in the window, or performed by itself.
public final class Rehearsal {
    private static final int PATIENCE_SECONDS = 30;

    private final LedgerClock clock;
    private final SiteFolder defaultHome;
    private final ScriptFiles scripts;
    private final Function<RehearsalSetting, Workplace.Supply> supplies;
    private final Window window;

    /// @param supplies where cards and HSMs come from in each setting
    public Rehearsal(
            LedgerClock clock,
            SiteFolder defaultHome,
            ScriptFiles scripts,
            Function<RehearsalSetting, Workplace.Supply> supplies,
            Window window) {
        this.clock = clock;
        this.defaultHome = defaultHome;
        this.scripts = scripts;
        this.supplies = supplies;
        this.window = window;
    }

    /// Opens the console on a site at a script.
    @FunctionalInterface
    public interface Window {
        void open(SiteFolder folder, Script script, Workplace.Supply supply);
    }

    /// What a headless rehearsal left behind.
    public record Result(UUID ceremony, String title, Path folder, List<String> files) {}

    public void inWindow(Optional<Path> home, Optional<Path> script, RehearsalSetting setting) {
        window.open(home(home), scripts.read(script), supplies.apply(setting));
    }

    /// Begins a successor to the ledger of the practice site, as where the console's key is lost.
    public UUID newLedger(Optional<Path> home) {
        SiteFolder folder = home(home);
        PracticeSite.ensure(folder, clock);
        return new Succession(folder, clock).begin();
    }

    /// Why the decisions cannot be meant for this script.
    public Optional<String> objection(Optional<Path> file, Decisions decisions) {
        return decisions.paths().isEmpty() ? Optional.empty() : decisions.objection(scripts.read(file));
    }

    /// Takes up an unfinished ceremony of the same script, or begins a new one.
    public Result headless(
            Optional<Path> home, Optional<Path> file, Path out, RehearsalSetting setting, Consumer<String> progress) {
        Path target = out.toAbsolutePath();
        refuseUsed(target);
        Script script = scripts.read(file);
        SiteFolder folder = home(home);
        PracticeSite.ensure(folder, clock);
        try (Workplace workplace =
                Workplace.open(folder, clock, "automatic", VerifyProgress.NONE, supplies.apply(setting))) {
            UUID ceremony = workplace
                    .unfinished()
                    .filter(open -> open.script().equals(script.digest()))
                    .map(Ceremony::id)
                    .orElseGet(() -> workplace.begin(script));
            InstantSource time = () -> clock.now().time();
            var front = new AutomaticFront(
                    workplace.cardsAtHand(),
                    workplace::roster,
                    time,
                    new AutomaticFront.Brought(
                            new RehearsalFiles(setting.files(), PATIENCE_SECONDS), setting.decisions()),
                    progress);
            Conductor.Ending ending = workplace.conduct(ceremony, script, front);
            if (ending != Conductor.Ending.CLOSED) {
                throw front.problem()
                        .orElseGet(() -> Problem.of("app.rehearsal.stopped"))
                        .asException();
            }
            Trees.copy(folder.recordOf(ceremony), target);
            return new Result(ceremony, script.title(), target, Trees.files(target));
        } catch (IOException e) {
            throw Problem.of("app.evidence_not_written", target).causedBy(e);
        }
    }

    private SiteFolder home(Optional<Path> given) {
        SiteFolder folder =
                given.map(path -> new SiteFolder(path.toAbsolutePath())).orElse(defaultHome);
        if (folder.isLive()) {
            throw Problem.of("app.site.is_live", folder.home()).asException();
        }
        return folder;
    }

    private static void refuseUsed(Path out) {
        if (!Files.exists(out)) {
            return;
        }
        try (var entries = Files.list(out)) {
            if (entries.findAny().isPresent()) {
                throw Problem.of("app.out_in_use", out).asException();
            }
        } catch (IOException e) {
            throw Problem.of("app.out_in_use", out).causedBy(e);
        }
    }
}
