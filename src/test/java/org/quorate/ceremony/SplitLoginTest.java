package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.OpenShare;
import org.quorate.ceremony.Question.PresentCard;
import org.quorate.ceremony.Question.Reconcile;
import org.quorate.ceremony.TestHsm.Effect;
import org.quorate.ceremony.TestHsm.Fault;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ceremony.TestHsm.Reply;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// A PIN that two of three officers open, wherever a login is broken off.
class SplitLoginTest {
    private static final String SPLIT =
            step("change_pin", "split", "token: primary", "pin: user", "quorum: officers", "split: officers");
    private static final String USE = use("use");

    private static String use(String id) {
        return step("generate_key_pair", id, "key: root", "token: primary", "quorum: officers");
    }

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    private TestRoom room(String... steps) {
        opened = Optional.of(new TestRoom(folder, steps));
        return opened.get();
    }

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    private static List<Long> inForce(TestRoom room) {
        return new SplitPins(room.ledger).inForce("S1", PinKind.USER);
    }

    /// As soon as such an intent is durable, once.
    private static void after(TestRoom room, Predicate<Entry> wanted, Runnable happening) {
        var happened = new AtomicBoolean();
        room.ledger.onAppend(entry -> {
            if (wanted.test(entry) && happened.compareAndSet(false, true)) {
                happening.run();
            }
        });
    }

    private static Predicate<Entry> replacing(long generation) {
        return entry -> entry.is(EntryType.INTENT)
                && entry.data().object("template").has("generation")
                && entry.data().object("template").integer("generation") == generation;
    }

    private static void fault(TestRoom room, long generation, Effect effect, Reply reply) {
        after(room, replacing(generation), () -> room.hsm.fault = Optional.of(new Fault(effect, reply)));
    }

    private static void killedAfter(TestRoom room, Predicate<Draft> last) {
        room.books = Trap.onEntry(last, Trap.Where.AFTER).around(room.ledger);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        room.books = room.ledger;
    }

    private static boolean logsIn(TestRoom room, String pin) {
        return room.hsm.token("S1").open(new Token.Login.User(room.front.secret(pin))) instanceof Outcome.Done;
    }

    @Test
    void pinThatIsSplit_isProven_opensForTwo_andServesOneStep() {
        TestRoom room = room(SPLIT, USE, use("again"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("sealing_key")).hasSize(3);
        assertThat(room.observed("shares_proven")).hasSize(1);
        // Three to prove that each opens, and two for each of the two steps that log in.
        assertThat(room.observed("share_opened")).hasSize(3 + 2 + 2);
        assertThat(room.observed("pin_shares"))
                .extracting(data -> data.object("detail").integer("generation"))
                .containsExactly(1L, 2L, 3L);
        assertThat(inForce(room)).containsExactly(3L);
        assertThat(room.hsm.pinsSet).hasSize(3).doesNotHaveDuplicates();
        assertThat(logsIn(room, room.hsm.pinsSet.get(1))).isFalse();
        assertThat(logsIn(room, room.hsm.pinsSet.get(2))).isTrue();
        // The old PIN once; nobody types a PIN of the token after that.
        assertThat(room.front.count(Question.EnterSecret.class)).isEqualTo(1);
        List<Json.Obj> replaced = room.entries(EntryType.INTENT).stream()
                .map(Entry::data)
                .filter(data -> data.string("op").equals("change_pin"))
                .toList();
        assertThat(replaced)
                .hasSize(3)
                .allSatisfy(intent -> assertThat(intent.array("quorum")).hasSize(2));
    }

    /// Not only at the end of the ceremony: whoever reads the memory in the next step finds neither PIN nor share.
    @Test
    void pinAndShares_areGoneFromMemory_whenTheirStepIsOver() {
        TestRoom room = room(SPLIT, USE, use("again"));
        int before = Secret.unwiped();
        var left = new ArrayList<Integer>();
        room.ledger.onAppend(entry -> {
            if (entry.is(EntryType.STEP_START)) {
                left.add(Secret.unwiped() - before);
            }
        });

        room.conduct();

        assertThat(left).containsExactly(0, 0, 0);
    }

    @Test
    void noPin_everStandsInTheLedgersFile_orInAnArtefact() throws IOException {
        TestRoom room = room(SPLIT, USE);
        room.conduct();
        String file = Files.readString(folder.resolve("ledger.db"), StandardCharsets.ISO_8859_1);

        assertThat(room.hsm.pinsSet).hasSize(2);
        for (String pin : room.hsm.pinsSet) {
            byte[] bytes = pin.getBytes(StandardCharsets.US_ASCII);
            assertThat(file)
                    .doesNotContain(pin)
                    .doesNotContain(java.util.HexFormat.of().formatHex(bytes))
                    .doesNotContain(java.util.Base64.getEncoder().encodeToString(bytes))
                    .doesNotContain(org.quorate.base.Digest.of(bytes).hex());
        }
        // What must be found shows that such a search can find.
        assertThat(file).contains("pin_shares");
        assertThat(room.front.pins)
                .allSatisfy(pin -> assertThatThrownBy(pin::length).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void laterCeremony_findsTheSharesInTheLedger() {
        TestRoom room = room(SPLIT);
        room.conduct();
        var other = UUID.fromString("cccccccc-0000-4000-8000-000000000002");

        assertThat(room.conduct(other, TestRoom.script(USE))).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(inForce(room)).containsExactly(2L);
        assertThat(room.front.count(Question.EnterSecret.class)).isEqualTo(1);
    }

    @Test
    void killedWhileThePinIsReplaced_theSharesOpenTheOneThatTheTokenHas() {
        for (Effect effect : List.of(Effect.ALL, Effect.NOTHING)) {
            folder = folder.resolve(effect.name());
            assertThat(folder.toFile().mkdirs()).isTrue();
            TestRoom room = room(SPLIT, USE, use("again"));
            fault(room, 2, effect, Reply.KILLED);
            assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
            assertThat(inForce(room)).containsExactly(2L, 1L);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.entries(EntryType.RECONCILE).getFirst().data().string("finding"))
                    .isEqualTo(effect == Effect.ALL ? "done" : "not_done");
            assertThat(room.now().attempts("use")).hasSize(1);
            assertThat(room.front.count(Question.EnterSecret.class)).isEqualTo(1);
            assertThat(inForce(room)).hasSize(1);
            assertThat(logsIn(room, room.hsm.pinsSet.getLast())).isTrue();
            room.close();
            opened = Optional.empty();
        }
    }

    @Test
    void killedBetweenTheSharesAndTheAct_theOlderPinHolds() {
        TestRoom room = room(SPLIT, USE, use("again"));
        killedAfter(
                room,
                draft -> draft.data().optionalString("name").equals(Optional.of("pin_shares"))
                        && draft.data().object("detail").integer("generation") == 2);
        assertThat(inForce(room)).containsExactly(1L);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        // The number of the shares that were never in force is not given again.
        assertThat(inForce(room)).containsExactly(4L);
        assertThat(room.entries(EntryType.RECONCILE)).isEmpty();
    }

    @Test
    void pinThatCouldMeetItsLastTry_isNotTried() {
        TestRoom room = room(SPLIT, USE);
        fault(room, 2, Effect.ALL, Reply.KILLED);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        room.hsm.token("S1").moreFlags = Set.of("CKF_USER_PIN_FINAL_TRY");
        long before = room.front.count(OpenShare.class);
        room.front.thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.count(OpenShare.class)).isEqualTo(before);
        assertThat(room.entries(EntryType.RECONCILE).getFirst().data().string("finding"))
                .isEqualTo("undecidable");
        assertThat(inForce(room)).containsExactly(2L, 1L);
    }

    @Test
    void pinThatNobodyIsSureOf_isTriedNewestFirst_thenTheOlder() {
        TestRoom room = room(SPLIT, USE, use("again"));
        fault(room, 2, Effect.NOTHING, Reply.UNKNOWN);
        room.front.thenGive(Reconcile.class, new Question.Verdict.No("We do not trust the screen."));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("token_pin_refused")).hasSize(1);
        assertThat(room.observed("pin_not_replaced")).hasSize(1);
        assertThat(inForce(room)).hasSize(1);
        assertThat(logsIn(room, room.hsm.pinsSet.getLast())).isTrue();
    }

    @Test
    void pinThatSomebodyChangedBehindTheConsole_isTriedOnce_andNotAgainByARetry() {
        TestRoom room = room(SPLIT, USE);
        after(room, entry -> entry.is(EntryType.STEP_START) && entry.step().equals(Optional.of("use")), () -> {
            var pins = List.copyOf(room.hsm.pinsSet);
            room.hsm
                    .token("S1")
                    .changePin(PinKind.USER, room.front.secret(pins.getLast()), room.front.secret("99998888"));
        });
        room.front.thenGive(Choose.class, "retry").thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.observed("token_pin_refused")).hasSize(1);
        assertThat(room.front.problems())
                .filteredOn("ceremony.split_pin_refused"::equals)
                .hasSize(2);
    }

    @Test
    void replacementThatIsRefused_isADeviation_andTheOlderSharesStayOfUse() {
        TestRoom room = room(SPLIT, USE, use("again"));
        fault(room, 2, Effect.NOTHING, Reply.REFUSED);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("pin_not_replaced"))
                .singleElement()
                .satisfies(data -> assertThat(data.string("verdict")).isEqualTo("differs"));
        assertThat(room.now().attempts("use")).hasSize(1);
        assertThat(inForce(room)).containsExactly(3L);
    }

    @Test
    void pauseBetweenTwoCards_keepsSignatures_andAsksForSharesAgain() {
        TestRoom room = room(SPLIT, USE);
        after(
                room,
                entry -> entry.is(EntryType.OBSERVATION)
                        && entry.step().equals(Optional.of("use"))
                        && entry.data().string("name").equals("share_opened"),
                () -> room.front.then(OpenShare.class, new Answer.Pause<>("lunch")));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        StepRun use = room.now().latest("use").orElseThrow();
        assertThat(use.of(EntryType.COSIGN))
                .as("two approve the key, two the login")
                .hasSize(4);
        assertThat(use.of(EntryType.OBSERVATION)
                        .filter(e -> e.data().string("name").equals("share_opened")))
                .hasSize(3);
    }

    @Test
    void pauseAfterALogin_replacesThePinFirst() {
        TestRoom room = room(SPLIT, USE, step("read_fingerprint", "read", "key: root", "token: primary"));
        room.front.then(Question.Compare.class, new Answer.Pause<>("lunch"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

        assertThat(inForce(room)).containsExactly(3L);
        assertThat(room.now().entries().getLast().type()).isEqualTo(EntryType.PAUSE);
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
        assertThat(inForce(room)).containsExactly(4L);
    }

    @Test
    void cardWithoutAShare_wrongPin_andRejection_areOnRecord_andTheOthersSuffice() {
        TestRoom room = room(SPLIT, USE);
        after(
                room,
                entry -> entry.is(EntryType.STEP_START) && entry.step().equals(Optional.of("use")),
                () -> room.front
                        .then(OpenShare.class, given(room, room.wil, TestCard.PIN))
                        .then(OpenShare.class, given(room, room.ann, "000000"))
                        .thenGive(
                                OpenShare.class,
                                new Presented.Rejects(
                                        room.bob, room.front.secret(TestCard.PIN), "I was not told why.")));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("card_refused"))
                .extracting(data -> data.object("detail").string("reason"))
                .containsExactly("not_on_roster", "wrong_pin");
        assertThat(room.observed("rejection")).hasSize(1);
        assertThat(inForce(room)).containsExactly(2L);
    }

    private static Answer<?> given(TestRoom room, TestCard card, String pin) {
        return new Answer.Given<>(new Presented.Approves(card, room.front.secret(pin)));
    }

    @Test
    void tooManyRejections_endTheStep_andNothingIsOpened() {
        TestRoom room = room(SPLIT, USE);
        after(room, entry -> entry.is(EntryType.STEP_START) && entry.step().equals(Optional.of("use")), () -> {
            for (TestCard card : List.of(room.ann, room.bob)) {
                room.front.thenGive(
                        OpenShare.class, new Presented.Rejects(card, room.front.secret(TestCard.PIN), "Not today."));
            }
        });
        room.front.thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).contains("ceremony.quorum_rejected");
        assertThat(inForce(room)).containsExactly(1L);
    }

    @Test
    void cardWithoutAKeyForSealedThings_isNamed_andNothingIsChanged() {
        TestRoom room = room(SPLIT);
        var key = room.bob.sealing;
        room.bob.sealing = Optional.empty();
        room.front.onNotice = () -> room.bob.sealing = key;

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsExactly("ceremony.card.no_sealing_key");
        assertThat(inForce(room)).containsExactly(1L);
    }

    @Test
    void shareThatDoesNotOpen_isFoundBeforeThePinIsSet() {
        TestRoom room = room(SPLIT);
        after(
                room,
                entry -> entry.is(EntryType.OBSERVATION)
                        && entry.data().string("name").equals("pin_shares"),
                () -> {
                    // Another card lies under the same name and key.
                    room.cem.exchangeSealing();
                    room.front.onNotice = () -> room.front.then(OpenShare.class, new Answer.Abort<>("it never opens"));
                });

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.observed("card_refused"))
                .singleElement()
                .satisfies(data ->
                        assertThat(data.object("detail").string("person")).isEqualTo("cem"));
        assertThat(inForce(room)).containsExactly(SplitPins.TYPED);
        assertThat(room.hsm.pinsSet).isEmpty();
    }

    @Test
    void stopAfterThePinWasMade_makesAnotherOneInASecondAttempt() {
        TestRoom room = room(SPLIT);
        killedAfter(room, draft -> draft.type() == EntryType.STATEMENT);
        room.front.thenGive(Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsExactly("ceremony.split_pin_forgotten");
        assertThat(inForce(room)).containsExactly(2L);
        assertThat(room.front.count(PresentCard.class)).isGreaterThan(6);
    }

    @Test
    void pinThatWasSplit_canBeTypedAgain_andBeSplitAnew() {
        TestRoom room = room(
                SPLIT,
                step("change_pin", "typed", "token: primary", "pin: user", "quorum: officers"),
                SPLIT.replace("id: split", "id: anew"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(inForce(room)).hasSize(1);
        assertThat(room.hsm.pinsSet).hasSize(3);
        assertThat(logsIn(room, room.hsm.pinsSet.getLast())).isTrue();
    }

    @Test
    void initialisation_splitsTheUserPin_andTheSoPinStaysTyped() {
        TestRoom room = room(
                step(
                        "initialise_token",
                        "init",
                        "token: primary",
                        "label: fresh",
                        "quorum: officers",
                        "so_pin_by: witness",
                        "user_pin_by: {split: officers}"),
                USE);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(inForce(room)).containsExactly(2L);
        assertThat(new SplitPins(room.ledger).inForce("S1", PinKind.SECURITY_OFFICER))
                .containsExactly(SplitPins.TYPED);
    }

    /// Whichever of the two PINs is split, and whenever.
    @Test
    void personWhoHasSharesOfTheOtherPin_stopsItToo() {
        TestRoom first = room(step(
                "initialise_token",
                "init",
                "token: primary",
                "label: fresh",
                "quorum: officers",
                "so_pin_by: {split: officers}",
                "user_pin_by: officer"));
        first.front.thenGive(Choose.class, "abort");
        assertThat(first.conduct()).isEqualTo(Conductor.Ending.ABORTED);
        assertThat(first.front.problems()).containsExactly("ceremony.split_shared");
        assertThat(first.hsm.pinsSet).isEmpty();
        first.close();

        folder = folder.resolve("later");
        assertThat(folder.toFile().mkdirs()).isTrue();
        TestRoom later = room(
                SPLIT, step("change_pin", "so", "token: primary", "pin: so", "quorum: officers", "split: officers"));
        later.front.thenGive(Choose.class, "abort");
        assertThat(later.conduct()).isEqualTo(Conductor.Ending.ABORTED);
        assertThat(later.front.problems()).containsExactly("ceremony.split_shared");
    }

    @Test
    void personWhoWouldHaveBothPins_stopsIt() {
        TestRoom room = room(step(
                "initialise_token",
                "init",
                "token: primary",
                "label: fresh",
                "quorum: officers",
                "so_pin_by: security_officer",
                "user_pin_by: {split: officers}"));
        room.front.thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).containsExactly("ceremony.split_shared");
    }
}
