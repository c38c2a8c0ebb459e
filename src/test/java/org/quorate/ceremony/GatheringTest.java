package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.card.CardRefusal;
import org.quorate.card.SignAnswer;
import org.quorate.ceremony.Question.PresentCard;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// Two officers must approve before a key is made; here people and cards do what they should not.
class GatheringTest {
    @TempDir
    private Path folder;

    private TestRoom room;

    @BeforeEach
    void open() {
        room = new TestRoom(
                folder, step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"));
    }

    @AfterEach
    void close() {
        room.close();
    }

    /// The refusal that is on record, once the quorum stands nevertheless.
    private Json.Obj refusal(String reason) {
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
        assertThat(room.observed("card_refused")).hasSize(1);
        Json.Obj detail = room.observed("card_refused").getFirst().object("detail");
        assertThat(detail.string("reason")).isEqualTo(reason);
        assertThat(room.front.problems()).hasSize(1);
        assertThat(approvers()).doesNotHaveDuplicates().hasSize(2);
        assertThat(room.front.pins).allMatch(GatheringTest::isWiped);
        return detail;
    }

    private static boolean isWiped(org.quorate.base.Secret pin) {
        try {
            return pin.use(bytes -> false);
        } catch (IllegalStateException wiped) {
            return true;
        }
    }

    private List<String> approvers() {
        return room.entries(EntryType.COSIGN).stream()
                .map(Entry::data)
                .filter(data -> data.string("meaning").equals("approve"))
                .map(data -> data.string("key"))
                .toList();
    }

    @Test
    void wrongPin_isOnRecordWithTheTriesLeft_andWithoutThePin() {
        room.front.thenPresent(room.ann, "777123");

        Json.Obj detail = refusal("wrong_pin");

        assertThat(detail.integer("tries_left")).isEqualTo(2);
        assertThat(detail.string("person")).isEqualTo("ann");
        assertThat(room.now().entries()).noneMatch(entry -> entry.data().text().contains("777123"));
        assertThat(room.front.count(PresentCard.class)).isEqualTo(3);
    }

    @Test
    void samePerson_isRefusedTheSecondTime_andHerCardDoesNotSign() {
        room.front.thenPresent(room.ann, TestCard.PIN).thenPresent(room.ann, TestCard.PIN);

        assertThat(refusal("already_approved").string("person")).isEqualTo("ann");

        assertThat(room.ann.signed).isEqualTo(1);
    }

    @Test
    void cardThatRemembersMoreThanTheLedgerHolds_doesNotSign() {
        room.ann.note = Optional.of(
                new Checkpoint(room.ledger.origin(), 4000, Digest.of(new byte[1])).sign(room.people.console));
        room.front
                .thenPresent(room.ann, TestCard.PIN)
                .thenPresent(room.bob, TestCard.PIN)
                .thenPresent(room.cem, TestCard.PIN);

        assertThat(refusal("ledger_doubted").string("person")).isEqualTo("ann");

        assertThat(room.ann.signed).isZero();
        assertThat(room.front.problems()).containsExactly("ceremony.card.ledger_shorter");
    }

    @Test
    void cardThatDoubtsTheLedger_keepsItsNote_alsoWhenTheCeremonyEnds() {
        String note = new Checkpoint(room.ledger.origin(), 4000, Digest.of(new byte[1])).sign(room.people.console);
        room.ann.note = Optional.of(note);
        room.front.then(PresentCard.class, new Answer.Abort<>("the cards know better"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.ann.note).contains(note);
        assertThat(room.bob.note).isPresent();
    }

    @Test
    void cardThatRemembersAnotherBeginning_doesNotSign() {
        room.ann.note =
                Optional.of(new Checkpoint(room.ledger.origin(), 3, Digest.of(new byte[1])).sign(room.people.console));
        room.front
                .thenPresent(room.ann, TestCard.PIN)
                .thenPresent(room.bob, TestCard.PIN)
                .thenPresent(room.cem, TestCard.PIN);

        refusal("ledger_doubted");

        assertThat(room.front.problems()).containsExactly("ceremony.card.ledger_differs");
    }

    @Test
    void cardWithANoteThatTheConsoleDidNotSign_signs() {
        String unsigned = new Checkpoint(room.ledger.origin(), 4000, Digest.of(new byte[1])).sign(room.people.console);
        room.ann.note = Optional.of(unsigned.replace("\n4000\n", "\n4001\n"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.ann.signed).isPositive();
    }

    @Test
    void strangersCard_isRefusedBeforeItSigns() {
        room.front.thenPresent(room.dora, TestCard.PIN);

        assertThat(refusal("not_on_roster").optionalString("person")).isEmpty();

        assertThat(room.dora.signed).isZero();
    }

    @Test
    void cardOfAnotherRole_isRefusedBeforeItSigns() {
        room.front.thenPresent(room.wil, TestCard.PIN);

        assertThat(refusal("wrong_role").string("person")).isEqualTo("wil");

        assertThat(room.wil.signed).isZero();
    }

    @Test
    void removedCard_isAskedForAgain() {
        room.ann.next = Optional.of(new CardRefusal.Removed());

        refusal("removed");

        assertThat(room.front.problems()).containsExactly("ceremony.card.removed");
    }

    @Test
    void blockedCard_leavesTheQuorumToTheOthers() {
        room.ann.next = Optional.of(new CardRefusal.Blocked());

        refusal("blocked");

        assertThat(room.front.problems()).containsExactly("ceremony.card.blocked");
    }

    @Test
    void cardThatFails_keepsItsTechnicalTextOutOfTheRecord() {
        room.ann.next = Optional.of(new CardRefusal.Failed("6A80"));

        refusal("failed");

        assertThat(room.front.notices.getFirst().technical()).contains("6A80");
        assertThat(room.now().entries()).noneMatch(entry -> entry.data().text().contains("6A80"));
    }

    @Test
    void cardThatCountsItsTriesForItself_isRefusedWithoutANumber() {
        room.ann.next = Optional.of(new CardRefusal.WrongPin(OptionalInt.empty()));

        refusal("wrong_pin");

        assertThat(room.front.problems()).containsExactly("ceremony.card.wrong_pin_uncounted");
    }

    @Test
    void readerAtWhichNobodyTyped_isOnRecord() {
        room.ann.next = Optional.of(new CardRefusal.NoPin());

        refusal("no_pin");
    }

    @Test
    void cardThatFoundItsOwnSignatureWrong_doesNotCount() {
        room.ann.next = Optional.of(new CardRefusal.BadSignature());

        refusal("failed");

        assertThat(room.front.problems()).containsExactly("ceremony.card.bad_signature");
    }

    @Test
    void signatureThatDoesNotVerify_doesNotCount() {
        byte[] other = room.people.ann.sign(new byte[] {1});
        room.ann.next = Optional.of(new SignAnswer.Signed("ES256", other));

        refusal("failed");

        assertThat(room.front.problems()).containsExactly("ceremony.card.bad_signature");
    }

    @Test
    void signatureOfAnUnknownAlgorithm_doesNotCount() {
        room.ann.next = Optional.of(new SignAnswer.Signed("ES999", new byte[70]));

        refusal("failed");
    }

    @Test
    void oneRejection_isOnRecordWithItsReason_andTheOthersCanStillApprove() {
        room.front
                .thenReject(room.ann, "The label is wrong.")
                .thenPresent(room.bob, TestCard.PIN)
                .thenPresent(room.cem, TestCard.PIN);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Json.Obj reason = room.observed("rejection").getFirst();
        assertThat(reason.string("text")).isEqualTo("The label is wrong.");
        assertThat(reason.string("by")).isEqualTo("ann");
        assertThat(approvers())
                .containsExactlyInAnyOrder(
                        room.people.bob.keyId().hex(), room.people.cem.keyId().hex())
                .doesNotContain(room.people.ann.keyId().hex());
    }

    @Test
    void whoRejectedAndThenApproves_countsAgain() {
        room.front
                .thenReject(room.ann, "I misread it.")
                .thenPresent(room.ann, TestCard.PIN)
                .thenReject(room.bob, "I do not like it.")
                .thenPresent(room.cem, TestCard.PIN);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().attempts("make")).hasSize(1);
        assertThat(approvers())
                .containsExactly(
                        room.people.ann.keyId().hex(), room.people.cem.keyId().hex());
    }

    @Test
    void rejectionsThatPutTheQuorumOutOfReach_endTheAttempt_andTheNextHasItsOwnStatement() {
        room.front.thenReject(room.ann, "No.").thenReject(room.bob, "No.").thenGive(Question.Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsExactly("ceremony.quorum_rejected");
        assertThat(room.now().attempts("make"))
                .extracting(StepRun::status)
                .containsExactly(StepRun.Status.FAILED, StepRun.Status.DONE);
        assertThat(room.entries(EntryType.STATEMENT)).hasSize(2);
        assertThat(room.entries(EntryType.INTENT)).hasSize(1);
    }

    @Test
    void pauseBetweenTwoCards_keepsTheFirst_andAsksTheSecondOnly() {
        room.front.thenPresent(room.bob, TestCard.PIN).then(PresentCard.class, new Answer.Pause<>("lunch"));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.entries(EntryType.STATEMENT)).hasSize(1);
        assertThat(approvers())
                .containsExactly(
                        room.people.bob.keyId().hex(), room.people.ann.keyId().hex());
        assertThat(room.front.count(PresentCard.class)).isEqualTo(3);
    }

    /// As before the pause: of two who rejected, one has changed her mind, and the other does not put it out of reach.
    @Test
    void pauseAfterSomebodyChangedTheirMind_forgetsTheRejection() {
        room.front
                .thenReject(room.ann, "I misread it.")
                .thenPresent(room.ann, TestCard.PIN)
                .then(PresentCard.class, new Answer.Pause<>("lunch"));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);
        room.front.thenReject(room.bob, "I do not like it.").thenPresent(room.cem, TestCard.PIN);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().attempts("make")).hasSize(1);
    }

    /// While one ceremony pauses, another retires the card that has signed: its approval counts no more.
    @Test
    void cardThatWasRetiredDuringAPause_countsNoMore() {
        room.front.thenPresent(room.bob, TestCard.PIN).then(PresentCard.class, new Answer.Pause<>("lunch"));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);
        room.front
                .thenGive(Question.Choose.class, room.bob.keyId().hex())
                .thenPresent(room.ann, TestCard.PIN)
                .thenPresent(room.cem, TestCard.PIN);
        room.conduct(
                java.util.UUID.fromString("00000000-0000-4000-8000-00000000000d"),
                TestRoom.script(step("retire_card", "retire", "role: officer", "quorum: officers")));
        int before = room.front.asked.size();

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.asked.stream().skip(before).filter(PresentCard.class::isInstance))
                .hasSize(2);
        assertThat(room.entries(EntryType.INTENT).getFirst().data().array("quorum"))
                .hasSize(2);
    }

    private TestRoom hasty() {
        return new TestRoom(
                folder.resolve("hasty"),
                step("generate_key_pair", "make", "key: root", "token: primary", "quorum: hasty"));
    }

    @Test
    void approvalsThatComeInTime_count() throws Exception {
        java.nio.file.Files.createDirectory(folder.resolve("hasty"));
        try (TestRoom hasty = hasty()) {
            hasty.front
                    .thenPresent(hasty.ann, TestCard.PIN)
                    // The entry itself takes the last ten milliseconds.
                    .thenPresentAfter(
                            () -> hasty.people.clock.pass(Duration.ofMinutes(5).minusMillis(10)),
                            hasty.bob,
                            TestCard.PIN);

            assertThat(hasty.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            List<Entry> signed = hasty.entries(EntryType.COSIGN);
            assertThat(signed).hasSize(2);
            assertThat(Duration.between(
                            signed.getFirst().time(), signed.getLast().time()))
                    .isEqualTo(Duration.ofMinutes(5));
            assertThat(hasty.observed("quorum_expired")).isEmpty();
            // The page counts down from the first approval on.
            Instant first = hasty.entries(EntryType.COSIGN).getFirst().time();
            assertThat(hasty.front.asked)
                    .filteredOn(PresentCard.class::isInstance)
                    .extracting(asked -> ((PresentCard) asked).until())
                    .containsExactly(Optional.empty(), Optional.of(first.plus(Duration.ofMinutes(5))));
        }
    }

    /// A card that is refused late shows that the time is over, before the others sign what is lost already.
    @Test
    void limit_isThatOfTheClock_whileSomebodyIsMissing() throws Exception {
        java.nio.file.Files.createDirectory(folder.resolve("hasty"));
        try (TestRoom hasty = hasty()) {
            hasty.front
                    .thenPresent(hasty.ann, TestCard.PIN)
                    .thenPresentAfter(() -> hasty.people.clock.pass(Duration.ofMinutes(6)), hasty.ann, TestCard.PIN);

            assertThat(hasty.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(hasty.observed("quorum_expired")
                            .getFirst()
                            .object("detail")
                            .integer("approvals"))
                    .isEqualTo(1);
            assertThat(hasty.entries(EntryType.STATEMENT)).hasSize(2);
        }
    }

    @Test
    void approvalsThatComeTooSlowly_countForNothing_andEverybodySignsAgain() throws Exception {
        java.nio.file.Files.createDirectory(folder.resolve("hasty"));
        try (TestRoom hasty = hasty()) {
            hasty.front
                    .thenPresent(hasty.ann, TestCard.PIN)
                    .thenPresentAfter(() -> hasty.people.clock.pass(Duration.ofMinutes(6)), hasty.bob, TestCard.PIN);

            assertThat(hasty.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            List<Entry> statements = hasty.entries(EntryType.STATEMENT);
            assertThat(statements).hasSize(2);
            assertThat(hasty.entries(EntryType.COSIGN))
                    .extracting(cosign -> cosign.data().integer("target"))
                    .containsExactly(
                            statements.getFirst().seq(),
                            statements.getFirst().seq(),
                            statements.getLast().seq(),
                            statements.getLast().seq());
            assertThat(hasty.observed("quorum_expired")).hasSize(1);
            assertThat(hasty.front.problems()).containsExactly("ceremony.quorum_too_slow");
        }
    }
}
