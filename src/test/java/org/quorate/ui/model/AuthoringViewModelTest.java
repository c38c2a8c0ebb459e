package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Site;
import org.quorate.ledger.EntryType;
import org.quorate.script.Finding;
import org.quorate.script.StepSample;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.backstage.ScriptLibrary.Draft;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.demo.Bench;
import org.quorate.ui.demo.Demo;
import org.quorate.ui.demo.DemoBackstage;
import org.quorate.ui.demo.DemoLibrary;

/// What is written on the page of scripts, without a toolkit. Nothing beside the window's thread is done until the test
/// says so.
class AuthoringViewModelTest {
    private static final ScriptName OWN = DemoLibrary.OWN;

    private final DemoBackstage site = new DemoBackstage(Site.Mode.REHEARSAL);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private AuthoringViewModel model = of(site);

    private AuthoringViewModel of(DemoBackstage behind) {
        return new AuthoringViewModel(behind, new Hands(Runnable::run, waiting::add, behind.clock()));
    }

    private void work() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private void open(ScriptName name) {
        model.open(name);
        work();
    }

    private void write(String text) {
        model.type(text);
        model.check();
        work();
    }

    private String text() {
        return model.openProperty().get().orElseThrow().text();
    }

    private List<Finding> findings() {
        return model.checkedProperty().get().findings();
    }

    private Optional<String> problem() {
        return model.problemProperty().get().map(Problem::id);
    }

    @Test
    void aScriptThatIsOpened_isJudged_andHasAnOutlineWithItsLines() {
        open(OWN);

        assertThat(model.checkedProperty().get().current()).isTrue();
        assertThat(findings()).isEmpty();
        List<String> lines = text().lines().toList();
        ScriptOutline outline = model.outlineProperty().get();
        assertThat(outline.acts()).extracting(ScriptOutline.OutlineAct::title).hasSize(3);
        assertThat(outline.acts())
                .allSatisfy(act -> assertThat(lines.get(act.line() - 1)).startsWith("  - id: "));
        assertThat(outline.steps()).allSatisfy(step -> {
            assertThat(lines.get(step.line() - 1)).startsWith("      - kind: ");
            assertThat(lines.get(step.line())).isEqualTo("        id: " + step.id());
        });
    }

    @Test
    void eachText_isJudged_onceAtAPause_andTheFindingNamesItsLine() {
        open(OWN);
        int before = site.library.checks.get();

        model.type(text().replace("kind: confirm", "kind: confrm"));
        model.type(text().replace("minutes: 3", "minutes: 4"));
        assertThat(model.checkedProperty().get().current()).isFalse();
        model.check();
        model.check();
        work();

        assertThat(site.library.checks.get() - before).isEqualTo(1);
        assertThat(findings()).first().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(text().lines().toList().get(finding.line() - 1)).contains("confrm");
        });
    }

    @Test
    void whatIsSaidOfATextThatMovedOn_isNotShown() {
        open(OWN);
        model.type("nonsense");
        model.check();
        Runnable slow = waiting.remove();
        // The check has begun; the text moves on before the answer is there.
        var late = new ArrayList<Runnable>();
        model = new AuthoringViewModel(site, new Hands(late::add, waiting::add, site.clock()));
        slow.run();
        model.open(OWN);
        work();
        List.copyOf(late).forEach(Runnable::run);
        late.clear();
        String sound = text();
        model.type("nonsense");
        model.check();
        work();
        model.type(sound);

        late.forEach(Runnable::run);

        assertThat(findings()).isEmpty();
        assertThat(model.checkedProperty().get().current()).isFalse();
    }

    @Test
    void aTextThatWaits_isNotJudged_whenANewerOneWaitsBehindIt() {
        open(OWN);
        int before = site.library.checks.get();
        model.type("one");
        model.check();
        model.type("two");
        model.check();

        work();

        assertThat(site.library.checks.get() - before).isEqualTo(1);
        assertThat(site.library.drafts.get(OWN).text()).isEqualTo("two");
    }

    @Test
    void aBrokenText_keepsTheOutlineOfBefore_andSaysSo() {
        open(OWN);
        List<ScriptOutline.OutlineAct> before = model.outlineProperty().get().acts();
        String sound = text();

        write(sound.replace("acts:", "acts: ["));
        assertThat(model.outlineProperty().get()).isEqualTo(new ScriptOutline(before, true));

        write(sound);
        assertThat(model.outlineProperty().get()).isEqualTo(new ScriptOutline(before, false));
    }

    @Test
    void theCaret_choosesTheStepOfThePreview() {
        open(OWN);
        ScriptOutline.OutlineStep third =
                model.outlineProperty().get().steps().skip(2).findFirst().orElseThrow();

        model.caret(new Caret(third.line(), 1));
        assertThat(model.pageProperty().get()).map(StepPage::id).contains(third.id());
        model.caret(new Caret(third.line() - 1, 1));
        assertThat(model.pageProperty().get()).map(StepPage::id).contains("call-roll");
        model.caret(Caret.START);
        assertThat(model.pageProperty().get())
                .as("before the first step")
                .map(StepPage::id)
                .contains("read-digest");
    }

    @Test
    void thePreview_isWhatTheCeremonyShows() {
        open(OWN);
        model.caret(new Caret(
                model.outlineProperty()
                        .get()
                        .steps()
                        .skip(1)
                        .findFirst()
                        .orElseThrow()
                        .line(),
                1));
        var shown = new Picture(
                site.library
                        .check(OWN, site.library.files.get("OWN false our-ceremony.yaml"))
                        .script()
                        .orElseThrow(),
                Optional.empty(),
                People.of(site.roster(), Optional.empty()));

        assertThat(model.pageProperty().get()).isEqualTo(shown.page("call-roll"));
    }

    @Test
    void aTextThatIsNotSaved_isKeptAsADraft_untilItIsSaved() {
        open(OWN);
        String written = text() + "# more\n";
        write(written);

        assertThat(site.library.drafts.get(OWN).text()).isEqualTo(written);
        assertThat(model.openProperty().get().orElseThrow().dirty()).isTrue();
        assertThat(site.library.text(OWN)).doesNotContain("# more");

        model.save();
        work();

        assertThat(site.library.text(OWN)).isEqualTo(written);
        assertThat(site.library.drafts).isEmpty();
        assertThat(model.openProperty().get().orElseThrow().dirty()).isFalse();
    }

    @Test
    void aTextThatIsTakenBack_leavesNoDraft() {
        open(OWN);
        String before = text();
        write(before + "# more\n");

        write(before);

        assertThat(site.library.drafts).isEmpty();
    }

    @Test
    void whatIsTyped_whileTheDiskIsBusy_staysUnsaved() {
        open(OWN);
        write(text() + "# one\n");
        model.save();
        String later = text() + "# two\n";
        model.type(later);
        work();

        assertThat(text()).isEqualTo(later);
        assertThat(model.openProperty().get().orElseThrow().dirty()).isTrue();
        model.save();
        work();
        assertThat(site.library.text(OWN)).isEqualTo(later);
    }

    @Test
    void aDraft_isOffered_andTaken() {
        site.library.drafts.put(
                OWN, new Draft("the draft", Digest.of(site.library.files.get("OWN false our-ceremony.yaml"))));
        open(OWN);

        assertThat(model.askedProperty().get()).get().isInstanceOfSatisfying(Asked.DraftOffer.class, offer -> {
            assertThat(offer.changed()).isFalse();
            assertThat(offer.draft().text()).isEqualTo("the draft");
        });
        assertThat(site.library.drafts).as("nobody decided yet").containsKey(OWN);
        model.takeDraft();
        work();
        assertThat(text()).isEqualTo("the draft");
        assertThat(model.openProperty().get().orElseThrow().dirty()).isTrue();
    }

    @Test
    void aDraft_isDiscarded_orKept_asPeopleSay_andTheFileSaysWhetherItMovedOn() {
        site.library.drafts.put(OWN, new Draft("the draft", Digest.ZERO));
        open(OWN);
        assertThat(((Asked.DraftOffer) model.askedProperty().get().orElseThrow()).changed())
                .isTrue();

        model.stay();
        work();
        assertThat(model.openProperty().get())
                .as("nothing may be typed over it")
                .isEmpty();
        assertThat(site.library.drafts).containsKey(OWN);

        open(OWN);
        model.discardDraft();
        work();
        assertThat(site.library.drafts).isEmpty();
        assertThat(text()).isEqualTo(site.library.text(OWN));
    }

    @Test
    void aFileThatChangedSince_isNotOverwritten_andTheTextCanGoIntoACopy() {
        open(OWN);
        write(text() + "# mine\n");
        site.library.put(OWN, "# theirs\n");

        model.save();
        work();
        assertThat(problem()).contains("author.changed");
        assertThat(site.library.text(OWN)).isEqualTo("# theirs\n");
        assertThat(site.library.drafts.get(OWN).text()).endsWith("# mine\n");

        var copy = new ScriptName(ScriptName.Shelf.OWN, false, "mine.yaml");
        model.create(new NewScript(copy, "Mine", Optional.of(OWN), Optional.of(text())));
        work();
        assertThat(site.library.text(copy))
                .contains("id: mine\n")
                .contains("title: \"Mine\"\n")
                .endsWith("# mine\n");
        assertThat(model.openProperty().get().map(OpenScript::name)).contains(copy);
    }

    @Test
    void aDiskThatIsFull_isSaid_andTheTextStays() {
        open(OWN);
        write(text() + "# mine\n");
        site.library.failing = Optional.of(Problem.of("author.not_saved", "/scripts/our-ceremony.yaml"));

        model.save();
        work();

        assertThat(problem()).contains("author.not_saved");
        assertThat(text()).endsWith("# mine\n");
        assertThat(model.openProperty().get().orElseThrow().dirty()).isTrue();
    }

    @Test
    void aDraftThatCannotBeKept_isSaid_andTheTextIsJudgedAllTheSame() {
        open(OWN);
        site.library.failing = Optional.of(Problem.of("author.draft_not_kept", "/scripts/.drafts/our-ceremony.yaml"));

        write("nonsense");

        assertThat(problem()).contains("author.draft_not_kept");
        assertThat(findings()).isNotEmpty();
    }

    @Test
    void leaving_asksWhereTheTextIsNotSaved_andGoesOnWhenThatIsDecided() {
        open(OWN);
        var gone = new ArrayList<String>();
        model.leave(() -> gone.add("at once"));
        assertThat(gone).containsExactly("at once");

        write(text() + "# mine\n");
        model.leave(() -> gone.add("saved"));
        assertThat(model.askedProperty().get()).get().isInstanceOf(Asked.Unsaved.class);
        model.stay();
        work();
        assertThat(gone).hasSize(1);
        assertThat(text()).endsWith("# mine\n");

        model.leave(() -> gone.add("saved"));
        model.saveAndGoOn();
        work();
        assertThat(gone).containsExactly("at once", "saved");
        assertThat(site.library.text(OWN)).endsWith("# mine\n");

        write(text() + "# not mine\n");
        model.leave(() -> gone.add("discarded"));
        model.discardAndGoOn();
        work();
        assertThat(gone).containsExactly("at once", "saved", "discarded");
        assertThat(site.library.text(OWN)).endsWith("# mine\n");
        assertThat(site.library.drafts).isEmpty();
    }

    @Test
    void leaving_staysWhereTheTextCannotBeSaved() {
        open(OWN);
        write(text() + "# mine\n");
        site.library.failing = Optional.of(Problem.of("author.not_saved", "/scripts/our-ceremony.yaml"));
        model.leave(() -> {
            throw new AssertionError("it left");
        });

        model.saveAndGoOn();
        work();

        assertThat(problem()).contains("author.not_saved");
    }

    @Test
    void aShippedScript_isReadOnly() {
        open(DemoLibrary.ROOT);
        write("nonsense");
        assertThat(text()).startsWith("#").contains("quorate-script/1");

        model.save();
        work();
        assertThat(problem()).contains("author.shipped");
    }

    @Test
    void endsOfLine_ofTheFile_stayAsTheyAre() {
        String windows = site.library.text(OWN).replace("\n", "\r\n");
        site.library.put(OWN, windows);
        open(OWN);
        assertThat(text()).doesNotContain("\r");
        assertThat(model.openProperty().get().orElseThrow().dirty()).isFalse();

        write(text() + "# mine\n");
        model.save();
        work();

        assertThat(site.library.text(OWN)).isEqualTo(windows + "# mine\r\n");
    }

    @Test
    void aNewScript_hasItsIdAndTitle_isClean_andIsOpen() {
        var name = new ScriptName(ScriptName.Shelf.OWN, false, "ca-2027.yaml");
        model.create(new NewScript(name, "The \"new\" CA: 2027", Optional.empty(), Optional.empty()));
        work();

        assertThat(model.openProperty().get().map(OpenScript::name)).contains(name);
        assertThat(findings()).isEmpty();
        assertThat(model.checkedProperty().get().report().script()).get().satisfies(script -> {
            assertThat(script.id()).isEqualTo("ca-2027");
            assertThat(script.title()).isEqualTo("The \"new\" CA: 2027");
        });
        assertThat(model.itemsProperty().get()).anyMatch(item -> item.name().equals(name));
        assertThat(NewScript.wrongName("ca-2027", false, model.itemsProperty().get()))
                .isPresent();
    }

    @Test
    void aCopy_ofAShippedScript_hasEveryOtherLetterOfIt() {
        var name = new ScriptName(ScriptName.Shelf.OWN, false, "ours.yaml");
        model.create(new NewScript(name, "Ours", Optional.of(DemoLibrary.ROOT), Optional.empty()));
        work();

        List<String> before = site.library.text(DemoLibrary.ROOT).lines().toList();
        List<String> after = text().lines().toList();
        assertThat(after).hasSameSizeAs(before);
        assertThat(java.util.stream.IntStream.range(0, after.size())
                        .filter(i -> !after.get(i).equals(before.get(i)))
                        .mapToObj(after::get))
                .containsExactly("id: ours", "title: \"Ours\"");
    }

    @Test
    void names_thatMeanSomethingElseElsewhere_areRefused() {
        for (String wrong :
                List.of("", "..", "../x", "a/b", "Ä", "A", "-x", "x y", "x.yml", ".hidden", "a".repeat(61))) {
            assertThat(NewScript.wrongName(wrong, false, List.of())).as(wrong).isPresent();
        }
        assertThat(NewScript.wrongName("ca-2027.yaml", false, List.of())).isEmpty();
        assertThat(NewScript.wrongTitle(" ")).isPresent();
    }

    @Test
    void aPart_saysTheDigestByWhichScriptsUseIt() {
        open(DemoLibrary.PART);

        assertThat(model.checkedProperty().get().part())
                .contains(Digest.of(site.library.files.get("SHIPPED true opening.yaml")));
        model.rehearse(occasion -> {
            throw new AssertionError("a part began");
        });
        work();
        assertThat(problem()).contains("author.rehearse_part");
    }

    @Test
    void aPart_hasItsStepsInTheOutline_byTheirNumbersInIt_andTheOneAtTheCaret() {
        open(DemoLibrary.PART);

        ScriptOutline.OutlineAct act = model.outlineProperty().get().acts().getFirst();
        assertThat(act.title()).isEqualTo("Opening");
        assertThat(act.number()).isEmpty();
        assertThat(act.steps()).extracting(ScriptOutline.OutlineStep::number).startsWith("1", "2", "3");
        List<String> lines = text().lines().toList();
        assertThat(act.steps())
                .allSatisfy(step -> assertThat(lines.subList(step.line() - 1, step.line() + 1))
                        .satisfiesExactly(
                                kind -> assertThat(kind).startsWith("  - kind: "),
                                id -> assertThat(id).isEqualTo("    id: " + step.id())));

        ScriptOutline.OutlineStep second = act.steps().get(1);
        model.caret(new Caret(second.line() + 2, 1));
        assertThat(model.stepProperty().get()).contains(second);
    }

    @Test
    void aStep_isPutInAfterTheOneAtTheCaret_whichGoesToIt_andTheTextIsJudged() {
        open(OWN);
        model.lookForKinds();
        work();
        StepSample confirm =
                StepChoice.of(model.kindsProperty().get(), "CONF state").getFirst();
        assertThat(confirm.kind()).isEqualTo("confirm");
        model.caret(new Caret(lineOf("id: call-roll"), 3));

        model.insert(confirm);
        work();

        assertThat(model.caret().line()).isBetween(lineOf("id: call-roll"), lineOf("id: compare-clock"));
        assertThat(text().lines().toList().get(model.caret().line() - 1)).isEqualTo("      - kind: confirm");
        assertThat(model.stepProperty().get())
                .map(ScriptOutline.OutlineStep::number)
                .contains("1.3");
        assertThat(findings()).isEmpty();
        assertThat(site.library.drafts).containsKey(OWN);
    }

    @Test
    void aStep_isPutIntoTheTextThatPeopleWroteMeanwhile() {
        open(OWN);
        model.lookForKinds();
        work();
        model.insert(model.kindsProperty().get().getFirst());
        model.type(text() + "# meanwhile\n");

        work();

        assertThat(text()).contains("open-bag").contains("# meanwhile");
    }

    @Test
    void aStep_isNotPutIn_whereNothingTakesIt() {
        model.lookForKinds();
        open(DemoLibrary.ROOT);
        model.insert(model.kindsProperty().get().getFirst());
        work();
        assertThat(problem()).contains("author.shipped");

        open(OWN);
        write("nonsense");
        model.insert(model.kindsProperty().get().getFirst());
        work();
        assertThat(problem()).contains("author.no_place");
        assertThat(text()).isEqualTo("nonsense");
    }

    @Test
    void kindsOfStep_areFoundByWhatPeopleType() {
        model.lookForKinds();
        work();
        List<StepSample> all = model.kindsProperty().get();

        assertThat(StepChoice.of(all, "")).isEqualTo(all);
        assertThat(StepChoice.of(all, "generate_key"))
                .extracting(StepSample::kind)
                .startsWith("generate_key_pair");
        assertThat(StepChoice.of(all, "revocation LIST"))
                .extracting(StepSample::kind)
                .startsWith("issue_crl");
        assertThat(StepChoice.of(all, "nothing like that")).isEmpty();
    }

    @Test
    void whoComesBack_isWhereTheyWere() {
        model.goBackTo(OWN, new Caret(30, 5));
        work();

        assertThat(model.openProperty().get().map(OpenScript::name)).contains(OWN);
        assertThat(model.caret()).isEqualTo(new Caret(30, 5));
        open(DemoLibrary.ROOT);
        assertThat(model.caret()).isEqualTo(Caret.START);
    }

    private int lineOf(String piece) {
        return (int) text().substring(0, text().indexOf(piece)).lines().count();
    }

    @Test
    void stepsOfAPart_standWhereTheScriptUsesIt() {
        open(DemoLibrary.HEALTH);

        ScriptOutline.OutlineAct first = model.outlineProperty().get().acts().getFirst();
        assertThat(text().lines().toList().get(first.line() - 1)).contains("- use: {file: opening.yaml");
        assertThat(model.outlineProperty().get().acts().get(1))
                .satisfies(act ->
                        assertThat(text().lines().toList().get(act.line() - 1)).contains("- for_each:"));
    }

    @Test
    void aScriptThatIsSavedAndSound_isRehearsed() {
        open(OWN);
        var begun = new ArrayList<Occasion>();

        model.rehearse(begun::add);
        work();

        assertThat(begun)
                .singleElement()
                .satisfies(occasion -> assertThat(occasion.script().digest())
                        .isEqualTo(Digest.of(site.library.files.get("OWN false our-ceremony.yaml"))));
    }

    @Test
    void whatIsUnsaved_unsound_orNotFree_isNotRehearsed_andSaysWhy() {
        open(OWN);
        write(text().replace("kind: confirm", "kind: confrm"));
        refused("author.rehearse_unsaved");
        model.save();
        work();
        refused("author.rehearse_unsound");
        write(text().replace("confrm", "confirm"));
        model.save();
        work();
        try (var bench = new Bench(Site.Mode.REHEARSAL, Runnable::run)) {
            bench.engine.open();
            bench.engine.write(EntryType.PAUSE, Json.obj().put("why", "noon").build());
            site.held.add(
                    new OpenSite.Held(Ceremony.of(bench.ledger.ofCeremony(bench.engine.id())), Demo.script(), false));
        }
        refused("author.rehearse_unfinished");
    }

    @Test
    void atALiveSite_nothingIsRehearsed_andTheCommandIsNamed() {
        model = of(new DemoBackstage(Site.Mode.LIVE));
        open(OWN);

        refused("author.rehearse_live");
        assertThat(model.problemProperty().get().orElseThrow().next())
                .contains("./quorate rehearse /var/lib/quorate/scripts/our-ceremony.yaml");
    }

    private void refused(String id) {
        model.rehearse(occasion -> {
            throw new AssertionError("it began");
        });
        work();
        assertThat(problem()).contains(id);
    }

    @Test
    void thePaper_isDrawnWhileItIsLookedAt_andKeepsThePagesOfBeforeABrokenText() {
        open(OWN);
        assertThat(model.paperProperty().get().state()).isEqualTo(PaperPreview.State.NONE);

        model.showPaper(true);
        assertThat(model.paperProperty().get().state()).isEqualTo(PaperPreview.State.DRAWING);
        work();
        assertThat(model.paperProperty().get().state()).isEqualTo(PaperPreview.State.READY);
        assertThat(model.paperProperty().get().pages()).hasSize(2);

        write("nonsense");
        assertThat(model.paperProperty().get().state()).isEqualTo(PaperPreview.State.UNSOUND);
        assertThat(model.paperProperty().get().pages()).hasSize(2);
    }

    @Test
    void findings_followEachOther_roundTheText() {
        open(OWN);
        write(text().replace("kind: confirm", "kind: confrm").replace("max_offset_seconds: 30", "max_offset: 30"));
        List<Finding> all = findings();
        assertThat(all).hasSizeGreaterThan(1);
        Checked checked = model.checkedProperty().get();

        Finding first = checked.beside("our-ceremony.yaml", 1, 1, true).orElseThrow();
        Finding last = checked.beside("our-ceremony.yaml", 1, 1, false).orElseThrow();
        assertThat(first.place()).isLessThan(last.place());
        assertThat(checked.beside("our-ceremony.yaml", last.line(), last.column(), true))
                .contains(first);
    }
}
