package org.quorate.app.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program;
import org.quorate.app.practice.PracticeSite;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Trees;
import org.quorate.app.site.Workplace;
import org.quorate.base.Json;
import org.quorate.base.ProblemException;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.PracticeTray;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.hsm.SoftHsm;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.VerifyProgress;
import org.quorate.record.pdf.Judges;
import org.verapdf.pdfa.flavours.PDFAFlavour;

class LiveFoundingTest {
    private static final Path VERIFIER = Path.of("docs/verify/quorate_verify.py");
    private static final Function<Question<?>, Answer<?>> STOP = question -> new Answer.Pause<>("It is late.");

    @TempDir
    private static Path shared;

    private static FoundingRoom room;

    @TempDir
    private Path folder;

    @BeforeAll
    static void gather() throws Exception {
        room = new FoundingRoom(shared);
    }

    @AfterAll
    static void leave() {
        room.close();
    }

    private Path home() {
        return folder.resolve("site");
    }

    private Path unfinished() {
        return folder.resolve("site.new");
    }

    private static void assertRefused(String id, Runnable act) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo(id));
    }

    @Test
    void founding_makesALiveSite_thatBothVerifiersTrust_andThatOpens() throws Exception {
        FoundingFront front = room.front();

        TrustFile trust = room.found(home(), front);

        assertThat(front.notices).isEmpty();
        assertThat(unfinished()).doesNotExist();
        var site = new SiteFolder(home());
        assertThat(site.readTrust()).isEqualTo(trust);
        assertThat(Program.run("verify", site.ledger(), "--trust", site.trust()).code())
                .isZero();
        assertThat(Program.python(VERIFIER, site.ledger(), "--trust", site.trust())
                        .code())
                .isZero();
        assertThat(Program.run("verify", site.foundingRecord(), "--trust", site.trust())
                        .code())
                .isZero();
        assertThat(Files.readAllBytes(site.recordChain())).isNotEmpty();
        Site profile = site.readProfile();
        assertThat(profile.mode()).isEqualTo(Site.Mode.LIVE);
        assertThat(profile.roles()).containsExactly("backup", "console", "primary");
        assertThat(home().resolve("practice-pins.json")).doesNotExist();
        try (Workplace workplace = Workplace.open(
                site,
                FoundingRoom.CLOCK,
                "test",
                VerifyProgress.NONE,
                Workplace.Supply.live((token, refused) -> SoftHsm.userPin()))) {
            Genesis genesis = workplace.ledger().genesis();
            assertThat(genesis.mode()).isEqualTo(Genesis.Mode.LIVE);
            assertThat(genesis.m()).isEqualTo(2);
            assertThat(genesis.n()).isEqualTo(5);
            assertThat(workplace.roster().people()).hasSize(7);
            assertThat(workplace.roster().holding("security_officer")).hasSize(1);
            Json.Obj said = genesis.founding().orElseThrow();
            assertThat(said.object("site").string("name")).isEqualTo("The site-name");
            assertThat(said.object("console").string("keeper")).isEqualTo("The custody-keeper");
            assertThat(said.object("console").string("loss")).contains("a new ledger must be founded");
            assertThat(said.object("console").object("module").string("protection"))
                    .as("SoftHSM is called what it is")
                    .isEqualTo("none");
            assertThat(said.objects("people").get(1).string("name")).isEqualTo("Founder p2");
        }
        assertRefused("app.founding.exists", () -> room.found(home(), room.front()));
    }

    @Test
    void foundingRecord_thatWasChanged_orIsAnothers_isNamed() throws Exception {
        room.found(home(), room.front("p2", "p3"));
        room.found(folder.resolve("other"), room.front("p4", "p5"));
        Path record = new SiteFolder(home()).foundingRecord();
        Path others = new SiteFolder(folder.resolve("other")).trust();

        assertThat(Program.run("verify", record).out()).contains("all founders signed", "another copy");
        assertThat(Program.run("verify", record, "--trust", others).code()).isEqualTo(1);
        byte[] bytes = Files.readAllBytes(record);
        bytes[bytes.length / 2] ^= 1;
        assertThat(Program.run("verify", Files.write(folder.resolve("changed.pdf"), bytes))
                        .code())
                .isEqualTo(1);
    }

    /// Written in the same style as the record of a ceremony, and judged by the same judges.
    @Test
    void foundingRecord_holdsWhatAuditorsKeep() throws Exception {
        TrustFile trust = room.found(home(), room.front("p2", "p3"));

        byte[] pdf = Files.readAllBytes(new SiteFolder(home()).foundingRecord());
        String text;
        try (var document = Loader.loadPDF(pdf)) {
            text = new PDFTextStripper().getText(document);
        }

        assertThat(Judges.veraPdf(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(Judges.veraPdf(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
        assertThat(Judges.run(pdf, "pdfsig").text()).contains("Signature is Valid");
        assertThat(text)
                .contains(
                        trust.ledger().toString(),
                        "Founder p2",
                        "Kept by",
                        "The custody-keeper",
                        "SoftHSM is software");
        for (String word : trust.genesis().words()) {
            assertThat(text).contains(word);
        }
    }

    @Test
    void firstEntry_isComparedBeforeAnybodySigns_andEverybodySigns() {
        FoundingFront front = room.front("p2", "p3");

        room.found(home(), front);

        List<String> names = front.asked.stream().map(Question::name).toList();
        assertThat(names.indexOf("genesis")).isLessThan(names.indexOf("sign-genesis"));
        assertThat(names).filteredOn("sign-genesis"::equals).hasSize(2);
        assertThat(names).filteredOn("possession"::equals).hasSize(2);
        var compare = (Question.Compare) front.asked.get(names.indexOf("genesis"));
        assertThat(compare.shown().digest())
                .contains(new SiteFolder(home()).readTrust().genesis());
        assertThat(compare.by()).hasSize(2);
        assertThat(compare.shown().label()).contains("Founder p2 (p2)", "2 of its 2 officers", "SoftHSM");
    }

    @Test
    void cardsThatDoNotBelong_areNamed_andTheFoundingGoesOn() {
        PracticeCard second = room.cards().get(2);
        FoundingFront front = room.front("p2", "p3");
        PracticeSite.ensure(new SiteFolder(folder.resolve("practice")), FoundingRoom.CLOCK);
        front.once(
                "founder-card",
                new PracticeTray(folder.resolve("practice").resolve("cards"))
                        .present()
                        .getFirst());
        front.once("possession", question -> new Answer.Given<>(front.approves(second)));
        front.once(
                "possession",
                question -> new Answer.Given<>(new Presented.Approves(
                        front.there(room.cards().get(1)),
                        front.wrongPin(room.cards().get(1)))));
        front.once(
                "sign-genesis",
                question -> new Answer.Given<>(front.approves(room.cards().getLast())));

        room.found(home(), front);

        assertThat(front.noticed())
                .containsExactly(
                        "app.site.practice_card",
                        "app.founding.another_card",
                        "ceremony.card.wrong_pin",
                        "app.founding.not_asked");
    }

    @Test
    void personWithTwoCards_countsOnce_andBothSign() {
        FoundingFront front = room.front("p2", "p3", "p4");
        front.once("person", "p2").once("person", "p3").once("person", "p3");

        room.found(home(), front);

        Genesis genesis = genesis();
        assertThat(genesis.n()).isEqualTo(2);
        assertThat(genesis.founders()).hasSize(3);
        assertThat(genesis.founders().getLast().roles()).containsExactly("officer", "user_pin_holder");
    }

    private Genesis genesis() {
        try (Workplace workplace = Workplace.open(
                new SiteFolder(home()),
                FoundingRoom.CLOCK,
                "test",
                VerifyProgress.NONE,
                Workplace.Supply.live((token, refused) -> SoftHsm.userPin()))) {
            return workplace.ledger().genesis();
        }
    }

    @Test
    void foundingThatIsStopped_leavesNoSite_andItsTokenIsToldApart() throws Exception {
        assertRefused(
                "app.founding.stopped",
                () -> room.found(home(), room.front("p2", "p3").once("sign-genesis", STOP)));

        assertThat(home()).doesNotExist();
        assertThat(Trees.files(unfinished())).containsExactly("founding.json");
        foundAgainWithTheSameToken();
    }

    /// The folder is what a kill leaves behind: everything that was there at that moment.
    @Test
    void foundingThatIsKilled_leavesNothingThatIsTakenForASite_andItsTokenIsToldApart() throws Exception {
        Path left = folder.resolve("left");
        FoundingFront front = room.front("p2", "p3").once("sign-genesis", question -> {
            try {
                Trees.copy(unfinished(), left);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return STOP.apply(question);
        });
        assertRefused("app.founding.stopped", () -> room.found(home(), front));
        Trees.delete(unfinished());
        Trees.copy(left, unfinished());
        Files.writeString(unfinished().resolve("ledger.db"), "half a ledger");

        assertThat(new SiteFolder(home()).exists()).isFalse();
        assertThat(Program.run("--home", home()).err()).contains("There is no site in");
        foundAgainWithTheSameToken();
    }

    private void foundAgainWithTheSameToken() throws Exception {
        String serial = Json.parseObject(Files.readAllBytes(unfinished().resolve("founding.json")))
                .string("serial");
        Function<Question<?>, Answer<?>> same = question -> new Answer.Given<>(((Question.Choose) question)
                .options().stream()
                        .filter(option -> option.button().contains(serial))
                        .findFirst()
                        .orElseThrow()
                        .id());
        FoundingFront again = room.front("p2", "p3")
                .once("console-token", same)
                .once("console-state", "keep")
                .once("console-token", same)
                .once("console-state", "initialise");

        room.found(home(), again);

        assertThat(again.noticed()).containsExactly("app.founding.broke_off", "app.founding.token_left");
        assertThat(unfinished()).doesNotExist();
        assertThat(home().resolve("founding.json")).doesNotExist();
        assertThat(new SiteFolder(home()).readProfile().token("console").serial())
                .isEqualTo(serial);
    }

    @Test
    void tokenOfAnotherConsole_isNotTakenAsItIs() {
        room.found(home(), room.front("p2", "p3"));
        String serial = new SiteFolder(home()).readProfile().token("console").serial();
        FoundingFront other = room.front("p2", "p3")
                .once(
                        "console-token",
                        question -> new Answer.Given<>(((Question.Choose) question)
                                .options().stream()
                                        .filter(option -> option.button().contains(serial))
                                        .findFirst()
                                        .orElseThrow()
                                        .id()))
                .once("console-state", "keep");

        room.found(folder.resolve("other"), other);

        assertThat(other.noticed()).containsExactly("app.founding.token_used");
        assertThat(other.notices.getFirst().cause())
                .contains(new SiteFolder(home()).readTrust().ledger().toString().replace("-", ""));
    }

    @Test
    void founderWhoDoesNotAgree_endsIt() {
        FoundingFront front = room.front("p2", "p3").once("genesis", new Question.Verdict.No("The quorum is wrong."));

        assertRefused("app.founding.rejected", () -> room.found(home(), front));
        assertThat(home()).doesNotExist();
    }

    @Test
    void tooFewOfficers_areToldSo() {
        FoundingFront front = room.front("p2", "p3", "p7").once("more-founders", "enough");

        room.found(home(), front);

        assertThat(front.noticed()).containsExactly("app.founding.too_few");
    }

    @Test
    void rolesThatExcludeEachOther_areRefused() {
        assertThat(FounderActs.wrongRoles("officer, security_officer")).isEmpty();
        assertThat(FounderActs.wrongRoles("security_officer, user_pin_holder").orElseThrow())
                .contains("Nobody may be");
        assertThat(FounderActs.wrongRoles("officer witness")).isPresent();
        assertThat(FounderActs.wrongRoles(" , ")).isPresent();
        assertThat(FounderActs.wrongRoles("Officer")).isPresent();
    }

    @Test
    void folderWithSomethingElse_isLeftAlone() throws Exception {
        Files.createDirectories(home());
        Files.writeString(home().resolve("thesis.txt"), "years of work");
        assertRefused("app.founding.in_use", () -> room.found(home(), room.front()));
        Files.move(home(), unfinished());
        assertRefused("app.founding.in_use", () -> room.found(home(), room.front()));
        assertThat(unfinished().resolve("thesis.txt")).exists();
        Trees.delete(unfinished());
        PracticeSite.ensure(new SiteFolder(home()), FoundingRoom.CLOCK);

        assertRefused("app.site.is_rehearsal", () -> room.found(home(), room.front()));
    }
}
