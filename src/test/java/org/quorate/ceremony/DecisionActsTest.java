package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Verdict;

/// A ceremony goes on by the path that was decided for, and the rest is on record as not taken.
class DecisionActsTest {
    private static final ExceptionSheet SHEET =
            new ExceptionSheet("A whole seal", "It was broken", "Go on", "ann", "wil");

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    private TestRoom room(String... steps) {
        opened = Optional.of(new TestRoom(folder, steps));
        return opened.get();
    }

    private static String[] asked() {
        return new String[] {
            step(
                    "decide",
                    "arrived",
                    "question: How did it arrive?",
                    "paths: [{name: whole, label: Whole, steps: [accept]}, {name: broken, label: Broken, steps: [inner, refuse]}]"),
            step("confirm", "accept", "statement: It is accepted."),
            step(
                    "decide",
                    "inner",
                    "question: How badly?",
                    "paths: [{name: badly, label: Badly, steps: [return]}, {name: little, label: A little}]"),
            step("confirm", "return", "statement: It is sent back."),
            step("confirm", "refuse", "statement: It is refused."),
            step("confirm", "last", "statement: That was all.")
        };
    }

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    @Test
    void people_decide_andWhatFallsAwayIsOnRecordWithWhoDecided() {
        TestRoom room = room(asked());
        room.front.thenGive(Choose.class, "whole");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().runs()).extracting(StepRun::step).containsExactly("arrived", "accept", "last");
        Json.Obj decision = room.observed("decision").getFirst();
        assertThat(decision.string("item")).isEqualTo("stated");
        assertThat(decision.string("by")).isEqualTo("ann");
        assertThat(decision.string("text")).isEqualTo("Whole. Not taken: 1.3 Do it; 1.4 Do it; 1.5 Do it.");
        assertThat(decision.object("detail").strings("not_taken")).containsExactly("inner", "return", "refuse");
    }

    @Test
    void decision_isNotAskedAgain_whenTheCeremonyGoesOnAfterABreak() {
        TestRoom room = room(asked());
        room.front
                .thenGive(Choose.class, "broken")
                .thenGive(Choose.class, "little")
                .then(Confirm.class, new Answer.Pause<>("Lunch"));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.count(Choose.class)).isEqualTo(2);
        assertThat(room.now().runs()).extracting(StepRun::step).containsExactly("arrived", "inner", "refuse", "last");
    }

    /// The answer is durable before the step ends: what comes in between costs no second question.
    @Test
    void decision_holds_whenTheProgramDiesBeforeItsStepEnds() {
        TestRoom room = room(asked());
        room.front.thenGive(Choose.class, "whole");
        room.books = Trap.onEntry(
                        draft -> draft.data().optionalString("name").equals(Optional.of("decision")), Trap.Where.AFTER)
                .around(room.ledger);
        assertThatThrownBy(room::conduct).isInstanceOf(TestHsm.Killed.class);
        room.books = room.ledger;

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.count(Choose.class)).isEqualTo(1);
        assertThat(room.now().runs()).extracting(StepRun::step).containsExactly("arrived", "accept", "last");
    }

    @Test
    void ledger_decides_byHowAnEarlierStepEnded() {
        String[] steps = {
            step("confirm", "seal", "statement: The seal is whole."),
            step(
                    "decide",
                    "by-seal",
                    "result_of: seal",
                    "paths: [{name: done, label: It was whole}, {name: overridden, label: It was not, steps: [photo]}]"),
            step("confirm", "photo", "statement: It was photographed.")
        };
        TestRoom room = room(steps);
        room.front
                .thenGive(Confirm.class, new Verdict.No("It is torn."))
                .then(Choose.class, new Answer.RecordException<>(SHEET))
                .thenGive(Choose.class, "override");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Json.Obj decision = room.observed("decision").getFirst();
        assertThat(decision.string("item")).isEqualTo("sensed");
        assertThat(decision.has("by")).isFalse();
        assertThat(decision.object("detail").string("path")).isEqualTo("overridden");
        assertThat(room.now().finished("photo")).isTrue();
    }

    @Test
    void ledger_leavesOut_whatIsForAnOverrideOnly_whenTheStepWasDone() {
        TestRoom room = room(
                step("confirm", "seal", "statement: The seal is whole."),
                step(
                        "decide",
                        "by-seal",
                        "result_of: seal",
                        "paths: [{name: done, label: It was whole}, {name: overridden, label: It was not, steps: [photo]}]"),
                step("confirm", "photo", "statement: It was photographed."));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().latest("photo")).isEmpty();
        assertThat(room.observed("decision").getFirst().string("text")).contains("Not taken: 1.3 Do it.");
    }
}
