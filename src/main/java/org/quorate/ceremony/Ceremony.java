package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.Operation;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Step;

/// What the entries of one ceremony say: a fold over them and nothing else. Two programs that read the same entries see
/// the same ceremony.
public record Ceremony(UUID id, List<Entry> entries, List<StepRun> runs, Status status) {

    public Ceremony {
        entries = List.copyOf(entries);
        runs = List.copyOf(runs);
    }

    public enum Status {
        RUNNING,
        PAUSED,
        ABORTED,
        CLOSED
    }

    /// Folds the entries of one ceremony, in order; the first one opens it.
    public static Ceremony of(List<Entry> entries) {
        Entry open = entries.getFirst();
        if (!open.is(EntryType.CEREMONY_OPEN)) {
            throw new IllegalArgumentException("the first entry of a ceremony opens it, and this is " + open);
        }
        // Each step_start begins a new list; every later entry of that step belongs to the newest one.
        var started = new ArrayList<List<Entry>>();
        var newest = new HashMap<String, List<Entry>>();
        var status = Status.RUNNING;
        boolean closed = false;
        for (Entry entry : entries) {
            if (entry.is(EntryType.STEP_START)) {
                var run = new ArrayList<Entry>();
                started.add(run);
                newest.put(entry.step().orElseThrow(), run);
            }
            settled(entry, started).or(() -> entry.step().map(newest::get)).ifPresent(run -> run.add(entry));
            closed |= entry.is(EntryType.CEREMONY_CLOSE);
            status = switch (entry.type()) {
                case PAUSE -> Status.PAUSED;
                // A ceremony that paused between its closing signatures is still one that was closed.
                case RESUME -> closed ? Status.CLOSED : Status.RUNNING;
                case ABORT -> Status.ABORTED;
                case CEREMONY_CLOSE -> Status.CLOSED;
                default -> status;
            };
        }
        List<StepRun> runs = started.stream().map(Ceremony::run).toList();
        return new Ceremony(open.ceremony().orElseThrow(), entries, runs, status);
    }

    /// The attempt whose intent `entry` settles, whatever was tried since.
    private static Optional<List<Entry>> settled(Entry entry, List<List<Entry>> started) {
        if (!entry.is(EntryType.OUTCOME) && !entry.is(EntryType.RECONCILE)) {
            return Optional.empty();
        }
        long intent = entry.data().integer("intent");
        return started.stream()
                .filter(run -> run.stream().anyMatch(earlier -> earlier.seq() == intent))
                .findFirst();
    }

    private static StepRun run(List<Entry> entries) {
        Entry start = entries.getFirst();
        return new StepRun(
                start.step().orElseThrow(), Math.toIntExact(start.data().integer("attempt")), entries);
    }

    public Json.Obj opening() {
        return entries.getFirst().data();
    }

    public Digest script() {
        return Digest.fromArtefactName(opening().string("script"));
    }

    /// Attempts at `step`, oldest first.
    public List<StepRun> attempts(String step) {
        return runs.stream().filter(run -> run.step().equals(step)).toList();
    }

    public Optional<StepRun> latest(String step) {
        return runs.stream().filter(run -> run.step().equals(step)).reduce((first, second) -> second);
    }

    public boolean finished(String step) {
        return latest(step)
                .map(run -> run.status() == StepRun.Status.DONE || run.status() == StepRun.Status.OVERRIDDEN)
                .orElse(false);
    }

    /// The name of the path on which people, or the ledger, decided at this step; empty until then.
    public Optional<String> chosen(Step.Decide decision) {
        return latest(decision.id())
                .filter(run -> finished(decision.id()))
                .flatMap(run -> run.observation(DecisionActs.DECISION))
                .map(entry -> entry.data().object("detail").string("path"));
    }

    /// Closed or aborted, exported, and covered by a last checkpoint: nothing is left to do.
    public boolean complete() {
        return (status == Status.CLOSED || status == Status.ABORTED)
                && of(EntryType.EXPORT).findAny().isPresent()
                && entries.getLast().is(EntryType.CHECKPOINT)
                && entries.getLast().step().isEmpty();
    }

    /// Intents whose effect nobody has settled yet, oldest first.
    public List<Entry> openIntents() {
        return runs.stream()
                .flatMap(run -> run.of(EntryType.INTENT)
                        .filter(intent -> run.settlement(intent).isEmpty()))
                .toList();
    }

    public Stream<Entry> of(EntryType type) {
        return entries.stream().filter(entry -> entry.is(type));
    }

    /// The newest observation of this name whose detail says so of `key` on the token with this role.
    public Optional<Entry> observation(String name, String key, String role) {
        return of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().string("name").equals(name))
                .filter(entry -> entry.data()
                        .optionalObject("detail")
                        .filter(detail -> detail.optionalString("key").equals(Optional.of(key))
                                && detail.optionalString("role").equals(Optional.of(role)))
                        .isPresent())
                .reduce((first, second) -> second);
    }

    /// The CKA_ID under which the newest successful act made, imported or received `key` on a token, or found it there.
    public Optional<KeyId> keyOn(String key, String role) {
        return runs.stream()
                .flatMap(run -> run.of(EntryType.INTENT).filter(run::happened))
                .map(Entry::data)
                .filter(data -> Operation.bringsAKey(data.string("op")))
                .filter(data -> data.string("key").equals(key)
                        && data.string("token_role").equals(role))
                .reduce((first, second) -> second)
                .or(() -> observation("identified_key", key, role)
                        .map(found -> found.data().object("detail")))
                .map(data -> new KeyId(data.string("cka_id")));
    }

    /// Who is in the room: the newest `participant` entry of each person says arrived.
    public List<Entry> present() {
        var byPerson = new LinkedHashMap<String, Entry>();
        of(EntryType.PARTICIPANT).forEach(entry -> byPerson.put(entry.data().string("person"), entry));
        return byPerson.values().stream()
                .filter(entry -> entry.data().string("event").equals("arrived"))
                .toList();
    }
}
