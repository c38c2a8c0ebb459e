package org.quorate.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.record.Deviation.Place;

/// Finds everything a reader must judge, in the order in which it happened.
final class DeviationReader {
    /// Less than this, wall clock and uptime may differ by the clock's own steering.
    private static final Duration CLOCK_SLACK = Duration.ofMillis(500);

    private final Story story;
    private final List<StepLog> steps;
    private final List<Person> people;
    private final List<Deviation> found = new ArrayList<>();

    DeviationReader(Story story, List<StepLog> steps, List<Person> people) {
        this.story = story;
        this.steps = steps;
        this.people = people;
    }

    List<Deviation> deviations() {
        story.ceremony().forEach(this::look);
        clock();
        for (int i = 0; i < steps.size(); i++) {
            step(steps.get(i), story.stepAttempts().get(i));
        }
        disagreements();
        found.sort(Comparator.comparingLong(deviation -> deviation.place().seq()));
        return found;
    }

    private void look(Entry entry) {
        Json.Obj data = entry.data();
        Place place = place(entry);
        switch (entry.type()) {
            case EXCEPTION ->
                found.add(new Deviation.ExceptionRaised(
                        place,
                        data.integer("number"),
                        data.string("expected"),
                        data.string("happened"),
                        data.string("decided")));
            case OBSERVATION -> observation(place, data, entry);
            case INTENT -> intent(place, entry);
            case COSIGN -> cosign(place, data);
            case RESUME -> {
                if (data.optionalString("after").equals(Optional.of("stop"))) {
                    found.add(new Deviation.Stopped(place));
                }
            }
            case ABORT ->
                found.add(
                        new Deviation.Aborted(place, data.optionalString("why").orElse("")));
            default -> {}
        }
    }

    private Place place(Entry entry) {
        return new Place(entry.seq(), entry.time(), story.number(entry));
    }

    private void observation(Place place, Json.Obj data, Entry entry) {
        switch (data.optionalString("name").orElse("")) {
            case "card_refused" -> {
                Json.Obj detail =
                        data.optionalObject("detail").orElse(Json.obj().build());
                found.add(new Deviation.CardRefused(
                        place, refused(detail), detail.string("reason"), integer(detail, "tries_left")));
            }
            case "card_pin" -> cardPin(place, data.object("detail"));
            case "key_report" -> attributes(place, entry);
            default -> {}
        }
        if (data.optionalString("verdict").equals(Optional.of("differs"))) {
            found.add(new Deviation.Differs(
                    place,
                    data.string("label"),
                    data.optionalString("expected").orElse(Texts.get("record.nothing_stated")),
                    data.string("text"),
                    data.optionalString("because").orElse("")));
        }
    }

    private void cardPin(Place place, Json.Obj detail) {
        if (!detail.string("outcome").equals("done")) {
            found.add(new Deviation.CardRefused(
                    place, refused(detail), detail.string("reason"), integer(detail, "tries_left")));
        }
    }

    private String refused(Json.Obj detail) {
        Optional<Digest> key = detail.optionalDigest("key");
        return detail.optionalString("person")
                .map(story::name)
                .or(() -> key.flatMap(story::personOf).map(story::name))
                .orElseGet(() -> Texts.get("record.card.unknown"));
    }

    private static Optional<Long> integer(Json.Obj detail, String key) {
        return detail.get(key).orElse(new Json.Null()) instanceof Json.Int(var value)
                ? Optional.of(value)
                : Optional.empty();
    }

    private void attributes(Place place, Entry entry) {
        KeyFacts.Report report = KeyReader.report(entry);
        String key = entry.data().object("detail").string("key");
        List<String> differing = report.attributes().stream()
                .filter(line -> line.state().equals("differs"))
                .map(line -> Texts.get(
                        "record.deviation.attribute.line",
                        line.name(),
                        line.asked().map(String::valueOf).orElse("-"),
                        line.reported().map(String::valueOf).orElse("-")))
                .toList();
        if (!differing.isEmpty()) {
            found.add(new Deviation.AttributeDiffers(place, key, report.role(), differing));
        }
        List<String> silent = report.attributes().stream()
                .filter(line -> line.state().equals("not_reported"))
                .map(KeyFacts.Attribute::name)
                .toList();
        if (!silent.isEmpty()) {
            found.add(new Deviation.AttributeNotReported(place, key, report.role(), silent));
        }
    }

    private void intent(Place place, Entry entry) {
        String act = story.act(entry.data());
        if (entry.data().array("quorum").isEmpty()) {
            found.add(new Deviation.NoQuorum(place, act));
        }
        Optional<Json.Obj> outcome = story.closing(EntryType.OUTCOME, entry).map(Entry::data);
        String result = outcome.map(data -> data.string("result")).orElse("unknown");
        if (result.equals("unknown")) {
            found.add(new Deviation.OutcomeUnknown(
                    place,
                    act,
                    story.closing(EntryType.RECONCILE, entry)
                            .map(reconcile -> reconcile.data().string("finding"))));
        } else if (result.equals("refused")) {
            String rv = outcome.flatMap(data -> data.optionalString("rv")).orElse("");
            found.add(new Deviation.RefusedByHsm(place, act, rv));
        }
    }

    private void cosign(Place place, Json.Obj data) {
        if (data.string("meaning").equals("reject")) {
            String what = story.entry(data.integer("target"))
                    .flatMap(target -> target.data().optionalString("text"))
                    .map(SignatureReader::firstLine)
                    .orElse("");
            found.add(new Deviation.Rejected(place, story.holder(data.digest("key")), what));
        }
    }

    private void step(StepLog step, List<Entry> entries) {
        Place place = place(entries.getFirst());
        String title = step.told().title();
        switch (step.end().result()) {
            case FAILED ->
                found.add(new Deviation.FailedAttempt(
                        place,
                        title,
                        step.attempt(),
                        step.end().problem().isEmpty()
                                ? step.end().summary()
                                : step.end().problem()));
            case OVERRIDDEN ->
                found.add(new Deviation.Overridden(place, title, step.end().summary()));
            case DONE, OPEN -> {}
        }
        if (step.late()) {
            found.add(new Deviation.Late(
                    place,
                    title,
                    step.timing().planned(),
                    step.timing().actual().orElseThrow()));
        }
    }

    /// A wall clock that was set back shows against the uptime of the same boot, or against the entry before.
    private void clock() {
        List<Entry> entries = story.ceremony();
        for (int i = 1; i < entries.size(); i++) {
            Entry before = entries.get(i - 1);
            Entry entry = entries.get(i);
            Duration wall = Duration.between(before.time(), entry.time());
            Duration real = before.boot().equals(entry.boot())
                    ? Duration.ofNanos((entry.up() - before.up()) * 1000)
                    : Duration.ZERO;
            Duration back = real.minus(wall);
            if (back.compareTo(CLOCK_SLACK) > 0) {
                found.add(new Deviation.ClockWentBack(place(entry), back));
            }
        }
    }

    private void disagreements() {
        Optional<Entry> close = story.newest(EntryType.CEREMONY_CLOSE);
        if (close.isEmpty()) {
            return;
        }
        for (Person person : people) {
            person.agreement()
                    .filter(agreement -> !agreement.agrees())
                    .ifPresent(agreement -> found.add(
                            new Deviation.DoesNotAgree(place(close.get()), person.name(), agreement.because())));
        }
    }
}
