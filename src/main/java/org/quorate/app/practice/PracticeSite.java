package org.quorate.app.practice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.quorate.app.site.ConsoleKeys;
import org.quorate.app.site.ConsoleToken;
import org.quorate.app.site.Pem;
import org.quorate.app.site.PracticePins;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Trees;
import org.quorate.base.Certificates;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.practice.PracticeTray;
import org.quorate.ceremony.Site;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.sqlite.SqliteLedger;

/// Makes a practice site, in a folder beside the wanted one, so that it appears whole or not at all.
public final class PracticeSite {
    private static final List<String> TOKENS = List.of("primary", "backup", "console");
    /// By which the site profile knows the only module of a practice site.
    private static final String MODULE = "softhsm";
    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"));

    private final SiteFolder folder;
    private final Path module;
    private final LedgerClock clock;
    private final PracticeAuthority authority;
    private final PracticePins pins = PracticePins.invent(TOKENS, new SecureRandom());

    private PracticeSite(SiteFolder folder, Path module, LedgerClock clock) {
        this.folder = folder;
        this.module = module;
        this.clock = clock;
        this.authority = new PracticeAuthority(clock.now().time());
    }

    /// Makes the site unless it is there already.
    public static void ensure(SiteFolder wanted, LedgerClock clock) {
        if (wanted.isLive()) {
            throw Problem.of("app.site.is_live", wanted.home()).asException();
        }
        if (wanted.exists()) {
            new Succession(wanted, clock).settle();
            return;
        }
        if (Files.exists(wanted.home()) && !isEmpty(wanted.home())) {
            throw Problem.of("app.practice.home_in_use", wanted.home()).asException();
        }
        var unfinished =
                new SiteFolder(wanted.home().resolveSibling(wanted.home().getFileName() + ".new"));
        try {
            Trees.delete(unfinished.home());
            new PracticeSite(unfinished, softHsm(), clock).make();
            Files.writeString(unfinished.softHsmConfiguration(), softHsmConfiguration(wanted));
            Files.deleteIfExists(wanted.home());
            Files.move(unfinished.home(), wanted.home(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Problem.of("app.practice.not_made", wanted.home()).causedBy(e);
        }
    }

    private static boolean isEmpty(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw Problem.of("app.site_unreadable", directory).causedBy(e);
        }
    }

    /// Where Debian puts SoftHSM.
    public static Path softHsm() {
        return MODULES.stream()
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> Problem.of("app.no_softhsm").asException());
    }

    private void make() throws IOException {
        Files.createDirectories(folder.tokens());
        Files.createDirectories(folder.cards());
        Files.createDirectories(folder.records());
        Files.writeString(folder.softHsmConfiguration(), softHsmConfiguration(folder));
        Files.writeString(folder.practicePins(), pins.toJson().pretty());
        var settings = ModuleSettings.of(module, folder.moduleEnvironment());
        try (Hsm hsm = Pkcs11Hsm.open(settings)) {
            TokenInfo console = initialise(hsm, "console");
            var tokens = Map.of(
                    "primary", initialise(hsm, "primary"), "backup", initialise(hsm, "backup"), "console", console);
            UUID ledger = UUID.randomUUID();
            PublicKey checkpointKey = makeKey(hsm, console.serial(), ConsoleToken.checkpointKey(ledger), "checkpoints");
            PublicKey recordKey = makeKey(hsm, console.serial(), ConsoleToken.RECORD_KEY, "records");
            X509Certificate recordCertificate = authority.issue(
                    recordKey, CardKey.SIGNING, "Record key of the practice console", "Example Trust Services");
            Files.writeString(folder.recordChain(), Pem.of(List.of(recordCertificate, authority.own())));
            found(ledger, checkpointKey, recordCertificate);
            writeProfile(tokens);
        }
    }

    private PublicKey makeKey(Hsm hsm, String serial, KeyId id, String label) {
        try (Secret pin = pins.require("console", PinKind.USER)) {
            return ConsoleKeys.make(hsm, serial, pin, id, label);
        }
    }

    private TokenInfo initialise(Hsm hsm, String role) {
        Token free = hsm.tokens().stream()
                .filter(token -> !token.info().initialised())
                .findFirst()
                .orElseThrow(() -> Problem.of("app.practice.no_free_slot").asException());
        try (Secret so = pins.require(role, PinKind.SECURITY_OFFICER);
                Secret user = pins.require(role, PinKind.USER)) {
            TokenInfo made = free.initialise(so, "practice-" + role).orThrow();
            return hsm.bySerial(made.serial())
                    .orElseThrow()
                    .setUserPin(so, user)
                    .orThrow();
        }
    }

    private void found(UUID ledgerId, PublicKey checkpointKey, X509Certificate recordCertificate) throws IOException {
        var keys = new ArrayList<LedgerKey>();
        keys.add(LedgerKey.ofConsole(checkpointKey.getEncoded()));
        keys.add(LedgerKey.ofDevice(
                recordCertificate.getPublicKey().getEncoded(), Optional.of(Certificates.encoded(recordCertificate))));
        var cards = new ArrayList<Card>();
        PracticePerson.NEWCOMERS.forEach(this::makeCard);
        for (PracticePerson person : PracticePerson.ALL) {
            Card card = makeCard(person);
            cards.add(card);
            keys.add(LedgerKey.ofPerson(
                    person.id(),
                    person.roles(),
                    card.certificate().getPublicKey().getEncoded(),
                    Optional.of(Certificates.encoded(card.certificate()))));
        }
        var genesis = new Genesis(
                ledgerId,
                Genesis.Mode.REHEARSAL,
                PracticePerson.QUORUM,
                PracticePerson.officers(),
                keys,
                Optional.empty());
        var founding = new Founding(genesis, first -> Founders.approvals(first, cards));
        try (SqliteLedger ledger = SqliteLedger.create(folder.ledger(), clock, UUID.randomUUID(), founding)) {
            Files.writeString(
                    folder.trust(), TrustFile.of(ledger.entry(0)).toJson().pretty());
        }
    }

    private Card makeCard(PracticePerson person) {
        return PracticeTray.create(
                folder.cards(),
                new PracticeTray.Holder(person.id(), person.name(), person.organisation()),
                (key, use, holder) -> authority.issue(key, use, holder.name(), holder.organisation()));
    }

    private void writeProfile(Map<String, TokenInfo> tokens) throws IOException {
        var roles = new HashMap<String, Site.TokenAt>();
        tokens.forEach((role, info) ->
                roles.put(role, new Site.TokenAt(MODULE, info.serial(), info.label(), info.model(), Optional.empty())));
        var site = new Site(
                "Practice site",
                "Example Trust Services",
                "Practice room",
                Site.Mode.REHEARSAL,
                // On the same disk, which a real site would not do.
                new Site.Machinery(Map.of(MODULE, Site.ModuleAt.of(module.toString())), roles, Optional.of("mirror")));
        Files.writeString(folder.profile(), site.toJson().pretty());
    }

    private static String softHsmConfiguration(SiteFolder folder) {
        return """
                # SoftHSM of the Quorate practice site: real PKCS#11, no protection.
                directories.tokendir = %s
                objectstore.backend = file
                log.level = ERROR
                slots.removable = false
                """.formatted(folder.tokens());
    }
}
