package org.quorate.app.practice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import org.quorate.app.site.ConsoleKeys;
import org.quorate.app.site.ConsoleToken;
import org.quorate.app.site.PracticePins;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.SiteModules;
import org.quorate.app.site.Trees;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.practice.PracticeTray;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Site;
import org.quorate.hsm.PinKind;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.SqliteLedger;

/// A ledger has one console key for good. Where that is lost, or is to be changed, a successor begins: everybody whose
/// card counts signs its first entry, which carries the last checkpoint of the ledger before. That one stays, beside
/// it.
///
/// The successor is made whole in a folder of its own; then three files are renamed, and what a power cut left of that
/// is finished the next time.
public final class Succession {
    private final SiteFolder folder;
    private final LedgerClock clock;

    public Succession(SiteFolder folder, LedgerClock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Ends the ledger of a practice site and begins its successor.
    ///
    /// @return the id of the new ledger
    public UUID begin() {
        try {
            settle();
            Trees.delete(made());
            Files.createDirectories(made());
            UUID successor = UUID.randomUUID();
            UUID before = found(successor);
            Files.writeString(made().resolve("before"), before.toString());
            Files.move(made(), ready(), StandardCopyOption.ATOMIC_MOVE);
            settle();
            return successor;
        } catch (IOException e) {
            throw Problem.of("app.succession.not_made", folder.home()).causedBy(e);
        }
    }

    /// Puts a successor that is whole into its place, from whatever step on that is still to be done.
    void settle() {
        try {
            putInPlace();
        } catch (IOException e) {
            throw Problem.of("app.succession.not_made", folder.home()).causedBy(e);
        }
    }

    private void putInPlace() throws IOException {
        if (!Files.isDirectory(ready())) {
            return;
        }
        Path name = ready().resolve("before");
        if (!Files.exists(name)) {
            // Everything was in its place already, and the folder was being cleared away.
            Trees.delete(ready());
            return;
        }
        UUID before = UUID.fromString(Files.readString(name));
        Path ledger = ready().resolve("ledger.db");
        if (Files.exists(ledger)) {
            keep(folder.ledger(), before);
            keep(folder.home().resolve("mirror").resolve("ledger.db"), before);
            Files.move(ledger, folder.ledger(), StandardCopyOption.ATOMIC_MOVE);
        }
        Path trust = ready().resolve("trust.json");
        if (Files.exists(trust)) {
            keep(folder.trust(), before);
            Files.move(trust, folder.trust(), StandardCopyOption.ATOMIC_MOVE);
        }
        Trees.delete(ready());
    }

    /// `ledger.db` of the ledger before becomes `ledger-<id>.db`.
    private static void keep(Path file, UUID before) throws IOException {
        if (Files.exists(file)) {
            String name = String.valueOf(file.getFileName());
            int dot = name.lastIndexOf('.');
            Files.move(
                    file,
                    file.resolveSibling(name.substring(0, dot) + "-" + before + name.substring(dot)),
                    StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path made() {
        return folder.home().resolve("successor.new");
    }

    private Path ready() {
        return folder.home().resolve("successor");
    }

    private UUID found(UUID successor) throws IOException {
        var before = new Expectations(List.of(), Optional.of(folder.readTrust()));
        try (SqliteLedger old = SqliteLedger.open(
                folder.ledger(), clock, UUID.randomUUID(), before, ForkJoinPool.commonPool(), VerifyProgress.NONE)) {
            refuseUnfinished(old);
            Checkpoint.Signed last = old.range(0, old.head().size()).stream()
                    .filter(entry -> entry.is(EntryType.CHECKPOINT))
                    .reduce((first, second) -> second)
                    .flatMap(entry -> Checkpoint.parse(entry.data().string("note")))
                    .orElseThrow(
                            () -> Problem.of("app.succession.no_checkpoint").asException());
            Genesis genesis = genesis(successor, old, last);
            var founding = new Founding(genesis, first -> Founders.approvals(first, cardsOf(genesis)));
            Path file = made().resolve("ledger.db");
            try (SqliteLedger ledger = SqliteLedger.create(file, clock, UUID.randomUUID(), founding)) {
                Files.writeString(
                        made().resolve("trust.json"),
                        TrustFile.of(ledger.entry(0)).toJson().pretty());
            }
            return old.id();
        }
    }

    private static void refuseUnfinished(SqliteLedger old) {
        for (Entry entry : old.range(0, old.head().size())) {
            if (entry.is(EntryType.CEREMONY_OPEN)) {
                Ceremony ceremony = Ceremony.of(old.ofCeremony(entry.ceremony().orElseThrow()));
                if (!ceremony.complete()) {
                    throw Problem.of("app.ceremony_unfinished", entry.data().string("title"))
                            .asException();
                }
            }
        }
    }

    private Genesis genesis(UUID successor, SqliteLedger old, Checkpoint.Signed last) {
        var keys = new ArrayList<LedgerKey>();
        keys.add(LedgerKey.ofConsole(newConsoleKey(successor).getEncoded()));
        old.keys().countingAt(old.head().size()).stream()
                .filter(key -> key.role() != LedgerKey.Role.CONSOLE)
                .forEach(keys::add);
        Genesis before = old.genesis();
        return new Genesis(successor, before.mode(), before.m(), before.n(), keys, Optional.of(last));
    }

    private PublicKey newConsoleKey(UUID successor) {
        Site site = folder.readProfile();
        try (var modules = new SiteModules(folder, site);
                Secret pin = PracticePins.read(folder.practicePins()).require("console", PinKind.USER)) {
            return ConsoleKeys.make(
                    modules.of("console"),
                    site.token("console").serial(),
                    pin,
                    ConsoleToken.checkpointKey(successor),
                    "checkpoints");
        }
    }

    private List<Card> cardsOf(Genesis genesis) {
        List<Card> present = new PracticeTray(folder.cards()).present();
        return genesis.founders().stream()
                .map(founder -> present.stream()
                        .filter(card -> card.keyId().equals(founder.id()))
                        .findFirst()
                        .orElseThrow(() -> Problem.of(
                                        "app.succession.card_missing",
                                        founder.person().orElseThrow())
                                .asException()))
                .toList();
    }
}
