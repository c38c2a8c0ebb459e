package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Head;
import org.quorate.quorum.Participant;

/// The end: exceptions are read, everybody says whether it was as recorded, the head is signed and anchored, and the
/// record is made from the entries so far.
final class ClosingActs {
    private ClosingActs() {}

    static String readExceptions(Stage stage) {
        List<Entry> sheets = stage.ceremony().of(EntryType.EXCEPTION).toList();
        String text = sheets.isEmpty()
                ? Texts.get("ceremony.exceptions.none")
                : sheets.stream()
                        .map(ClosingActs::read)
                        .reduce((a, b) -> a + "\n\n" + b)
                        .orElse("");
        stage.confirm("exceptions_read", text, Texts.get("ceremony.button.exceptions_read"));
        return Texts.get("ceremony.exceptions.done", sheets.size());
    }

    private static String read(Entry sheet) {
        Json.Obj data = sheet.data();
        return Texts.get(
                "ceremony.exceptions.sheet",
                data.integer("number"),
                data.string("expected"),
                data.string("happened"),
                data.string("decided"));
    }

    static String close(Stage stage) {
        List<Participant> present = OpeningActs.present(stage);
        List<Entry> verdicts = present.stream()
                .map(participant -> agreement(participant, stage))
                .toList();
        BreakGlassActs.sayWhatIsDue(stage.setting(), Optional.of(stage.step().id()));
        Entry closed = closeEntry(stage, present, verdicts);
        for (int i = 0; i < present.size(); i++) {
            // Who does not agree is on record with the reason and is not asked to sign; so is who rejects with the
            // card.
            if (agrees(verdicts.get(i))) {
                Participant participant = present.get(i);
                stage.gathering()
                        .witness(
                                closed,
                                Meaning.CLOSE,
                                participant,
                                Texts.get("ceremony.close.card", participant.name()));
            }
        }
        var last = new LastEntries(
                stage.setting(),
                Optional.of(stage.step().id()),
                stage.run().start().seq());
        Head anchored = last.checkpoint();
        last.export();
        stage.compare(
                "head_words",
                Exhibit.of(Texts.get("ceremony.head.label", anchored.size()), anchored.root()),
                Texts.get("ceremony.head.against"));
        last.anchorOnPaper(anchored);
        last.anchor(anchored, "spoken", Texts.get("ceremony.anchor.spoken"));
        last.anchorOnCards(anchored);
        last.anchorInMirror();
        return Texts.get(
                "ceremony.close.done",
                verdicts.stream().filter(ClosingActs::agrees).count(),
                present.size());
    }

    /// What people say and sign at the end they say once, also where making the record then takes a second attempt.
    private static Entry agreement(Participant participant, Stage stage) {
        String name = "agree-" + participant.person();
        return said(stage, name).orElseGet(() -> {
            Verdict verdict = stage.ask(
                    new Question.Agree(name, participant, Texts.get("ceremony.agree.statement", participant.name())));
            Observation observation = Observation.stated(
                    name,
                    Texts.get("ceremony.agree.label", participant.name()),
                    Texts.get(verdict instanceof Verdict.Yes ? "ceremony.agree.yes" : "ceremony.agree.no"),
                    List.of(participant));
            return stage.observe(
                    switch (verdict) {
                        case Verdict.Yes() -> observation.verdict(true);
                        case Verdict.No(var because) ->
                            observation.verdict(false).because(because);
                    });
        });
    }

    private static Optional<Entry> said(Stage stage, String name) {
        return stage.ceremony().attempts(stage.step().id()).stream()
                .flatMap(run -> run.observation(name).stream())
                .findFirst();
    }

    private static boolean agrees(Entry verdict) {
        return verdict.data().string("verdict").equals("matches");
    }

    private static Entry closeEntry(Stage stage, List<Participant> present, List<Entry> verdicts) {
        return stage.ceremony().of(EntryType.CEREMONY_CLOSE).findFirst().orElseGet(() -> {
            var participants = new ArrayList<Json>();
            for (int i = 0; i < present.size(); i++) {
                Entry verdict = verdicts.get(i);
                participants.add(Json.obj()
                        .put("person", present.get(i).person())
                        .put("verdict", agrees(verdict) ? "agrees" : "does_not_agree")
                        .put("because", verdict.data().optionalString("because"))
                        .build());
            }
            Ceremony ceremony = stage.ceremony();
            return stage.append(
                    EntryType.CEREMONY_CLOSE,
                    Json.obj()
                            .put(
                                    "steps",
                                    Json.obj()
                                            .put("done", count(ceremony, StepRun.Status.DONE))
                                            .put("failed", count(ceremony, StepRun.Status.FAILED))
                                            .put("overridden", count(ceremony, StepRun.Status.OVERRIDDEN))
                                            .build())
                            .put("exceptions", ceremony.of(EntryType.EXCEPTION).count())
                            .put("participants", Json.array(participants))
                            .build());
        });
    }

    private static long count(Ceremony ceremony, StepRun.Status status) {
        return ceremony.runs().stream().filter(run -> run.status() == status).count();
    }
}
