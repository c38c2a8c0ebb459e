package org.quorate.record;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Act;
import org.quorate.script.Step;

/// Reads the attempts at the steps, in the order in which they began.
final class StepReader {
    private final Story story;
    private final LogReader log;
    private final Map<String, String> actByStep = new HashMap<>();

    StepReader(Story story) {
        this.story = story;
        log = new LogReader(story);
        for (Act act : story.script().acts()) {
            for (Step step : act.steps()) {
                actByStep.put(step.id(), act.title());
            }
        }
    }

    List<StepLog> steps() {
        return story.stepAttempts().stream().map(this::step).toList();
    }

    private StepLog step(List<Entry> entries) {
        Entry start = entries.getFirst();
        Json.Obj data = start.data();
        Optional<Entry> end =
                entries.stream().filter(entry -> entry.is(EntryType.STEP_END)).findFirst();
        Optional<Entry> settled = end.or(() -> closing(start));
        String id = start.step().orElse("");
        return new StepLog(
                new StepLog.Place(id, data.string("number"), actByStep.getOrDefault(id, "")),
                new StepLog.Told(
                        data.string("title"),
                        data.optionalString("say").orElse(""),
                        story.role(data.optionalString("by").orElse("")),
                        story.role(data.optionalString("witnessed_by").orElse(""))),
                Math.toIntExact(data.integer("attempt")),
                new StepLog.Timing(
                        start.time(),
                        Duration.ofMinutes(data.integer("planned_minutes")),
                        settled.map(last -> Story.elapsed(start, last).minus(paused(start, last)))),
                end.map(last -> end(last.data())).orElseGet(() -> unended(settled)),
                log.items(entries));
    }

    /// The record is made inside the last step, so what ends that step is the closing of the ceremony.
    private Optional<Entry> closing(Entry start) {
        return story.newest(EntryType.CEREMONY_CLOSE).filter(close -> close.seq() > start.seq());
    }

    private static StepLog.End unended(Optional<Entry> closing) {
        return closing.isPresent()
                ? new StepLog.End(StepLog.Result.DONE, Texts.get("record.step.closed"), "")
                : new StepLog.End(StepLog.Result.OPEN, Texts.get("record.step.open"), "");
    }

    /// Time between a pause and the resume after it is nobody's delay.
    private Duration paused(Entry from, Entry to) {
        Duration sum = Duration.ZERO;
        Optional<Entry> since = Optional.empty();
        for (Entry entry : story.pauses()) {
            if (entry.seq() < from.seq() || entry.seq() > to.seq()) {
                continue;
            }
            if (entry.is(EntryType.PAUSE)) {
                since = Optional.of(entry);
            } else if (since.isPresent()) {
                sum = sum.plus(Story.elapsed(since.get(), entry));
                since = Optional.empty();
            }
        }
        return sum;
    }

    private static StepLog.End end(Json.Obj data) {
        StepLog.Result result = switch (data.string("result")) {
            case "done" -> StepLog.Result.DONE;
            case "overridden" -> StepLog.Result.OVERRIDDEN;
            default -> StepLog.Result.FAILED;
        };
        return new StepLog.End(
                result,
                data.optionalString("summary").orElse(""),
                data.get("problem").map(StepReader::problem).orElse(""));
    }

    /// A problem stands as its words, or as an object with them.
    private static String problem(Json problem) {
        return problem instanceof Json.Obj object && object.has("what")
                ? object.string("what")
                        + object.optionalString("cause")
                                .map(cause -> " " + cause)
                                .orElse("")
                : Plain.text(problem);
    }
}
