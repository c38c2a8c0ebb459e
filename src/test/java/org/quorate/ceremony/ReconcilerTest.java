package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Reconcile;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ceremony.TestHsm.Effect;
import org.quorate.ceremony.TestHsm.Fault;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ceremony.TestHsm.Reply;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.Token;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// What the console says became of an act whose outcome nobody knows, for every operation there is.
class ReconcilerTest {
    private static final String TRANSPORT =
            step("generate_key_pair", "transport", "key: transport", "token: backup", "quorum: officers");
    private static final String TRUST =
            step("import_trusted_key", "trust", "key: transport", "from: backup", "to: primary", "quorum: officers");
    private static final String WRAPPING =
            step("generate_secret_key", "wrapping", "key: wrapping", "token: primary", "quorum: officers");
    private static final String TRANSFER = step(
            "transfer_key",
            "transfer",
            "key: wrapping",
            "under: transport",
            "from: primary",
            "to: backup",
            "quorum: officers");
    private static final String ROOT =
            step("generate_key_pair", "root", "key: root", "token: primary", "quorum: officers");

    private static final Map<String, List<String>> STEPS = Map.of(
            Operation.INITIALISE.wire(),
            List.of(step(
                    "initialise_token",
                    "last",
                    "token: primary",
                    "label: fresh",
                    "quorum: officers",
                    "so_pin_by: security_officer",
                    "user_pin_by: officer")),
            Operation.GENERATE_KEY_PAIR.wire(),
            List.of(step("generate_key_pair", "last", "key: root", "token: primary", "quorum: officers")),
            Operation.GENERATE_KEY.wire(),
            List.of(step("generate_secret_key", "last", "key: wrapping", "token: primary", "quorum: officers")),
            Operation.IMPORT_PUBLIC_KEY.wire(),
            List.of(TRANSPORT, TRUST.replace("id: trust", "id: last")),
            Operation.TRANSFER.wire(),
            List.of(TRANSPORT, TRUST, WRAPPING, TRANSFER.replace("id: transfer", "id: last")),
            Operation.FORBID_EXTRACTION.wire(),
            List.of(
                    WRAPPING,
                    ROOT,
                    step("forbid_extraction", "last", "key: root", "token: primary", "quorum: officers")),
            Operation.DESTROY.wire(),
            List.of(
                    TRANSPORT,
                    TRUST,
                    step("destroy_key", "last", "key: transport", "tokens: [primary, backup]", "quorum: officers")),
            Operation.SIGN_CERTIFICATE.wire(),
            List.of(
                    ROOT,
                    step(
                            "issue_root_certificate",
                            "last",
                            "key: root",
                            "token: primary",
                            "subject: CN=Test,O=Nobody,C=DE",
                            "years: 10",
                            "quorum: officers")));

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    private TestRoom room(String operation) {
        opened = Optional.of(new TestRoom(folder, STEPS.get(operation).toArray(String[]::new)));
        return opened.get();
    }

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    /// Lets `happening` come about once, as soon as the intent of the last step is durable.
    private static void afterIntent(TestRoom room, Runnable happening) {
        var happened = new AtomicBoolean();
        room.ledger.onAppend(entry -> {
            if (entry.is(EntryType.INTENT)
                    && entry.step().equals(Optional.of("last"))
                    && happened.compareAndSet(false, true)) {
                happening.run();
            }
        });
    }

    private static void fault(TestRoom room, Effect effect, Reply reply) {
        afterIntent(room, () -> room.hsm.fault = Optional.of(new Fault(effect, reply)));
    }

    private static Reconcile asked(TestRoom room) {
        assertThat(room.front.count(Reconcile.class)).isEqualTo(1);
        return room.front.asked.stream()
                .filter(Reconcile.class::isInstance)
                .map(Reconcile.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /// A tried destruction of the first of three objects is the case of half done; the others are in the table.
    @ParameterizedTest(name = "{0}, {1} done: {2}")
    @CsvSource({
        "initialise, NOTHING, not_done",
        "initialise, HALF, partial",
        "initialise, ALL, undecidable",
        "generate_key_pair, NOTHING, not_done",
        "generate_key_pair, HALF, partial",
        "generate_key_pair, ALL, done",
        "generate_key, NOTHING, not_done",
        "generate_key, ALL, done",
        "import_public_key, NOTHING, not_done",
        "import_public_key, ALL, done",
        "transfer, NOTHING, not_done",
        "transfer, ALL, done",
        "forbid_extraction, NOTHING, not_done",
        "forbid_extraction, ALL, done",
        "destroy, NOTHING, not_done",
        "destroy, ALL, partial",
        "sign_certificate, NOTHING, undecidable",
        "sign_certificate, ALL, undecidable"
    })
    void killedInTheAct_theFindingIsWhatTheTokenShows_andTheStepEndsWell(
            String operation, Effect effect, String finding) {
        TestRoom room = room(operation);
        fault(room, effect, Reply.KILLED);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        assertThat(room.now().openIntents()).hasSize(1);
        boolean again = !finding.equals("done");
        if (again) {
            room.front.thenGive(Choose.class, "retry");
        }

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(asked(room).finding()).isEqualTo(finding);
        Json.Obj reconcile = room.entries(EntryType.RECONCILE).getFirst().data();
        assertThat(reconcile.string("finding")).isEqualTo(finding);
        assertThat(reconcile.object("evidence").strings("seen")).isNotEmpty();
        assertThat(room.now().openIntents()).isEmpty();
        assertThat(room.now().attempts("last")).hasSize(again ? 2 : 1);
        assertThat(room.now().finished("last")).isTrue();
    }

    @Test
    void destroyThatTookOneHalfOfAPair_isPartial() {
        TestRoom room = new TestRoom(
                folder, ROOT, step("destroy_key", "last", "key: root", "tokens: [primary]", "quorum: officers"));
        opened = Optional.of(room);
        fault(room, Effect.ALL, Reply.KILLED);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        assertThat(room.hsm.token("S1").kinds()).hasSize(1);
        room.front.thenGive(Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(asked(room).finding()).isEqualTo("partial");
        assertThat(room.hsm.token("S1").kinds()).isEmpty();
    }

    private static final String CHANGE = step("change_pin", "last", "token: primary", "pin: user", "quorum: officers");
    private static final String NEW_PIN = "33334444";

    private TestRoom changing(Effect effect) {
        TestRoom room = new TestRoom(folder, CHANGE);
        opened = Optional.of(room);
        fault(room, effect, Reply.KILLED);
        pins(room, TestHsm.PIN, NEW_PIN);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        return room;
    }

    private static void pins(TestRoom room, String... pins) {
        for (String pin : pins) {
            room.front.thenGive(Question.EnterSecret.class, room.front.secret(pin));
        }
    }

    @Test
    void pinThatWasChanged_logsIn_andTheStepGoesOn() {
        TestRoom room = changing(Effect.ALL);
        pins(room, NEW_PIN, NEW_PIN);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(asked(room).finding()).isEqualTo("done");
        assertThat(room.now().attempts("last")).hasSize(1);
        assertThat(room.observed("pin_changed")).hasSize(1);
        assertThat(room.now().entries()).noneMatch(entry -> entry.data().text().contains(NEW_PIN));
    }

    @Test
    void pinThatWasNotChanged_isFoundByTheOldOne_andChangedInASecondAttempt() {
        TestRoom room = changing(Effect.NOTHING);
        pins(room, NEW_PIN, TestHsm.PIN, TestHsm.PIN, NEW_PIN);
        room.front.thenGive(Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(asked(room).finding()).isEqualTo("not_done");
        assertThat(room.now().attempts("last")).hasSize(2);
        assertThat(room.hsm.token("S1").open(new Token.Login.User(room.front.secret(NEW_PIN))))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void pinOfWhichTheNextWrongOneWouldBeTheLast_isNotTried() {
        TestRoom room = changing(Effect.ALL);
        room.hsm.token("S1").moreFlags = Set.of("CKF_USER_PIN_FINAL_TRY");
        room.front.thenGive(Choose.class, "abort");
        long before = room.front.count(Question.EnterSecret.class);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(asked(room).finding()).isEqualTo("undecidable");
        assertThat(room.front.count(Question.EnterSecret.class)).isEqualTo(before);
    }

    @Test
    void destroyOfEverything_isDone() {
        TestRoom room = new TestRoom(
                folder,
                WRAPPING,
                step("destroy_key", "last", "key: wrapping", "tokens: [primary]", "quorum: officers"));
        opened = Optional.of(room);
        fault(room, Effect.ALL, Reply.KILLED);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(asked(room).finding()).isEqualTo("done");
        assertThat(room.now().attempts("last")).hasSize(1);
    }

    @Test
    void orphanedHalf_isDestroyedWithAQuorumOfItsOwn_beforeTheNextAttempt() {
        TestRoom room = room(Operation.GENERATE_KEY_PAIR.wire());
        fault(room, Effect.HALF, Reply.KILLED);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        room.front.thenGive(Choose.class, "retry");

        room.conduct();

        List<Json.Obj> intents = room.now()
                .latest("last")
                .orElseThrow()
                .of(EntryType.INTENT)
                .map(Entry::data)
                .toList();
        assertThat(intents)
                .extracting(intent -> intent.string("op"))
                .containsExactly(Operation.DESTROY.wire(), Operation.GENERATE_KEY_PAIR.wire());
        assertThat(intents)
                .allSatisfy(intent -> assertThat(intent.array("quorum")).hasSize(2));
        assertThat(intents).extracting(intent -> intent.string("cka_id")).doesNotHaveDuplicates();
        assertThat(room.hsm.token("S1").kinds()).containsExactly(ObjectClass.PUBLIC_KEY, ObjectClass.PRIVATE_KEY);
        assertThat(room.now().keyOn("root", "primary").orElseThrow().hex())
                .isEqualTo(intents.getLast().string("cka_id"));
    }

    @Test
    void whatPeopleDoNotAccept_isUndecidable_withTheirWords() {
        TestRoom room = room(Operation.GENERATE_KEY_PAIR.wire());
        fault(room, Effect.ALL, Reply.KILLED);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        room.front
                .thenGive(Reconcile.class, new Verdict.No("The serial on the plate is another one."))
                .thenGive(Choose.class, "retry");

        room.conduct();

        Json.Obj reconcile = room.entries(EntryType.RECONCILE).getFirst().data();
        assertThat(reconcile.string("finding")).isEqualTo("undecidable");
        assertThat(reconcile.object("evidence").strings("seen").getLast())
                .endsWith("The serial on the plate is another one.");
    }

    @Test
    void hostThatWasLost_isReconciledInTheSameAttempt() {
        TestRoom room = room(Operation.GENERATE_KEY_PAIR.wire());
        fault(room, Effect.ALL, Reply.UNKNOWN);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.entries(EntryType.OUTCOME).getFirst().data().string("result"))
                .isEqualTo("unknown");
        assertThat(asked(room).finding()).isEqualTo("done");
        assertThat(room.now().attempts("last")).hasSize(1);
    }

    @Test
    void pauseAtTheReconcilePage_asksItAgainAndNothingElse() {
        TestRoom room = room(Operation.GENERATE_KEY_PAIR.wire());
        fault(room, Effect.ALL, Reply.UNKNOWN);
        room.front.then(Reconcile.class, new Answer.Pause<>("the vendor is called"));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.count(Reconcile.class)).isEqualTo(2);
        assertThat(room.entries(EntryType.RECONCILE)).hasSize(1);
        assertThat(room.entries(EntryType.INTENT)).hasSize(1);
    }

    @Test
    void tokenThatCannotBeLookedAt_isLookedForUntilItIsThere() {
        TestRoom room = room(Operation.GENERATE_KEY_PAIR.wire());
        fault(room, Effect.ALL, Reply.KILLED);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        var missing = room.hsm.present.removeFirst();
        room.front.onNotice = () -> room.hsm.present.addFirst(missing);
        room.front.thenGive(Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsExactly("ceremony.token_absent");
        assertThat(asked(room).finding()).isEqualTo("done");
    }

    @Test
    void tokenThatNeverComesBack_leavesTheActUndecidable() {
        TestRoom room = room(Operation.GENERATE_KEY_PAIR.wire());
        fault(room, Effect.ALL, Reply.KILLED);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        room.hsm.present.removeFirst();
        room.front.thenGive(Choose.class, "undecidable").then(Choose.class, new Answer.Abort<>("the HSM burned down"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.entries(EntryType.RECONCILE).getFirst().data().string("finding"))
                .isEqualTo("undecidable");
        assertThat(room.now().openIntents()).isEmpty();
    }

    @Test
    void tokenThatWentAwayInTheMiddle_leavesAnUnknownOutcome_thatIsLookedAtBeforeAnythingElse() {
        TestRoom room = room(Operation.DESTROY.wire());
        var missing = room.hsm.token("S2");
        afterIntent(room, () -> room.hsm.present.remove(missing));
        room.front.onNotice = () -> {
            if (!room.hsm.present.contains(missing)) {
                room.hsm.present.add(missing);
            }
        };
        room.front.thenGive(Choose.class, "retry").thenGive(Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        StepRun first = room.now().attempts("last").getFirst();
        Entry intent = first.of(EntryType.INTENT).findFirst().orElseThrow();
        assertThat(first.settlement(intent).orElseThrow().data().string("finding"))
                .isEqualTo("partial");
        assertThat(room.now().attempts("last")).hasSize(2);
        assertThat(room.hsm.token("S1").kinds()).isEmpty();
        assertThat(missing.kinds()).isEmpty();
    }
}
