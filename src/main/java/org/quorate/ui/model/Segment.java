package org.quorate.ui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ceremony.StepRun;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Tally;
import org.quorate.ui.text.Times;

/// One person of a quorum, filled once the card has signed.
///
/// @param text the state in words, such as `signed 14:03:22Z`
public record Segment(String person, String name, String organisation, State state, String text) {

    public enum State {
        NOT_YET,
        APPROVED,
        REFUSED,
        REJECTED
    }

    /// Everybody who could sign, with what the entries of this attempt say of them.
    static List<Segment> of(Tally tally, Optional<StepRun> run) {
        var segments = new ArrayList<Segment>();
        for (Participant person : tally.eligible()) {
            segments.add(segment(person, tally, run));
        }
        return List.copyOf(segments);
    }

    private static Segment segment(Participant person, Tally tally, Optional<StepRun> run) {
        if (tally.approved().stream().anyMatch(p -> p.person().equals(person.person()))) {
            String text = signature(person, "approve", run)
                    .map(entry -> Texts.get("ui.segment.approved_at", Times.clock(entry.time())))
                    .orElse(Texts.get("ui.segment.approved"));
            return of(person, State.APPROVED, text);
        }
        Optional<Entry> rejection = signature(person, "reject", run);
        if (rejection.isPresent()) {
            return of(
                    person,
                    State.REJECTED,
                    Texts.get("ui.segment.rejected", Times.clock(rejection.get().time())));
        }
        return refusal(person.person(), run)
                .map(reason -> of(person, State.REFUSED, Texts.get("ui.refused." + reason)))
                .orElse(of(person, State.NOT_YET, Texts.get("ui.segment.not_yet")));
    }

    private static Segment of(Participant person, State state, String text) {
        return new Segment(person.person(), person.name(), person.organisation(), state, text);
    }

    private static Optional<Entry> signature(Participant person, String meaning, Optional<StepRun> run) {
        return run.stream()
                .flatMap(r -> r.of(EntryType.COSIGN))
                .filter(entry -> person.hasCard(entry.data().digest("key"))
                        && entry.data().string("meaning").equals(meaning))
                .reduce((first, second) -> second);
    }

    private static Optional<String> refusal(String person, Optional<StepRun> run) {
        return run.stream()
                .flatMap(r -> r.of(EntryType.OBSERVATION))
                .filter(entry -> entry.data().string("name").equals("card_refused"))
                .map(entry -> entry.data().optionalObject("detail"))
                .flatMap(Optional::stream)
                .filter(detail -> detail.optionalString("person").equals(Optional.of(person)))
                .map((Json.Obj detail) -> detail.string("reason"))
                .filter(reason -> Texts.has("ui.refused." + reason))
                .reduce((first, second) -> second);
    }
}
