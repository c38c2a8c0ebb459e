package org.quorate.ceremony;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Plan;

/// How far a site has come with a plan: a fold over the entries of its ledger, in their order. Only what a ceremony
/// brought that was held to its close counts.
public final class PlanProgress {
    private final Optional<Instant> started;
    private final Map<UUID, Running> running = new HashMap<>();
    private final Map<String, Done> closed = new LinkedHashMap<>();
    private final Map<String, Done> stated = new LinkedHashMap<>();

    /// @param started ceremonies that were opened before do not count
    public PlanProgress(Optional<Instant> started) {
        this.started = started;
    }

    /// A ceremony that is not over.
    private record Running(String script, Map<String, String> said) {}

    /// What brought a ceremony or a document of the plan.
    ///
    /// @param at when the ceremony was closed
    /// @param text what was typed in; empty for a ceremony
    public record Done(UUID ceremony, Instant at, String text) {}

    public void add(Entry entry) {
        entry.ceremony().ifPresent(id -> {
            if (entry.is(EntryType.CEREMONY_OPEN)) {
                if (started.filter(start -> entry.time().isBefore(start)).isEmpty()) {
                    running.put(id, new Running(entry.data().string("script_id"), new LinkedHashMap<>()));
                }
                return;
            }
            Optional.ofNullable(running.get(id)).ifPresent(ceremony -> add(id, ceremony, entry));
        });
    }

    private void add(UUID id, Running ceremony, Entry entry) {
        switch (entry.type()) {
            case OBSERVATION ->
                said(entry).ifPresent(text -> ceremony.said().put(entry.data().string("name"), text));
            case ABORT -> running.remove(id);
            case CEREMONY_CLOSE -> {
                closed.put(ceremony.script(), new Done(id, entry.time(), ""));
                ceremony.said().forEach((name, text) -> stated.put(name, new Done(id, entry.time(), text)));
                running.remove(id);
            }
            default -> {}
        }
    }

    /// What a person typed in; of what somebody only said yes or no to there is nothing to show.
    private static Optional<String> said(Entry entry) {
        return entry.data()
                .optionalString("item")
                .filter("stated"::equals)
                .filter(_ -> entry.data().optionalString("verdict").isEmpty())
                .flatMap(_ -> entry.data().optionalString("text"))
                .filter(text -> !text.isBlank());
    }

    /// The newest ceremony of this script that was held to its close.
    public Optional<Done> ceremony(String script) {
        return Optional.ofNullable(closed.get(script));
    }

    /// The newest reference that was put on record under this name.
    public Optional<Done> document(String name) {
        return Optional.ofNullable(stated.get(name));
    }

    public List<String> missingCeremonies(Plan.Target target) {
        return target.ceremonies().stream()
                .filter(script -> ceremony(script).isEmpty())
                .toList();
    }

    public List<Plan.Document> missingDocuments(Plan.Target target) {
        return target.documents().stream()
                .filter(document -> document(document.name()).isEmpty())
                .toList();
    }

    public boolean done(Plan.Target target) {
        return missingCeremonies(target).isEmpty() && missingDocuments(target).isEmpty();
    }
}
