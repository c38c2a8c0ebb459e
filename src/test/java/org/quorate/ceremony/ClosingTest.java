package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Problem;
import org.quorate.ceremony.Question.PresentCard;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// Roll call and close, where one certain person signs and no other.
class ClosingTest {
    @TempDir
    private Path folder;

    private TestRoom room;

    @BeforeEach
    void open() {
        room = new TestRoom(folder, step("roll_call", "call"), step("close_ceremony", "close"));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private List<String> meanings() {
        return room.entries(EntryType.COSIGN).stream()
                .map(entry -> entry.data().string("meaning"))
                .toList();
    }

    @Test
    void everybody_signsOnceAtEitherEnd() {
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(meanings())
                .containsExactly("witness", "witness", "witness", "witness", "close", "close", "close", "close");
        assertThat(room.now().present()).hasSize(4);
        assertThat(room.now().complete()).isTrue();
        assertThat(room.made).containsExactly("record", "finish");
    }

    @Test
    void cardsThatHoldData_keepTheHead_andAnchorsSayWhich() {
        room.bob.holdsData = false;

        room.conduct();

        assertThat(room.entries(EntryType.ANCHOR).stream()
                        .map(Entry::data)
                        .filter(data -> data.string("kind").equals("card")))
                .hasSize(3)
                .allSatisfy(data -> {
                    Checkpoint.Signed note =
                            Checkpoint.parse(room.ann.note.orElseThrow()).orElseThrow();
                    assertThat(note.size()).isEqualTo(data.integer("size"));
                    assertThat(note.root()).isEqualTo(data.digest("root"));
                });
        assertThat(room.bob.note).isEmpty();
        assertThat(room.wil.note).isEqualTo(room.ann.note);
    }

    @Test
    void mirror_isAnAnchorOfWhatItHolds() {
        room.mirror = () -> Optional.of(new Console.Mirrored("/second/ledger.db", room.ledger.head()));

        room.conduct();

        assertThat(room.entries(EntryType.ANCHOR).stream()
                        .map(Entry::data)
                        .filter(data -> data.string("kind").equals("mirror")))
                .singleElement()
                .satisfies(data -> {
                    assertThat(data.digest("root"))
                            .isEqualTo(room.ledger.tree(data.integer("size")).root());
                    assertThat(data.string("where")).contains("/second/ledger.db");
                });
    }

    @Test
    void mirrorThatIsNotThere_isTold_andHoldsNothingUp() {
        room.mirror = () -> {
            throw Problem.of("app.mirror_refused", "/second/ledger.db", "It is longer.")
                    .asException();
        };

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsOnly("app.mirror_refused");
        assertThat(room.observed("mirror_failed").getFirst().string("because")).isNotBlank();
        assertThat(room.now().complete()).isTrue();
    }

    @Test
    void cardOfSomebodyElse_isNamed_andTheRightOneAskedFor() {
        room.front.thenPresent(room.wil, TestCard.PIN);

        room.conduct();

        assertThat(room.front.problems()).containsExactly("ceremony.card.not_asked");
        assertThat(room.observed("card_refused").getFirst().object("detail").string("reason"))
                .isEqualTo("not_asked");
        assertThat(room.wil.signed).isEqualTo(2);
    }

    @Test
    void pauseBetweenClosingSignatures_isNoSecondClose_andTheCeremonyIsComplete() {
        for (int i = 0; i < 5; i++) {
            room.front.thenGive(
                    PresentCard.class,
                    new Presented.Approves(
                            List.of(room.ann, room.bob, room.cem, room.wil, room.ann)
                                    .get(i),
                            room.front.secret(TestCard.PIN)));
        }
        room.front.then(PresentCard.class, new Answer.Pause<>("the card reader is stuck"));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().status()).isEqualTo(Ceremony.Status.CLOSED);
        assertThat(room.now().complete()).isTrue();
        assertThat(room.entries(EntryType.CEREMONY_CLOSE)).hasSize(1);
        assertThat(meanings()).hasSize(8);
        long before = room.ledger.head().size();
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
        assertThat(room.ledger.head().size()).isEqualTo(before);
    }

    @Test
    void recordThatCannotBeMade_isTriedAgain_andNobodySignsASecondTime() {
        room.broken = () -> {
            throw Problem.of("app.evidence_not_written", "/full").asException();
        };
        room.front.thenGive(Question.Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().attempts("close")).hasSize(2);
        assertThat(room.entries(EntryType.CEREMONY_CLOSE)).hasSize(1);
        assertThat(meanings()).hasSize(8);
        assertThat(room.front.count(Question.Agree.class)).isEqualTo(4);
    }

    @Test
    void cardThatRejectsAtTheClose_isOnRecordAsRejection_andNeverAsConsent() {
        for (TestCard card : List.of(room.ann, room.bob, room.cem, room.wil)) {
            room.front.thenPresent(card, TestCard.PIN);
        }
        room.front.thenReject(room.ann, "Step 2 was not as recorded.");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(meanings()).containsSequence("reject", "close", "close", "close");
        assertThat(room.observed("rejection").getFirst().string("text")).isEqualTo("Step 2 was not as recorded.");
    }

    @Test
    void cardThatRejectsAtTheRollCall_endsTheAttempt() {
        room.front.thenReject(room.ann, "That is not my name.").thenGive(Question.Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.notices.getFirst().cause()).contains("That is not my name.");
        assertThat(room.now().attempts("call"))
                .extracting(StepRun::status)
                .containsExactly(StepRun.Status.FAILED, StepRun.Status.DONE);
    }

    @Test
    void whoDoesNotAgree_isOnRecordWithTheReason_andIsNotAskedToSign() {
        room.front.thenGive(Question.Agree.class, new Question.Verdict.No("I was outside for a while."));

        room.conduct();

        assertThat(room.entries(EntryType.CEREMONY_CLOSE).getFirst().data().objects("participants"))
                .anySatisfy(p -> {
                    assertThat(p.string("verdict")).isEqualTo("does_not_agree");
                    assertThat(p.string("because")).isEqualTo("I was outside for a while.");
                });
        assertThat(meanings().stream().filter("close"::equals)).hasSize(3);
    }
}
