package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.base.Json;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// One attempt at one step, as its entries tell it: from `step_start` to `step_end`, or to now. What settles an intent
/// of it belongs to it too, even where that comes after its end.
public record StepRun(String step, int attempt, List<Entry> entries) {
    public StepRun {
        entries = List.copyOf(entries);
    }

    public Entry start() {
        return entries.getFirst();
    }

    public Optional<Entry> end() {
        return of(EntryType.STEP_END).findFirst();
    }

    public Stream<Entry> of(EntryType type) {
        return entries.stream().filter(entry -> entry.is(type));
    }

    public Optional<Entry> observation(String name) {
        return of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().string("name").equals(name))
                .findFirst();
    }

    public Optional<Entry> observation(String name, String label) {
        return of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().string("name").equals(name)
                        && entry.data().string("label").equals(label))
                .findFirst();
    }

    public Status status() {
        return end().map(end -> switch (end.data().string("result")) {
                    case "done" -> Status.DONE;
                    case "overridden" -> Status.OVERRIDDEN;
                    default -> Status.FAILED;
                })
                .orElse(Status.OPEN);
    }

    /// The entry that settles `intent`: its outcome, or where that is unknown or missing its reconcile.
    public Optional<Entry> settlement(Entry intent) {
        Optional<Entry> outcome = closing(EntryType.OUTCOME, intent)
                .filter(entry -> !entry.data().string("result").equals("unknown"));
        return outcome.or(() -> closing(EntryType.RECONCILE, intent));
    }

    /// Whether the intent's effect is known to have happened.
    public boolean happened(Entry intent) {
        return settlement(intent)
                .map(entry -> finding(entry.data()).equals("done"))
                .orElse(false);
    }

    private Optional<Entry> closing(EntryType type, Entry intent) {
        return of(type).filter(entry -> entry.data().integer("intent") == intent.seq())
                .findFirst();
    }

    private static String finding(Json.Obj data) {
        return data.has("finding") ? data.string("finding") : data.string("result");
    }

    public enum Status {
        OPEN,
        DONE,
        FAILED,
        OVERRIDDEN
    }
}
