package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Commit;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ceremony.Question.EnterSecret;
import org.quorate.ceremony.Question.Reconcile;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ceremony.TestHsm.Effect;
import org.quorate.ceremony.TestHsm.Fault;
import org.quorate.ceremony.TestHsm.Reply;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// What a step gets from people and from the HSM, and what becomes of it when they do otherwise than wished.
class StageTest {
    private static final ExceptionSheet SHEET =
            new ExceptionSheet("A closed door", "It stood open", "It was closed again", "ann", "wil");

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    private TestRoom room(String... steps) {
        opened = Optional.of(new TestRoom(folder, steps));
        return opened.get();
    }

    private TestRoom confirming() {
        return room(step("confirm", "door", "statement: The door is closed.", "enter: [{name: bag, label: The bag}]"));
    }

    private TestRoom generating() {
        return room(step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"));
    }

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    @Test
    void noToAConfirmation_failsTheAttempt_andTheNextIsAskedAfresh() {
        TestRoom room = confirming();
        room.front.thenGive(Confirm.class, new Verdict.No("It stands open.")).thenGive(Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().attempts("door"))
                .extracting(StepRun::status)
                .containsExactly(StepRun.Status.FAILED, StepRun.Status.DONE);
        assertThat(room.observed("confirmed").getFirst().string("because")).isEqualTo("It stands open.");
        assertThat(room.front.count(Enter.class)).isEqualTo(2);
    }

    @Test
    void override_needsAnExceptionSheet_andStaysVisible() {
        TestRoom room = confirming();
        room.front
                .thenGive(Confirm.class, new Verdict.No("It stands open."))
                .thenGive(Choose.class, "override")
                .then(Choose.class, new Answer.RecordException<>(SHEET))
                .thenGive(Choose.class, "override");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems())
                .containsExactly("ceremony.not_so", "ceremony.override_needs_sheet", "ceremony.not_so");
        assertThat(room.now().latest("door").orElseThrow().status()).isEqualTo(StepRun.Status.OVERRIDDEN);
        assertThat(room.entries(EntryType.STEP_END)
                        .getFirst()
                        .data()
                        .object("problem")
                        .string("problem"))
                .isEqualTo("ceremony.not_so");
        assertThat(room.entries(EntryType.EXCEPTION).getFirst().data().integer("number"))
                .isEqualTo(1);
    }

    @Test
    void refusalOfTheHsm_offersNoOverride() {
        TestRoom room = generating();
        room.hsm.fault = Optional.of(new Fault(Effect.NOTHING, Reply.REFUSED));
        room.front.thenGive(Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Choose choice = room.front.asked.stream()
                .filter(Choose.class::isInstance)
                .map(Choose.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(choice.options()).extracting(Question.Option::id).containsExactly("retry", "abort");
        assertThat(room.now().attempts("make"))
                .extracting(StepRun::status)
                .containsExactly(StepRun.Status.FAILED, StepRun.Status.DONE);
        assertThat(room.entries(EntryType.OUTCOME))
                .extracting(e -> e.data().string("result"))
                .containsExactly("refused", "done");
        assertThat(room.front.count(Reconcile.class)).isZero();
    }

    @Test
    void abortAfterAFailure_endsTheCeremonyForGood() {
        TestRoom room = confirming();
        room.front.thenGive(Confirm.class, new Verdict.No("No.")).thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.now().status()).isEqualTo(Ceremony.Status.ABORTED);
        assertThat(room.now().complete()).isTrue();
        List<Entry> entries = room.now().entries();
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);
        assertThat(room.now().entries()).isEqualTo(entries);
    }

    @Test
    void exception_isRecorded_andTheSameQuestionComesAgain() {
        TestRoom room = confirming();
        room.front.then(Enter.class, new Answer.RecordException<>(SHEET));

        room.conduct();

        assertThat(room.front.asked.get(0)).isEqualTo(room.front.asked.get(1));
        assertThat(room.entries(EntryType.EXCEPTION).getFirst().step()).contains("door");
        assertThat(room.entries(EntryType.EXCEPTION).getFirst().data().string("decided"))
                .isEqualTo("It was closed again");
    }

    @Test
    void stepThatChangedAnHsm_isFollowedByACheckpointOverIt() {
        TestRoom room = generating();

        room.conduct();

        List<Entry> entries = room.now().entries();
        Entry end = room.entries(EntryType.STEP_END).getFirst();
        Entry after = entries.get(entries.indexOf(end) + 1);
        assertThat(after.type()).isEqualTo(EntryType.CHECKPOINT);
        assertThat(Checkpoint.parse(after.data().string("note")).orElseThrow().size())
                .isEqualTo(end.seq() + 1);
    }

    @Test
    void abort_isOnRecordWithItsReason() {
        TestRoom room = confirming();
        room.front.then(Confirm.class, new Answer.Abort<>("fire alarm"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.entries(EntryType.ABORT).getFirst().data().string("why"))
                .isEqualTo("fire alarm");
    }

    @Test
    void aborted_leavesARecord_anchorsAndALastCheckpoint() {
        TestRoom room = confirming();
        room.front.then(Confirm.class, new Answer.Abort<>("fire alarm"));

        room.conduct();

        assertThat(afterAbort(room)).isEqualTo(LEFT);
        assertThat(room.made).containsExactly("record", "finish");
        assertThat(((Question.Closed) room.front.asked.getLast()).ending()).isEqualTo(Conductor.Ending.ABORTED);
    }

    @Test
    void aborted_whereTheRecordCannotBeMade_makesItWhenTakenUpAgain() {
        TestRoom room = confirming();
        room.front.then(Confirm.class, new Answer.Abort<>("fire alarm"));
        room.broken = () -> {
            throw Problem.of("app.evidence_not_written", "the disk").asException();
        };

        assertThatThrownBy(room::conduct).isInstanceOf(ProblemException.class);
        assertThat(room.now().complete()).isFalse();
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.now().complete()).isTrue();
        assertThat(afterAbort(room)).isEqualTo(LEFT);
    }

    /// The record, two anchors on paper and four on cards.
    private static final List<EntryType> LEFT = List.of(
            EntryType.CHECKPOINT,
            EntryType.EXPORT,
            EntryType.ANCHOR,
            EntryType.ANCHOR,
            EntryType.ANCHOR,
            EntryType.ANCHOR,
            EntryType.ANCHOR,
            EntryType.ANCHOR,
            EntryType.CHECKPOINT);

    private static List<EntryType> afterAbort(TestRoom room) {
        long abort = room.entries(EntryType.ABORT).getFirst().seq();
        return room.now().entries().stream()
                .filter(entry -> entry.seq() > abort)
                .map(Entry::type)
                .toList();
    }

    @Test
    void resumedAttempt_doesNotAskAgainWhatIsOnRecord() {
        TestRoom room = confirming();
        room.front.then(Confirm.class, new Answer.Pause<>("lunch"));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);
        assertThat(room.now().status()).isEqualTo(Ceremony.Status.PAUSED);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.count(Enter.class)).isEqualTo(1);
        assertThat(room.front.count(Confirm.class)).isEqualTo(2);
        assertThat(room.now().attempts("door")).hasSize(1);
        assertThat(room.entries(EntryType.RESUME).getFirst().data().string("after"))
                .isEqualTo("pause");
    }

    @Test
    void secrets_areAskedAgainAfterAPause_andWipedInBetween() {
        TestRoom room = generating();
        room.front.then(Commit.class, new Answer.Pause<>("lunch"));
        room.conduct();
        assertThat(room.front.count(EnterSecret.class)).isZero();
        room.front.then(Question.Closed.class, new Answer.Pause<>("nothing is recorded any more"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.count(EnterSecret.class)).isEqualTo(1);
        assertThat(room.entries(EntryType.PAUSE)).hasSize(1);
        assertThat(room.front.pins)
                .allSatisfy(pin -> assertThatThrownBy(() -> pin.use(bytes -> bytes.length))
                        .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void wrongTokenPin_isAskedAgain_andNeverWritten() {
        TestRoom room = generating();
        room.front.thenGive(EnterSecret.class, room.front.secret("98765432"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsExactly("ceremony.wrong_token_pin");
        assertThat(room.observed("token_pin_refused").getFirst().object("detail"))
                .isEqualTo(Json.obj()
                        .put("role", "primary")
                        .put("rv", "CKR_PIN_INCORRECT")
                        .build());
        assertThat(room.now().entries()).noneMatch(entry -> entry.data().text().contains("98765432"));
        assertThat(room.now().attempts("make")).hasSize(1);
    }

    @Test
    void wrongSerialTyped_failsTheAttemptBeforeAnyIntent() {
        TestRoom room = generating();
        room.front.thenGive(Commit.class, "S2").then(Choose.class, new Answer.Pause<>("which device is it"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

        assertThat(room.front.problems()).containsExactly("ceremony.serial_differs");
        assertThat(room.entries(EntryType.INTENT)).isEmpty();
    }

    @Test
    void tokenThatIsNotThere_isAProblemThatPeopleCanMend() {
        TestRoom room = generating();
        var missing = room.hsm.present.removeFirst();
        room.front.thenGive(Choose.class, "retry");
        room.front.onNotice = () -> room.hsm.present.addFirst(missing);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsExactly("ceremony.token_absent");
    }

    @Test
    void otherScript_isRefused() {
        TestRoom room = confirming();

        assertThatThrownBy(() -> Conductor.conduct(
                        room.now().id(),
                        TestRoom.script(step("confirm", "window", "statement: It is shut.")),
                        room.equipment(),
                        room.desk(),
                        room.front))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("ceremony.other_script"));
    }
}
