package org.quorate.app.site;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Approving;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Conductor;
import org.quorate.ceremony.Console;
import org.quorate.ceremony.Equipment;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Site;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.vendor.ProcessVendorTool;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.quorum.Roster;
import org.quorate.script.Script;
import org.quorate.script.approval.Approvals;
import org.quorate.script.approval.Standing;

/// Everything real of a site, opened together: ledger, HSM, cards and the console's own keys. Opening verifies the
/// whole ledger; nothing is appended before that.
public final class Workplace implements AutoCloseable {
    private final SiteFolder folder;
    private final Site site;
    private final SqliteLedger ledger;
    private final SiteModules modules;
    private final ConsoleToken console;
    private final Machine machine;
    private final CardsAtHand cards;
    private final CardReader reader;

    private Workplace(
            SiteFolder folder,
            SqliteLedger ledger,
            SiteModules modules,
            ConsoleToken console,
            Machine machine,
            CardsAtHand cards) {
        this.folder = folder;
        this.site = modules.site();
        this.ledger = ledger;
        this.modules = modules;
        this.console = console;
        this.machine = machine;
        this.cards = cards;
        this.reader = new CardsOfMode(cards.reader(), site.mode());
    }

    /// Where cards, HSMs and the PIN of the console's own token come from, and for which kind of site.
    public record Supply(Site.Mode mode, CardsAtHand.Supply cards, SiteModules.Supply modules, ConsolePin pin) {
        public static final Supply PRACTICE_TRAY = rehearsal(CardsAtHand::tray, SiteModules.Supply.AS_WRITTEN);

        public static Supply rehearsal(CardsAtHand.Supply cards, SiteModules.Supply modules) {
            return new Supply(Site.Mode.REHEARSAL, cards, modules, (token, refused) -> {
                throw refused.orElseGet(() -> Problem.of("app.no_console_token", token.serial()))
                        .asException();
            });
        }

        public static Supply live(ConsolePin pin) {
            return new Supply(Site.Mode.LIVE, LiveCards::of, SiteModules.Supply.AS_WRITTEN, pin);
        }
    }

    /// Opens a site of the kind that the supply is for.
    ///
    /// @param front who answers in this run, for the ledger: `window` or `automatic`
    public static Workplace open(
            SiteFolder folder, LedgerClock clock, String front, VerifyProgress progress, Supply supply) {
        Modes.requireProfile(folder, supply.mode());
        TrustFile trust = folder.readTrust();
        SqliteLedger ledger = SqliteLedger.open(
                folder.ledger(),
                clock,
                UUID.randomUUID(),
                new Expectations(List.of(), Optional.of(trust)),
                ForkJoinPool.commonPool(),
                progress);
        try {
            Modes.requireGenesis(folder, supply.mode(), ledger.genesis());
            Optional<PracticePins> pins = supply.mode() == Site.Mode.REHEARSAL
                    ? Optional.of(PracticePins.read(folder.practicePins()))
                    : Optional.empty();
            List<X509Certificate> chain = Pem.read(folder.recordChain());
            var machine = new Machine(
                    clock,
                    (role, kind) -> pins.flatMap(known -> known.of(role, kind)),
                    new ProcessVendorTool(folder.moduleEnvironment()));
            SiteModules modules = supply.modules().open(folder);
            try {
                var login = new ConsoleLogin(
                        modules.of("console"), modules.site().token("console"), chain, ledger.genesis());
                var console = login.open(pins.map(Workplace::practicePin).orElse(supply.pin()));
                try {
                    CardsAtHand cards = supply.cards().open(folder);
                    try {
                        var workplace = new Workplace(folder, ledger, modules, console, machine, cards);
                        workplace.startRun(front);
                        return workplace;
                    } catch (RuntimeException e) {
                        cards.close();
                        throw e;
                    }
                } catch (RuntimeException e) {
                    console.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                modules.close();
                throw e;
            }
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    /// What stands in the file is right, or nobody can put it right here.
    private static ConsolePin practicePin(PracticePins pins) {
        return (token, refused) -> {
            refused.ifPresent(problem -> {
                throw problem.asException();
            });
            return pins.require("console", PinKind.USER);
        };
    }

    private void startRun(String front) {
        ledger.append(Draft.ofLedger(
                EntryType.RUN_START,
                machine.program()
                        .put("front", front)
                        .put("site", Digest.of(site.toJson().canonical()).hex())
                        .build()));
    }

    public SqliteLedger ledger() {
        return ledger;
    }

    public Site site() {
        return site;
    }

    public SiteFolder folder() {
        return folder;
    }

    public CardReader cards() {
        return reader;
    }

    /// For a rehearsal that puts cards in by itself.
    public CardsAtHand cardsAtHand() {
        return cards;
    }

    /// Ceremonies of this ledger, newest first.
    public List<Ceremony> ceremonies() {
        Set<UUID> seen = new HashSet<>();
        var found = new ArrayList<Ceremony>();
        for (Entry entry : ledger.range(0, ledger.head().size())) {
            entry.ceremony().filter(seen::add).ifPresent(id -> found.add(Ceremony.of(ledger.ofCeremony(id))));
        }
        return found.reversed();
    }

    /// The ceremony that is to be taken up before another can begin.
    public Optional<Ceremony> unfinished() {
        return ceremonies().stream().filter(ceremony -> !isFinished(ceremony)).findFirst();
    }

    /// Over, with its evidence laid down.
    public boolean isFinished(Ceremony ceremony) {
        return ceremony.complete() && EvidenceFolder.isFinished(folder.recordOf(ceremony.id()));
    }

    public UUID begin(Script script) {
        unfinished().ifPresent(other -> {
            throw Problem.of("app.ceremony_unfinished", other.opening().string("title"))
                    .asException();
        });
        ledger.requireSpace();
        return Conductor.open(script, site, ledger, UUID.randomUUID(), machine.now());
    }

    /// What the ledger says of a script, now.
    public Standing standing(Script script) {
        return Approvals.of(ledger).standing(script, machine.now());
    }

    /// For approvals of scripts, which belong to no ceremony.
    Approving.Desk approving(Front front) {
        ledger.requireSpace();
        return new Approving.Desk(ledger, site.mode(), machine::now, console.checkpoints(), front);
    }

    /// Conducts a ceremony until it is closed, paused or aborted; blocks on the front.
    public Conductor.Ending conduct(UUID ceremony, Script script, Front front) {
        var equipment = new Equipment(site, ledger, modules, cards(), machine);
        Console desk = new EvidenceFolder(
                folder, ceremony, site.machinery().mirror().map(folder.home()::resolve), ledger, console);
        return Conductor.conduct(ceremony, script, equipment, desk, front);
    }

    /// Where the record of a ceremony lies once it is made.
    public Path recordFile(UUID ceremony) {
        return folder.recordOf(ceremony).resolve(EvidenceFolder.RECORD);
    }

    /// The script of a ceremony, as the ledger keeps it.
    public byte[] scriptOf(Ceremony ceremony) {
        return ledger.artefact(ceremony.script()).orElseThrow();
    }

    /// People stand in the ledger.
    public Roster roster() {
        return Roster.of(ledger.keys(), ledger.head().size());
    }

    @Override
    public void close() {
        cards.close();
        console.close();
        modules.close();
        ledger.close();
    }
}
