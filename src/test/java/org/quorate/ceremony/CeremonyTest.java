package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Reconcile;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ceremony.TestHsm.Effect;
import org.quorate.ceremony.TestHsm.Fault;
import org.quorate.ceremony.TestHsm.Reply;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerFixture;

/// The fold over a ceremony's entries, at every point of a ceremony in which much went wrong.
class CeremonyTest {
    @TempDir
    private Path folder;

    private TestRoom room;

    @BeforeEach
    void open() {
        room = new TestRoom(
                folder,
                step("confirm", "door", "statement: The door is closed."),
                step("roll_call", "call"),
                step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"),
                step("close_ceremony", "close"));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private void conductWithTroubles() {
        room.front
                .thenGive(Confirm.class, new Verdict.No("It stands open."))
                .thenGive(Choose.class, "retry")
                .then(Reconcile.class, new Answer.Pause<>("lunch"))
                .thenGive(Choose.class, "retry");
        room.hsm.fault = Optional.of(new Fault(Effect.HALF, Reply.UNKNOWN));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
    }

    @Test
    void everyPrefix_canBeFolded_andWhatIsFinishedStaysFinished() {
        conductWithTroubles();
        List<Entry> entries = room.now().entries();
        Set<String> finished = new HashSet<>();
        for (int end = 1; end <= entries.size(); end++) {
            Ceremony ceremony = Ceremony.of(entries.subList(0, end));
            assertThat(finished).allMatch(ceremony::finished);
            room.script.steps().map(s -> s.id()).filter(ceremony::finished).forEach(finished::add);
            assertThat(ceremony.complete()).isEqualTo(end == entries.size());
            assertThat(ceremony.openIntents()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(finished).hasSize(4);
    }

    @Test
    void attempts_areTheStartsOfAStep_inOrder() {
        conductWithTroubles();

        Ceremony ceremony = room.now();

        assertThat(ceremony.attempts("door")).extracting(StepRun::attempt).containsExactly(1, 2);
        assertThat(ceremony.attempts("make"))
                .extracting(StepRun::status)
                .containsExactly(StepRun.Status.FAILED, StepRun.Status.DONE);
        assertThat(ceremony.attempts("never")).isEmpty();
        assertThat(ceremony.latest("never")).isEmpty();
        assertThat(ceremony.finished("never")).isFalse();
    }

    @Test
    void keyOn_isTheNewestThatWasBrought() {
        conductWithTroubles();

        Json.Obj last = room.now()
                .latest("make")
                .orElseThrow()
                .of(EntryType.INTENT)
                .toList()
                .getLast()
                .data();

        assertThat(room.now().keyOn("root", "primary").orElseThrow().hex()).isEqualTo(last.string("cka_id"));
        assertThat(room.now().keyOn("root", "backup")).isEmpty();
    }

    @Test
    void present_areThoseWhoCameAndDidNotLeave() {
        conductWithTroubles();
        assertThat(room.now().present()).hasSize(4);

        room.ledger.append(Draft.ofCeremony(
                EntryType.PARTICIPANT,
                LedgerFixture.CEREMONY,
                Json.obj().put("event", "left").put("person", "bob").build()));

        assertThat(room.now().present())
                .extracting(entry -> entry.data().string("person"))
                .containsExactly("ann", "cem", "wil");
    }

    @Test
    void settlementAfterTheEndOfAnAttempt_belongsToTheIntentsAttempt() {
        room.ledger.append(start(1));
        Entry intent = room.ledger.append(Draft.ofStep(
                EntryType.INTENT,
                LedgerFixture.CEREMONY,
                "make",
                LedgerFixture.generate("ab".repeat(16)).with("quorum", Json.array(List.of()))));
        room.ledger.append(Draft.ofStep(
                EntryType.STEP_END,
                LedgerFixture.CEREMONY,
                "make",
                Json.obj().put("attempt", 1).put("result", "failed").build()));
        room.ledger.append(start(2));
        assertThat(room.now().openIntents()).containsExactly(intent);
        room.ledger.append(Draft.ofStep(
                EntryType.RECONCILE,
                LedgerFixture.CEREMONY,
                "make",
                Json.obj()
                        .put("intent", intent.seq())
                        .put("finding", "done")
                        .put("evidence", Json.obj().build())
                        .build()));

        Ceremony ceremony = room.now();

        assertThat(ceremony.openIntents()).isEmpty();
        assertThat(ceremony.attempts("make").getFirst().happened(intent)).isTrue();
        assertThat(ceremony.attempts("make").getFirst().status()).isEqualTo(StepRun.Status.FAILED);
        assertThat(ceremony.attempts("make").getLast().entries()).hasSize(1);
    }

    private static Draft start(int attempt) {
        return Draft.ofStep(
                EntryType.STEP_START,
                LedgerFixture.CEREMONY,
                "make",
                Json.obj().put("attempt", attempt).build());
    }

    @Test
    void entriesThatDoNotBeginWithAnOpening_areNoCeremony() {
        List<Entry> entries = room.ledger.range(0, 1);

        assertThatThrownBy(() -> Ceremony.of(entries)).isInstanceOf(IllegalArgumentException.class);
    }
}
