package org.quorate.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// Sums a ceremony up in words.
final class VerdictReader {
    private VerdictReader() {}

    static Verdict verdict(
            Story story,
            List<StepLog> steps,
            List<Person> people,
            List<Deviation> deviations,
            List<WithoutQuorum> withoutQuorum) {
        Verdict.Kind kind = kind(story, deviations);
        var sentences = new ArrayList<String>();
        if (automatic(story)) {
            sentences.add(Texts.get("record.verdict.automatic"));
        }
        glass(story, sentences);
        sentences.add(steps(steps));
        sentences.add(people(people));
        sentences.add(quorum(story, withoutQuorum));
        String headline = switch (kind) {
            case AS_PLANNED -> Texts.get("record.verdict.as_planned");
            case WITH_DEVIATIONS -> Texts.get("record.verdict.with", count("deviation", deviations.size()));
            case ABORTED -> Texts.get("record.verdict.aborted");
            case NOT_CLOSED -> Texts.get("record.verdict.not_closed");
        };
        return new Verdict(kind, headline, sentences);
    }

    /// Where the glass was broken, or a broken glass reviewed, page 1 says so before anything else.
    private static void glass(Story story, List<String> sentences) {
        observed(story, "break_glass").forEach(broken -> {
            Json.Obj detail = broken.object("detail");
            sentences.add(Texts.get(
                    "record.verdict.glass",
                    detail.string("reason"),
                    String.join(
                            ", ",
                            detail.strings("persons").stream().map(story::name).toList()),
                    story.role(detail.string("reviewed_by")),
                    UtcTime.forPeople(UtcTime.parse(detail.string("review_due")).orElseThrow())));
        });
        observed(story, "break_glass_review")
                .forEach(review -> sentences.add(Texts.get(
                        "record.verdict.review",
                        review.string("text"),
                        review.object("detail").string("ceremony"))));
    }

    private static List<Json.Obj> observed(Story story, String name) {
        return story.of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.optionalString("name").equals(Optional.of(name)))
                .toList();
    }

    /// Whether a program answered for people in any run of the ceremony; nobody may take that for their word.
    private static boolean automatic(Story story) {
        return story.runStarts().stream()
                .anyMatch(run -> run.data().optionalString("front").equals(Optional.of("automatic")));
    }

    private static Verdict.Kind kind(Story story, List<Deviation> deviations) {
        if (story.newest(EntryType.ABORT).isPresent()) {
            return Verdict.Kind.ABORTED;
        }
        if (story.newest(EntryType.CEREMONY_CLOSE).isEmpty()) {
            return Verdict.Kind.NOT_CLOSED;
        }
        return deviations.isEmpty() ? Verdict.Kind.AS_PLANNED : Verdict.Kind.WITH_DEVIATIONS;
    }

    /// A step counts as its newest attempt ended; the closing step is done when the ceremony is closed.
    private static String steps(List<StepLog> steps) {
        var newest = new HashMap<String, StepLog.Result>();
        steps.forEach(step -> newest.put(step.id(), step.end().result()));
        long overridden = newest.values().stream()
                .filter(result -> result == StepLog.Result.OVERRIDDEN)
                .count();
        long failedAttempts = steps.stream()
                .filter(step -> step.end().result() == StepLog.Result.FAILED)
                .count();
        long done = newest.values().stream()
                .filter(result -> result == StepLog.Result.DONE)
                .count();
        return Texts.get(
                "record.verdict.steps",
                count("step", done),
                overridden == 0 ? Texts.get("record.none") : overridden,
                failedAttempts == 0 ? Texts.get("record.none") : failedAttempts);
    }

    private static String people(List<Person> people) {
        List<String> disagree = people.stream()
                .filter(person -> person.agreement().filter(a -> !a.agrees()).isPresent())
                .map(Person::name)
                .toList();
        long silent =
                people.stream().filter(person -> person.agreement().isEmpty()).count();
        if (silent > 0) {
            return Texts.get("record.verdict.people.silent", silent, count("participant", people.size()));
        }
        return disagree.isEmpty()
                ? Texts.get("record.verdict.people.agree", count("participant", people.size()))
                : Texts.get(
                        "record.verdict.people.disagree",
                        disagree.size(),
                        count("participant", people.size()),
                        String.join(", ", disagree));
    }

    private static String quorum(Story story, List<WithoutQuorum> withoutQuorum) {
        long acts = story.of(EntryType.INTENT).count();
        if (acts == 0) {
            return Texts.get("record.verdict.no_acts");
        }
        return withoutQuorum.isEmpty()
                ? Texts.get("record.verdict.quorum", count("act", acts))
                : Texts.get("record.verdict.no_quorum", withoutQuorum.size(), count("act", acts));
    }

    private static String count(String what, long count) {
        return Texts.get(count == 1 ? "record.count." + what + ".one" : "record.count." + what + ".many", count);
    }
}
