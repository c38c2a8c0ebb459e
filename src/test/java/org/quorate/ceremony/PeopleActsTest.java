package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ceremony.Question.PickCard;
import org.quorate.ceremony.Question.PresentCard;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.sqlite.SqliteLedger;

/// Cards come and go and words are put right, always by a quorum, and the ledger stays one that verifies.
class PeopleActsTest {
    private static final String ENROL = step("enrol_card", "enrol", "roles: [officer]", "quorum: officers");
    private static final String RETIRE = step("retire_card", "retire", "role: officer", "quorum: officers");
    private static final String CORRECT = step("correct_entries", "correct", "quorum: officers");

    @TempDir
    private Path folder;

    private TestRoom room(String... steps) {
        return new TestRoom(folder, steps);
    }

    /// Ann and Bob approve; Dora's new card then signs for itself.
    private static void enrolDora(TestRoom room) {
        room.front
                .thenGive(PickCard.class, room.dora)
                .thenGive(Choose.class, "new")
                .thenPresent(room.ann, TestCard.PIN)
                .thenPresent(room.bob, TestCard.PIN);
    }

    /// Opening verifies every rule again, the quorum's and the new key's among them.
    private void isSound(TestRoom room) {
        room.close();
        try (SqliteLedger opened = room.people.open(folder.resolve("ledger.db"))) {
            assertThat(opened.head().size()).isPositive();
        }
    }

    private static void choose(TestRoom room, String id) {
        room.front.thenGive(Choose.class, id);
    }

    @Test
    void enrol_byAQuorum_addsTheCardAndItsOwnSignatureRightAfter() {
        try (TestRoom room = room(ENROL)) {
            enrolDora(room);
            room.front.thenPresent(room.dora, TestCard.PIN);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            Entry added = room.entries(EntryType.KEY_ADD).getFirst();
            assertThat(added.data().string("person")).isEqualTo("p1");
            assertThat(added.data().string("name")).isEqualTo("dora");
            List<Long> approvals = room.entries(EntryType.COSIGN).stream()
                    .map(Entry::seq)
                    .filter(seq -> seq < added.seq())
                    .toList();
            assertThat(approvals).hasSize(2);
            assertThat(added.data().get("quorum")).contains(Json.integers(approvals));
            Json.Obj own = room.ledger.entry(added.seq() + 1).data();
            assertThat(own.string("key")).isEqualTo(room.dora.keyId().hex());
            assertThat(own.integer("target")).isEqualTo(added.seq());
            isSound(room);
        }
    }

    @Test
    void enrol_whereTheNewCardFailsFirst_addsNothingUntilItHasSigned() {
        try (TestRoom room = room(ENROL)) {
            enrolDora(room);
            room.front
                    .thenPresent(room.dora, "000000")
                    .thenPresent(room.cem, TestCard.PIN)
                    .thenPresent(room.dora, TestCard.PIN);
            room.front.onNotice =
                    () -> assertThat(room.entries(EntryType.KEY_ADD)).isEmpty();

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.problems())
                    .containsExactly("ceremony.card.wrong_pin", "ceremony.card.not_the_new_one");
            assertThat(room.observed("card_refused")).hasSize(2);
            assertThat(room.entries(EntryType.KEY_ADD)).hasSize(1);
            isSound(room);
        }
    }

    @Test
    void enrol_ofACardThatIsKnown_isRefusedAndAskedAgain() {
        try (TestRoom room = room(ENROL)) {
            room.front.thenGive(PickCard.class, room.cem);
            enrolDora(room);
            room.front.thenPresent(room.dora, TestCard.PIN);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.problems()).containsExactly("ceremony.card.enrolled_already");
        }
    }

    @Test
    void enrol_ofASecondCard_staysOnePersonWhoCountsOnce() {
        try (TestRoom room =
                room(ENROL, step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"))) {
            room.front
                    .thenGive(PickCard.class, room.dora)
                    .thenGive(Choose.class, "ann")
                    .thenPresent(room.ann, TestCard.PIN)
                    .thenPresent(room.bob, TestCard.PIN)
                    .thenPresent(room.dora, TestCard.PIN)
                    .thenPresent(room.ann, TestCard.PIN)
                    .thenPresent(room.dora, TestCard.PIN)
                    .then(PresentCard.class, new Answer.Pause<>("it is late"));

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

            assertThat(room.front.problems()).containsExactly("ceremony.card.already_approved");
        }
    }

    @Test
    void enrol_withFewerThanTheLedgerAsksFor_isRefusedBeforeAnybodySigns() {
        try (TestRoom room = room(step("enrol_card", "enrol", "roles: [officer]", "quorum: lone"))) {
            choose(room, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.enrol_quorum_small");
            assertThat(room.front.count(PresentCard.class)).isZero();
        }
    }

    @Test
    void enrol_takenUpAfterAPause_keepsStatementAndSignatures() {
        try (TestRoom room = room(ENROL)) {
            room.front
                    .thenGive(PickCard.class, room.dora)
                    .thenGive(Choose.class, "new")
                    .thenPresent(room.ann, TestCard.PIN)
                    .then(PresentCard.class, new Answer.Pause<>("lunch"));
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

            room.front.thenPresent(room.bob, TestCard.PIN).thenPresent(room.dora, TestCard.PIN);
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.count(PickCard.class)).isEqualTo(1);
            assertThat(room.entries(EntryType.STATEMENT)).hasSize(1);
            assertThat(room.entries(EntryType.KEY_ADD)).hasSize(1);
        }
    }

    @Test
    void retire_ofACard_makesItCountNoMore() {
        try (TestRoom room = room(RETIRE, ENROL)) {
            choose(room, room.cem.keyId().hex());
            room.front
                    .thenPresent(room.ann, TestCard.PIN)
                    .thenPresent(room.cem, TestCard.PIN)
                    .thenGive(PickCard.class, room.cem)
                    .thenGive(PickCard.class, room.dora)
                    .thenGive(Choose.class, "new")
                    .thenPresent(room.cem, TestCard.PIN)
                    .thenPresent(room.ann, TestCard.PIN)
                    .thenPresent(room.bob, TestCard.PIN)
                    .thenPresent(room.dora, TestCard.PIN);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            Json.Obj retired = room.entries(EntryType.KEY_RETIRE).getFirst().data();
            assertThat(retired.string("id")).isEqualTo(room.cem.keyId().hex());
            assertThat(retired.string("why")).isEqualTo("as seen");
            assertThat(room.front.problems())
                    .containsExactly("ceremony.card.enrolled_already", "ceremony.card.not_on_roster");
            isSound(room);
        }
    }

    @Test
    void retire_thatLeavesTooFew_isRefused() {
        try (TestRoom room = room(
                step("retire_card", "first", "role: officer", "quorum: officers"),
                step("retire_card", "second", "role: officer", "quorum: officers"))) {
            choose(room, room.cem.keyId().hex());
            choose(room, room.ann.keyId().hex());
            choose(room, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.too_few_left");
            assertThat(room.entries(EntryType.KEY_RETIRE)).hasSize(1);
        }
    }

    @Test
    void correct_ofAnEntry_leavesItAndAddsWhatIsRight() {
        try (TestRoom room = room(step("confirm", "seal", "statement: It is sealed."), CORRECT)) {
            long wrong = room.ledger.head().size() + 2;
            choose(room, "correct");
            choose(room, "nothing");
            room.front
                    .thenGive(Enter.class, String.valueOf(wrong))
                    .thenGive(Enter.class, "Bag 4711")
                    .thenGive(Enter.class, "Misread");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            List<Entry> corrections = room.entries(EntryType.CORRECTION);
            assertThat(corrections).hasSize(1);
            Json.Obj data = corrections.getFirst().data();
            assertThat(data.integer("entry")).isEqualTo(wrong);
            assertThat(data.string("leaf"))
                    .isEqualTo(room.ledger.entry(wrong).leaf().hex());
            assertThat(data.string("right")).isEqualTo("Bag 4711");
            assertThat(room.ledger.entry(wrong).is(EntryType.OBSERVATION)).isTrue();
            isSound(room);
        }
    }

    @Test
    void correct_whereNothingIsWrong_asksNobodyToSign() {
        try (TestRoom room = room(CORRECT)) {
            choose(room, "nothing");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.entries(EntryType.STATEMENT)).isEmpty();
        }
    }
}
