package org.quorate.app.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program;
import org.quorate.app.Program.Ended;
import org.quorate.app.SystemClock;
import org.quorate.app.practice.PracticeSite;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.SignAnswer;
import org.quorate.card.practice.PracticeTray;
import org.quorate.ceremony.Site;
import org.quorate.hsm.PinKind;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.CosignAlgorithm;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.SqliteLedger;

/// Live and rehearsal sites are never taken for each other. The live site here has the tokens and people of a practice
/// site, and a first entry that says live.
class LiveSiteTest {
    private static final SystemClock CLOCK = new SystemClock();

    @TempDir
    private static Path shared;

    private static Genesis rehearsal;

    @TempDir
    private Path folder;

    private SiteFolder site;

    @BeforeAll
    static void makeOnce() {
        var made = new SiteFolder(shared.resolve("site"));
        PracticeSite.ensure(made, CLOCK);
        rehearsal = genesis(made);
    }

    @BeforeEach
    void copy() throws IOException {
        site = new SiteFolder(folder.resolve("site"));
        Trees.copy(shared.resolve("site"), site.home());
        String configuration = Files.readString(site.softHsmConfiguration());
        Files.writeString(
                site.softHsmConfiguration(),
                configuration.replace(
                        shared.resolve("site").toString(), site.home().toString()));
    }

    private static Genesis genesis(SiteFolder of) {
        try (SqliteLedger ledger = SqliteLedger.open(
                of.ledger(),
                CLOCK,
                UUID.randomUUID(),
                new Expectations(List.of(), Optional.of(of.readTrust())),
                ForkJoinPool.commonPool(),
                VerifyProgress.NONE)) {
            return ledger.genesis();
        }
    }

    private Secret pin() {
        return PracticePins.read(shared.resolve("site").resolve("practice-pins.json"))
                .require("console", PinKind.USER);
    }

    private void profileSays(Site.Mode mode) throws IOException {
        Json.Obj profile = site.readProfile().toJson().with("mode", Json.of(mode.wire()));
        Files.writeString(site.profile(), profile.pretty());
    }

    private void makeLive() throws IOException {
        profileSays(Site.Mode.LIVE);
        Files.delete(site.practicePins());
        Files.delete(site.ledger());
        Files.delete(site.trust());
        var genesis = new Genesis(
                rehearsal.ledger(),
                Genesis.Mode.LIVE,
                rehearsal.m(),
                rehearsal.n(),
                rehearsal.keys(),
                Optional.empty());
        var founding = new Founding(genesis, this::approvals);
        try (SqliteLedger ledger = SqliteLedger.create(site.ledger(), CLOCK, UUID.randomUUID(), founding)) {
            Files.writeString(
                    site.trust(), TrustFile.of(ledger.entry(0)).toJson().pretty());
        }
    }

    private List<Draft> approvals(Entry first) {
        List<Card> cards = new PracticeTray(site.cards()).present();
        return rehearsal.founders().stream()
                .map(founder -> cards.stream()
                        .filter(card -> card.keyId().equals(founder.id()))
                        .findFirst()
                        .orElseThrow())
                .map(card -> approval(first, card))
                .toList();
    }

    private static Draft approval(Entry first, Card card) {
        String digits = card.pinHelp().practicePin().orElseThrow();
        try (Secret pin = Secret.ofChars(digits.toCharArray())) {
            var signed = (SignAnswer.Signed) card.sign(pin, Cosign.signedBytes(first, Cosign.Meaning.APPROVE));
            return Cosign.draft(
                    first,
                    Cosign.Meaning.APPROVE,
                    card.keyId(),
                    CosignAlgorithm.ofWire(signed.algorithm()).orElseThrow(),
                    signed.signature());
        }
    }

    private Workplace open(Workplace.Supply supply) {
        return Workplace.open(site, CLOCK, "test", VerifyProgress.NONE, supply);
    }

    private Workplace.Supply live() {
        return Workplace.Supply.live((token, refused) -> pin());
    }

    private static void assertRefused(String id, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().id()).isEqualTo(id);
            assertThat(List.of(
                            e.problem().what(), e.problem().cause(), e.problem().next()))
                    .noneMatch(String::isBlank);
        });
    }

    @Test
    void liveSite_opensWithThePinThatIsTyped_andAsksAgainAfterAWrongOne() throws Exception {
        makeLive();
        List<Optional<Problem>> asked = new ArrayList<>();

        try (Workplace workplace = open(Workplace.Supply.live((token, refused) -> {
            assertThat(token.serial())
                    .isEqualTo(site.readProfile().token("console").serial());
            asked.add(refused);
            return asked.size() == 1 ? Secret.ofChars("00000000".toCharArray()) : pin();
        }))) {
            assertThat(workplace.site().mode()).isEqualTo(Site.Mode.LIVE);
            assertThat(workplace.cards().practice()).isFalse();
            Entry last = workplace.ledger().entry(workplace.ledger().head().size() - 1);
            assertThat(last.is(EntryType.RUN_START)).isTrue();
        }

        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).isEmpty();
        assertThat(asked.getLast().orElseThrow().id()).isEqualTo("hsm.pin_incorrect");
    }

    @Test
    void liveSite_openedForARehearsal_isRefused() throws Exception {
        makeLive();
        assertRefused("app.site.is_live", () -> open(Workplace.Supply.PRACTICE_TRAY));
        assertRefused("app.site.is_live", () -> PracticeSite.ensure(site, CLOCK));

        Ended headless = Program.run("rehearse", "--headless", "--home", site.home(), "--out", folder.resolve("out"));

        assertThat(headless.code()).isEqualTo(3);
        assertThat(headless.err()).contains("is live");
        assertThat(Program.run("rehearse", "--home", site.home()).err()).contains("is live");
        assertThat(Program.run("rehearse", "--new-ledger", "--home", site.home())
                        .err())
                .contains("is live");
    }

    @Test
    void practiceSite_openedAsLive_isRefused() {
        assertRefused("app.site.is_rehearsal", () -> open(live()));
    }

    @Test
    void practicePins_inALiveSite_areRefused() throws Exception {
        makeLive();
        Files.copy(shared.resolve("site").resolve("practice-pins.json"), site.practicePins());

        assertRefused("app.site.practice_pins", () -> open(live()));
    }

    @Test
    void profileAndGenesisThatDisagree_areRefused_eitherWay() throws Exception {
        profileSays(Site.Mode.LIVE);
        Files.move(site.practicePins(), folder.resolve("pins"));
        assertRefused("app.site.mode_differs", () -> open(live()));

        makeLiveAgain();
        assertRefused("app.site.mode_differs", () -> open(Workplace.Supply.PRACTICE_TRAY));
    }

    private void makeLiveAgain() throws IOException {
        Files.move(folder.resolve("pins"), site.practicePins());
        makeLive();
        profileSays(Site.Mode.REHEARSAL);
        Files.copy(shared.resolve("site").resolve("practice-pins.json"), site.practicePins());
    }

    @Test
    void consoleKey_thatIsNotTheFounders_isRefused() throws Exception {
        makeLive();
        Json.Obj profile = site.readProfile().toJson();
        Json.Obj tokens = profile.object("tokens");
        Json.Obj backup = tokens.object("backup");
        Files.writeString(
                site.profile(),
                profile.with("tokens", tokens.with("console", backup)).pretty());
        Secret pinOfTheOther = PracticePins.read(shared.resolve("site").resolve("practice-pins.json"))
                .require("backup", PinKind.USER);

        // It has no such key at all.
        assertThatThrownBy(() -> open(Workplace.Supply.live((token, refused) -> pinOfTheOther)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void practiceCard_atALiveSite_isNotOffered_andItIsSaidWhy() {
        Card known = new PracticeTray(site.cards()).present().getFirst();
        for (Card card : List.of(known, new WithoutPin(known))) {
            var reader = new CardsOfMode(readerWith(card), Site.Mode.LIVE);

            assertThat(reader.present()).isEmpty();
            assertThat(reader.troubles()).extracting(Problem::id).containsExactly("app.site.practice_card");
        }
    }

    @Test
    void cardThatIsNoPracticeCard_atAPracticeSite_isNotOffered_andItIsSaidWhy() {
        Card known = new PracticeTray(site.cards()).present().getFirst();
        var reader = new CardsOfMode(readerWith(new WithoutPin(known)), Site.Mode.REHEARSAL);

        assertThat(reader.present()).isEmpty();
        assertThat(reader.troubles()).extracting(Problem::id).containsExactly("app.site.live_card");
        assertThat(new CardsOfMode(readerWith(known), Site.Mode.REHEARSAL).present())
                .containsExactly(known);
    }

    private static CardReader readerWith(Card card) {
        return new CardReader() {
            @Override
            public List<Card> present() {
                return List.of(card);
            }

            @Override
            public boolean practice() {
                return true;
            }
        };
    }

    /// As a real reader shows it.
    private record WithoutPin(Card card) implements Card {
        @Override
        public String serial() {
            return card.serial();
        }

        @Override
        public java.security.cert.X509Certificate certificate() {
            return card.certificate();
        }

        @Override
        public PinHelp pinHelp() {
            return new PinHelp(6, 8, 3, Optional.empty());
        }

        @Override
        public SignAnswer sign(Secret pin, byte[] message) {
            return card.sign(pin, message);
        }

        @Override
        public Optional<String> kept(String origin) {
            return card.kept(origin);
        }

        @Override
        public org.quorate.card.NoteAnswer keep(String note) {
            return card.keep(note);
        }
    }

    @Test
    void profile_keepsItsCardModules_andKnowsTwoModesOnly() {
        Site before = site.readProfile();
        var with = before.with(new Site.Machinery(
                before.modules(),
                before.tokens(),
                Optional.empty(),
                List.of(Site.ModuleAt.of("/usr/lib/opensc-pkcs11.so"))));

        assertThat(Site.fromJson(with.toJson())).isEqualTo(with);
        assertThat(Site.fromJson(before.toJson().without("card_modules"))
                        .machinery()
                        .cardModules())
                .isEmpty();
        assertThatThrownBy(() -> Site.fromJson(before.toJson().with("mode", Json.of("LIVE"))))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void console_onAFolderWithoutASite_makesNone() {
        Ended ended = Program.run("--home", folder.resolve("nowhere"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("There is no site in");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }
}
