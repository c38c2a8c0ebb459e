package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Step;

/// What was typed wrongly is put right by a further entry that a quorum signs. The wrong one stays where it is.
final class CorrectionActs {
    private static final String NOTHING = "nothing";

    private CorrectionActs() {}

    static String correct(Step.CorrectEntries step, Stage stage) {
        while (true) {
            int number = corrections(stage) + 1;
            boolean begun = statementAfterLastCorrection(stage).isPresent();
            if (!begun && !wanted(number, stage)) {
                return Texts.get("ceremony.correct.done", number - 1);
            }
            correctOne(step, number, stage);
        }
    }

    private static int corrections(Stage stage) {
        return Math.toIntExact(stage.run().of(EntryType.CORRECTION).count());
    }

    private static Optional<Entry> statementAfterLastCorrection(Stage stage) {
        return stage.statement(correction(corrections(stage) + 1));
    }

    /// Each correction of a step is found again by its number.
    private static String correction(int number) {
        return EntryType.CORRECTION.wire() + "_" + number;
    }

    private static boolean wanted(int number, Stage stage) {
        String choice = stage.ask(new Question.Choose(
                "correction-" + number,
                Texts.get(number == 1 ? "ceremony.correct.first" : "ceremony.correct.further"),
                Texts.get("ceremony.correct.explained"),
                List.of(
                        new Question.Option(
                                "correct",
                                Texts.get("ceremony.correct.button"),
                                Texts.get("ceremony.correct.consequence")),
                        new Question.Option(
                                NOTHING,
                                Texts.get("ceremony.correct.nothing"),
                                Texts.get("ceremony.correct.nothing.consequence")))));
        return !choice.equals(NOTHING);
    }

    private static void correctOne(Step.CorrectEntries step, int number, Stage stage) {
        long wrong = Long.parseLong(stage.enter(
                "corrected_entry_" + number,
                Texts.get("ceremony.correct.entry"),
                Texts.get("ceremony.correct.entry.hint"),
                text -> entryOf(text, stage).isPresent()
                        ? Optional.empty()
                        : Optional.of(Texts.get("ceremony.correct.no_entry"))));
        String right =
                stage.enter("correct_text_" + number, Texts.get("ceremony.correct.right"), "", OpeningActs::notBlank);
        String why = stage.enter(
                "corrected_because_" + number, Texts.get("ceremony.correct.why"), "", OpeningActs::notBlank);
        Entry target = entryOf(String.valueOf(wrong), stage).orElseThrow();
        Approval approval = stage.approve(
                correction(number),
                step.quorum(),
                Texts.get("ceremony.statement.correct", wrong, said(target), right, why),
                () -> Json.obj()
                        .put("op", correction(number))
                        .put("entry", wrong)
                        .put("leaf", target.leaf().hex())
                        .put("right", right)
                        .put("why", why)
                        .build());
        stage.append(EntryType.CORRECTION, approval.intent());
    }

    /// An entry of this ceremony that says something a person said.
    private static Optional<Entry> entryOf(String text, Stage stage) {
        return stage.ceremony().entries().stream()
                .filter(entry -> entry.is(EntryType.OBSERVATION) || entry.is(EntryType.EXCEPTION))
                .filter(entry -> String.valueOf(entry.seq()).equals(text.strip()))
                .findFirst();
    }

    private static String said(Entry entry) {
        return entry.is(EntryType.EXCEPTION)
                ? entry.data().string("happened")
                : entry.data().string("label") + ": " + entry.data().string("text");
    }
}
