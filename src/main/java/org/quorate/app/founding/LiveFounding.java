package org.quorate.app.founding;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.quorate.app.site.ConsoleToken;
import org.quorate.app.site.FoundingPaper;
import org.quorate.app.site.LiveCards;
import org.quorate.app.site.Pem;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Certificates;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.VisibleText;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Site;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.sqlite.SqliteLedger;

/// Founds a live site, in a straight line: the place, the console's token, the tokens of the scripts, the founders one
/// after the other, their quorum, and the first entry, which all of them sign.
public final class LiveFounding {
    private final Unfinished unfinished;
    private final SiteFolder wanted;
    private final LedgerClock clock;
    private final Asking asking;
    private final LiveCards cards;

    /// @param front who asks people
    /// @param cards the readers that the front looks into; the modules that people name for cards are added to them
    public LiveFounding(SiteFolder wanted, LedgerClock clock, Front front, LiveCards cards) {
        this.wanted = wanted;
        this.unfinished = new Unfinished(wanted);
        this.clock = clock;
        this.asking = new Asking(front);
        this.cards = cards;
    }

    /// What the founders said of the place.
    private record Place(String name, String organisation, String place) {
        Json.Obj toJson() {
            return Json.obj()
                    .put("name", name)
                    .put("organisation", organisation)
                    .put("place", place)
                    .build();
        }
    }

    /// Before anybody is asked anything.
    ///
    /// @throws ProblemException where the folder, or the one beside it, holds something
    public static void requireFree(SiteFolder wanted) {
        new Unfinished(wanted).requireFree();
    }

    /// @return what auditors are to keep
    /// @throws org.quorate.base.ProblemException where it breaks off; then there is no site
    public TrustFile found() {
        Optional<Unfinished.Left> left = unfinished.begin();
        left.ifPresent(note -> asking.notice(Problem.of(
                "app.founding.broke_off", note.serial(), note.ledger().toString())));
        boolean whole = false;
        try (var modules = new Modules(unfinished.folder(), asking)) {
            TrustFile trust = make(modules, left);
            unfinished.finish();
            whole = true;
            asking.confirm("founded", List.of(), wanted.home(), trust.genesis().grouped());
            return trust;
        } finally {
            if (!whole) {
                unfinished.breakOff();
            }
        }
    }

    private TrustFile make(Modules modules, Optional<Unfinished.Left> left) {
        var place = new Place(asking.enter("site-name"), asking.enter("site-organisation"), asking.enter("site-place"));
        UUID ledger = UUID.randomUUID();
        UUID run = UUID.randomUUID();
        var consoleActs = new ConsoleActs(asking, modules, unfinished, left);
        try (ConsoleMade console = consoleActs.make(
                ledger, place.name(), place.organisation(), clock.now().time())) {
            TokenActs tokens = new TokenActs(asking, modules, console.at()).ask();
            List<Site.ModuleAt> cardModules = cardModules(modules);
            var founderActs = new FounderActs(asking, ledger, run, clock);
            Founders founders = founderActs.gather();
            int m = founderActs.quorum(founders);
            var site = new Site(
                    place.name(),
                    place.organisation(),
                    place.place(),
                    Site.Mode.LIVE,
                    new Site.Machinery(used(modules, tokens), tokens.roles(), Optional.empty(), cardModules));
            Genesis genesis = genesis(
                    ledger,
                    m,
                    founders,
                    console,
                    Json.obj()
                            .put("site", place.toJson())
                            .put("console", console.custody())
                            .put("tokens", Json.array(tokens.facts()))
                            .put("people", Json.array(people(founders)))
                            .build());
            return write(site, genesis, founders, console, run);
        }
    }

    /// Only the modules that some token is reached through; others were only looked at.
    private static Map<String, Site.ModuleAt> used(Modules modules, TokenActs tokens) {
        var used = new TreeMap<String, Site.ModuleAt>();
        tokens.roles().values().forEach(token -> {
            Site.ModuleAt module = modules.named().get(token.module());
            if (module != null) {
                used.put(token.module(), module);
            }
        });
        return used;
    }

    private List<Site.ModuleAt> cardModules(Modules modules) {
        var chosen = new ArrayList<Site.ModuleAt>();
        while (asking.choose(
                        "card-modules",
                        List.of(Asking.option("card-modules", "enough"), Asking.option("card-modules", "add")))
                .equals("add")) {
            Site.ModuleAt module = modules.ask();
            try {
                cards.add(module);
                chosen.add(module);
            } catch (ProblemException e) {
                asking.notice(e.problem());
            }
        }
        return chosen;
    }

    private static List<Json> people(Founders founders) {
        var people = new ArrayList<Json>();
        founders.cards().forEach(card -> people.add(card.toJson()));
        return people;
    }

    private static Genesis genesis(UUID ledger, int m, Founders founders, ConsoleMade console, Json.Obj founding) {
        var keys = new ArrayList<LedgerKey>();
        keys.add(LedgerKey.ofConsole(console.checkpointKey().getEncoded()));
        X509Certificate certificate = console.recordCertificate();
        keys.add(LedgerKey.ofDevice(
                certificate.getPublicKey().getEncoded(), Optional.of(Certificates.encoded(certificate))));
        founders.cards().forEach(card -> keys.add(card.ledgerKey()));
        return new Genesis(
                ledger, Genesis.Mode.LIVE, m, founders.officers(), keys, Optional.empty(), Optional.of(founding));
    }

    private TrustFile write(Site site, Genesis genesis, Founders founders, ConsoleMade console, UUID run) {
        var acts = new GenesisActs(asking, founders, summary(site, genesis, founders, console));
        var founding = new Founding(genesis, acts::approvals);
        SiteFolder folder = unfinished.folder();
        try (SqliteLedger ledger = SqliteLedger.create(folder.ledger(), clock, run, founding);
                var token = new ConsoleToken(
                        console.at().hsm(),
                        console.at().token().serial(),
                        console.pin().copy(),
                        List.of(console.recordCertificate()),
                        genesis.ledger())) {
            asking.working("checkpoint");
            ledger.append(Draft.ofLedger(
                    EntryType.CHECKPOINT,
                    Json.obj()
                            .put("note", Checkpoint.of(ledger).sign(token.checkpoints()))
                            .build()));
            Entry first = ledger.entry(0);
            TrustFile trust = TrustFile.of(first);
            text(folder.profile(), site.toJson().pretty());
            text(folder.trust(), trust.toJson().pretty());
            text(folder.recordChain(), Pem.of(List.of(console.recordCertificate())));
            asking.working("record");
            unfinished.write(folder.foundingRecord(), FoundingPaper.of(ledger, token));
            return trust;
        }
    }

    private void text(Path file, String text) {
        unfinished.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// What all of them sign, as they read it.
    private static String summary(Site site, Genesis genesis, Founders founders, ConsoleMade console) {
        var lines = new ArrayList<String>();
        lines.add(Asking.text(
                "summary",
                VisibleText.of(site.name()),
                VisibleText.of(site.organisation()),
                VisibleText.of(site.place()),
                genesis.ledger()));
        lines.add(Asking.text("summary.quorum", genesis.m(), genesis.n()));
        var seen = new HashSet<String>();
        for (Founder card : founders.cards()) {
            lines.add(Asking.text(
                    seen.add(card.person()) ? "summary.founder" : "summary.further_card",
                    VisibleText.of(card.name()),
                    card.person(),
                    VisibleText.of(card.organisation()),
                    String.join(", ", card.roles()),
                    VisibleText.of(card.card())));
        }
        lines.add(Asking.text(
                "summary.console",
                VisibleText.of(console.at().token().serial()),
                VisibleText.of(console.custody().string("keeper")),
                VisibleText.of(console.custody().string("place"))));
        if (!Modules.isProtected(console.at().hsm().module())) {
            lines.add(Asking.text("summary.no_protection"));
        }
        return String.join("\n", lines);
    }
}
