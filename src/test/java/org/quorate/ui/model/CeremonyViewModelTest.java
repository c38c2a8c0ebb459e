package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.ledger.Draft;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Tally;
import org.quorate.ui.demo.Bench;
import org.quorate.ui.demo.Demo;
import org.quorate.ui.demo.DemoCards;
import org.quorate.ui.demo.ScriptedEngine;
import org.quorate.ui.model.RailAct.RailStep;

class CeremonyViewModelTest {
    private final Bench bench = new Bench(Site.Mode.REHEARSAL, Runnable::run);
    private final CeremonyViewModel model = bench.model;
    private final ScriptedEngine engine = bench.engine;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void rail_beforeAnything_waitsEverywhere() {
        List<RailAct> rail = model.stateProperty().get().rail();

        assertThat(rail)
                .extracting(RailAct::title)
                .containsExactly("Prepare the room", "Make the root key", "Close the ceremony");
        assertThat(rail.getFirst().steps()).extracting(RailStep::number).containsExactly("1.1", "1.2", "1.3", "1.4");
        assertThat(steps()).extracting(RailStep::status).containsOnly(StepStatus.WAITING);
        assertThat(steps()).noneMatch(RailStep::hasRecord);
    }

    @Test
    void rail_followsTheLedger() {
        engine.open();
        engine.begin("read-digest");
        assertThat(step("read-digest").status()).isEqualTo(StepStatus.NOW);
        assertThat(step("read-digest").note()).isEqualTo("now, 5 min planned");

        engine.end("done");
        assertThat(step("read-digest").status()).isEqualTo(StepStatus.DONE);
        assertThat(step("read-digest").note()).startsWith("done 14:0").endsWith("Z");

        engine.begin("clock");
        engine.end("overridden");
        assertThat(step("clock").status()).isEqualTo(StepStatus.OVERRIDDEN);
    }

    @Test
    void rail_afterAFailedAttempt_showsTheNewestOne() {
        engine.open();
        engine.begin("generate");
        engine.end("failed");
        assertThat(step("generate").status()).isEqualTo(StepStatus.FAILED);

        engine.begin("generate");

        assertThat(step("generate").status()).isEqualTo(StepStatus.NOW);
        assertThat(step("generate").note()).isEqualTo("now, attempt 2");
    }

    @Test
    void step_isTheOneThatIsOpen_withItsRolesInWords() {
        engine.open();
        assertThat(model.stateProperty().get().step()).isEmpty();

        engine.begin("identify");

        StepPage page = model.stateProperty().get().step().orElseThrow();
        assertThat(page.eyebrow()).isEqualTo("Step 2.1 of 2.5 · Ceremony administrator performs · Witness watches");
        assertThat(page.title()).isEqualTo("Identify the primary HSM");
    }

    @Test
    void facts_tellApartHowTheyAreKnown() {
        engine.open();
        engine.begin("clock");
        engine.sensed("clock", "Console clock", "14:03:41Z");
        engine.stated("reference", "Radio clock", "14:03:41Z", Demo.WEBER);
        engine.compared("digest", "Digest", "x", new Question.Verdict.No("the fourth word"));

        List<Fact> facts = model.stateProperty().get().step().orElseThrow().facts();

        assertThat(facts)
                .extracting(Fact::item)
                .containsExactly(Fact.Item.SENSED, Fact.Item.STATED, Fact.Item.COMPARED);
        assertThat(facts).extracting(Fact::mark).containsExactly(Fact.Mark.NONE, Fact.Mark.NONE, Fact.Mark.DIFFERS);
        assertThat(facts.get(1).note()).startsWith("Clara Weber, ");
        assertThat(facts.get(2).note()).endsWith("the fourth word");
    }

    @Test
    void facts_thatDifferFromWhatWasExpected_sayWhat() {
        engine.open();
        engine.begin("identify");
        engine.token();

        List<Fact> facts = model.stateProperty().get().step().orElseThrow().facts();

        assertThat(facts).extracting(Fact::mark).containsExactly(Fact.Mark.MATCHES, Fact.Mark.DIFFERS);
        assertThat(facts.get(1).note()).startsWith("Expected 2.60.");
    }

    @Test
    void facts_showADigestWholeAndInGroups() {
        engine.open();
        engine.begin("generate");
        engine.sensed("public_key", "Public key", ScriptedEngine.ROOT_KEY.hex());

        Fact fact = model.stateProperty().get().step().orElseThrow().facts().getFirst();

        assertThat(fact.text()).isEqualTo(ScriptedEngine.ROOT_KEY.grouped());
    }

    @Test
    void head_isTheLedgersRoot_afterEachEntry() {
        HeadView before = model.headProperty().get();

        engine.open();

        HeadView after = model.headProperty().get();
        assertThat(after.size()).isEqualTo(before.size() + 1);
        assertThat(after.root()).isEqualTo(bench.ledger.head().root());
        assertThat(after.spoken()).hasSize(12);
    }

    @Test
    void lines_sayEachEntryInWords_withTheNamesOfPeople() {
        engine.open();
        engine.rollCall();

        assertThat(model.lines())
                .extracting(LedgerLine::words)
                .contains("The ceremony was opened", "Step 1.2 began: Call the roll", "Amara Okafor arrived")
                .contains("Amara Okafor signed as witness");
        assertThat(model.lines().getFirst().number()).isEqualTo("#0002");
        assertThat(model.lines().getFirst().time()).matches("\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void entriesOfAnotherCeremony_areNotShown() {
        engine.open();
        int before = model.lines().size();

        bench.ledger.append(Draft.ofCeremony(
                EntryType.PAUSE,
                java.util.UUID.fromString("00000000-0000-4000-8000-00000000dead"),
                Json.obj().put("why", "another").build()));

        assertThat(model.lines()).hasSize(before);
        assertThat(model.stateProperty().get().status()).contains(Ceremony.Status.RUNNING);
    }

    @Test
    void aWindowThatOpensInTheMiddle_showsWhatOneShowsThatWasThereFromTheStart() {
        engine.open();
        engine.rollCall();
        engine.begin("clock");
        engine.sensed("clock", "Console clock", "14:03:41Z");

        var occasion =
                new Occasion(Demo.script(), Demo.site(Site.Mode.REHEARSAL), Demo.ROSTER, Optional.of(engine.id()));
        try (var late = new CeremonyViewModel(
                occasion, bench.ledger, bench.cards, new Hands(Runnable::run, Runnable::run, bench.now::get))) {
            assertThat(late.stateProperty().get().rail())
                    .isEqualTo(model.stateProperty().get().rail());
            assertThat(late.stateProperty().get().step())
                    .isEqualTo(model.stateProperty().get().step());
            assertThat(late.lines()).isEqualTo(model.lines());
        }
    }

    @Test
    void serial_isThatOfTheHsmTheStepIsAbout() {
        assertThat(model.stateProperty().get().serial()).isEmpty();
        engine.open();
        engine.begin("identify");
        engine.token();
        assertThat(model.stateProperty().get().serial()).contains("487213-A7");
        engine.end("done");

        engine.begin("initialise");
        engine.write(
                EntryType.STATEMENT,
                Json.obj()
                        .put("text", "x")
                        .put("act", Json.obj().put("token_role", "backup").build())
                        .build());

        assertThat(model.stateProperty().get().serial()).contains("487214-B2");
    }

    @Test
    void exceptions_areCounted() {
        engine.open();
        assertThat(model.stateProperty().get().exceptions()).isZero();

        engine.write(
                EntryType.EXCEPTION,
                Json.obj().put("number", 1).put("happened", "x").build());

        assertThat(model.stateProperty().get().exceptions()).isEqualTo(1);
    }

    @Test
    void people_areTheWholeRoster_untilTheRollIsCalled() {
        assertThat(model.stateProperty().get().people().candidates()).hasSize(5);

        engine.open();
        engine.write(
                EntryType.PARTICIPANT,
                Json.obj()
                        .put("event", "arrived")
                        .put("person", "weber")
                        .put("name", "Clara Weber")
                        .build());

        assertThat(model.stateProperty().get().people().candidates())
                .containsExactly(new People.Person("weber", "Clara Weber"));
        assertThat(model.stateProperty().get().people().present()).isEqualTo(1);
    }

    @Test
    void segments_nameEverybodyWhoCouldSign_andWhatBecameOfIt() {
        engine.open();
        engine.begin("initialise");
        engine.cosign(Demo.OKAFOR, "approve");
        engine.refuse(Demo.TANAKA, "wrong_pin");
        engine.cosign(Demo.LINDQVIST, "reject");
        Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER).with(Demo.OKAFOR);

        List<Segment> segments = model.segments(ScriptedEngine.cards(ScriptedEngine.statement(), tally));

        assertThat(segments)
                .extracting(Segment::name)
                .containsExactly("Amara Okafor", "Johan Lindqvist", "Mika Tanaka");
        assertThat(segments)
                .extracting(Segment::state)
                .containsExactly(Segment.State.APPROVED, Segment.State.REJECTED, Segment.State.REFUSED);
        assertThat(segments.get(0).text()).matches("signed \\d\\d:\\d\\d:\\d\\dZ");
        assertThat(segments.get(2).text()).isEqualTo("refused: wrong PIN");
    }

    @Test
    void segments_ofThisAttemptOnly() {
        engine.open();
        engine.begin("initialise");
        engine.refuse(Demo.TANAKA, "wrong_pin");
        engine.end("failed");
        engine.begin("initialise");

        List<Segment> segments = model.segments(
                ScriptedEngine.cards(ScriptedEngine.statement(), Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER)));

        assertThat(segments).extracting(Segment::state).containsOnly(Segment.State.NOT_YET);
    }

    @Test
    void cards_sayWhetherTheyCount() {
        Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER).with(Demo.OKAFOR);

        model.lookForCards(ScriptedEngine.cards(ScriptedEngine.statement(), tally));

        assertThat(model.cards())
                .extracting(CardItem::text)
                .containsExactly(
                        "Amara Okafor · card 0417 · has signed already",
                        "Johan Lindqvist · card 0418 · can sign",
                        "Mika Tanaka · card 0419 · can sign",
                        "Clara Weber · card 0512 · not of this quorum",
                        "Unknown holder · card 0999 · not on the roster");
        assertThat(model.cards()).extracting(CardItem::counts).containsExactly(false, true, true, false, false);
        assertThat(model.cards().get(2).tries()).startsWith("One PIN try left");
    }

    @Test
    void aCardThatIsBlocked_saysSo_whereItIsToSign() {
        bench.cards.put(List.of(new DemoCards.DemoCard("0418", Demo.LINDQVIST, 0)));

        model.lookForCards(
                ScriptedEngine.cards(ScriptedEngine.statement(), Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER)));

        assertThat(model.cards())
                .extracting(CardItem::text)
                .containsExactly("Johan Lindqvist · card 0418 · is blocked");
        assertThat(model.cards()).extracting(CardItem::counts).containsExactly(false);
    }

    @Test
    void cardThatCannotBeUsed_isExplained() {
        Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER);
        bench.cards.trouble(Problem.of("card.not_understood", "Reader A"));

        model.lookForCards(ScriptedEngine.cards(ScriptedEngine.statement(), tally));

        assertThat(model.cardTroubleProperty().get())
                .startsWith("The card in Reader A cannot be used.")
                .contains("use the card that was enrolled");
    }

    @Test
    void cardInAReaderWithKeys_saysWhereThePinIsTyped() {
        var help = new Card.PinHelp(0, 0, OptionalInt.of(1), Optional.empty(), true);

        var item = new CardItem(
                "0417", "Amara Okafor", "can sign", true, help, new DemoCards.DemoCard("0417", Demo.OKAFOR, 1));

        assertThat(item.tries())
                .isEqualTo("The PIN is typed on the keys of the reader."
                        + " One PIN try left, then the card blocks itself");
    }

    @Test
    void cards_thatReadTheSame_keepTheirPlace_butTheNewestCardSigns() throws Exception {
        var first = new DemoCards.DemoCard("0417", Demo.OKAFOR, 3);
        var second = new DemoCards.DemoCard("0417", Demo.OKAFOR, 3);
        Question.PresentCard question =
                ScriptedEngine.cards(ScriptedEngine.statement(), Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER));
        bench.cards.put(List.of(first));
        model.lookForCards(question);
        CardItem shown = model.cards().getFirst();
        bench.cards.put(List.of(second));
        model.lookForCards(question);
        assertThat(model.cards().getFirst()).isSameAs(shown);

        var answer = bench.ask(question);
        await();
        model.approve(question, shown, Secret.ofChars("110417".toCharArray()));

        Answer<Presented> given = answer.get(60, TimeUnit.SECONDS);
        assertThat(given).isInstanceOf(Answer.Given.class);
        assertThat(((Answer.Given<Presented>) given).value().card()).isSameAs(second);
    }

    @Test
    void reject_carriesTheReasonAndThePin() throws Exception {
        Question.PresentCard question =
                ScriptedEngine.cards(ScriptedEngine.statement(), Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER));
        model.lookForCards(question);
        var answer = bench.ask(question);
        await();

        model.reject(question, model.cards().getFirst(), Secret.ofChars("110417".toCharArray()), "wrong serial");

        Answer<Presented> given = answer.get(60, TimeUnit.SECONDS);
        assertThat(((Answer.Given<Presented>) given).value())
                .isInstanceOfSatisfying(Presented.Rejects.class, rejects -> {
                    assertThat(rejects.because()).isEqualTo("wrong serial");
                    assertThat(rejects.pin().length()).isEqualTo(6);
                });
    }

    @Test
    void view_showsAnEarlierStep_andNeverWritesAnything() {
        engine.open();
        engine.begin("identify");
        engine.token();
        engine.end("overridden");
        engine.begin("initialise");
        long size = bench.ledger.head().size();

        model.view("identify");

        StepPage page = model.viewingProperty().get().orElseThrow();
        assertThat(page.title()).isEqualTo("Identify the primary HSM");
        assertThat(page.status()).startsWith("overridden ");
        assertThat(page.facts()).hasSize(2);
        assertThat(page.lines()).hasSize(4);
        assertThat(bench.ledger.head().size()).isEqualTo(size);
        model.backToCurrent();
        assertThat(model.viewingProperty().get()).isEmpty();
    }

    @Test
    void close_endsTheSubscription_andPausesTheEngine() throws Exception {
        var answer = bench.ask(ScriptedEngine.seal());
        await();

        model.close();
        engine.open();

        assertThat(answer.get(60, TimeUnit.SECONDS)).isInstanceOf(Answer.Pause.class);
        assertThat(model.lines()).isEmpty();
    }

    @Test
    void scriptDigest_isThatOfTheFile() {
        assertThat(model.scriptDigest())
                .isEqualTo(Digest.of("the bytes of the script".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private void await() {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (model.desk().questionProperty().get().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private List<RailStep> steps() {
        return model.stateProperty().get().rail().stream()
                .flatMap(act -> act.steps().stream())
                .toList();
    }

    private RailStep step(String id) {
        return steps().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    }
}
