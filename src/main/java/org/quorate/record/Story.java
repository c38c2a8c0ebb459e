package org.quorate.record;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Script;
import org.quorate.script.approval.Approvals;
import org.quorate.script.approval.ScriptApproval;
import org.quorate.script.approval.Standing;

/// The entries of one ceremony, by sequence and by attempt, and the names of the people in them.
final class Story {
    private final List<Entry> ceremony;
    private final Script script;
    private final Entry open;
    private final Map<Long, Entry> bySeq = new HashMap<>();
    private final Map<Digest, String> personByKey = new HashMap<>();
    private final Map<String, String> nameByPerson = new HashMap<>();
    private final Map<String, String> numberByStep = new HashMap<>();
    private final Map<String, String> titleByStep = new HashMap<>();
    private final Map<Long, List<Entry>> closings = new HashMap<>();
    private final Map<Long, List<Entry>> corrections = new HashMap<>();
    private final List<List<Entry>> attempts = new ArrayList<>();
    private final List<Entry> outside = new ArrayList<>();
    private final List<Entry> runStarts;
    private final List<Entry> pauses;
    private final Standing approval;

    Story(List<Entry> entries, Script script) {
        this.script = script;
        open = entries.stream()
                .filter(entry -> entry.is(EntryType.CEREMONY_OPEN))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("these entries open no ceremony"));
        Optional<UUID> id = open.ceremony();
        ceremony = entries.stream().filter(entry -> entry.ceremony().equals(id)).toList();
        Set<UUID> runs = ceremony.stream().map(Entry::run).collect(Collectors.toCollection(HashSet::new));
        runStarts = entries.stream()
                .filter(entry -> entry.is(EntryType.RUN_START) && runs.contains(entry.run()))
                .toList();
        pauses = ceremony.stream()
                .filter(entry -> entry.is(EntryType.PAUSE) || entry.is(EntryType.RESUME))
                .toList();
        entries.forEach(this::learn);
        approval = approvalAtTheOpening(entries);
        attempts();
    }

    /// From the entries that cards signed, and not from what the opening says of them.
    private Standing approvalAtTheOpening(List<Entry> entries) {
        Json.Obj data = open.data();
        var plan = new ScriptApproval.Plan(
                data.string("script_id"),
                data.string("version"),
                data.string("title"),
                Digest.fromArtefactName(data.string("script")));
        List<Entry> before =
                entries.stream().filter(entry -> entry.seq() < open.seq()).toList();
        return Approvals.of(before).standing(plan, open.time());
    }

    /// What held of the script when the ceremony was opened.
    Standing approval() {
        return approval;
    }

    private void learn(Entry entry) {
        bySeq.put(entry.seq(), entry);
        Json.Obj data = entry.data();
        switch (entry.type()) {
            case GENESIS -> data.objects("keys").forEach(this::learnKey);
            case KEY_ADD -> {
                learnKey(data);
                data.optionalString("name").ifPresent(name -> nameByPerson.put(data.string("person"), name));
            }
            case CORRECTION ->
                corrections
                        .computeIfAbsent(data.integer("entry"), seq -> new ArrayList<>())
                        .add(entry);
            case PARTICIPANT -> {
                nameByPerson.put(data.string("person"), data.string("name"));
                data.optionalDigest("key").ifPresent(key -> personByKey.put(key, data.string("person")));
            }
            case OUTCOME, RECONCILE ->
                closings.computeIfAbsent(data.integer("intent"), seq -> new ArrayList<>())
                        .add(entry);
            case STEP_START ->
                entry.step().ifPresent(step -> {
                    numberByStep.put(step, data.string("number"));
                    titleByStep.put(step, data.string("title"));
                });
            default -> {}
        }
    }

    private void learnKey(Json.Obj key) {
        key.optionalString("person").ifPresent(person -> personByKey.put(key.digest("id"), person));
    }

    private void attempts() {
        var newest = new HashMap<String, List<Entry>>();
        for (Entry entry : ceremony) {
            if (entry.is(EntryType.STEP_START)) {
                var attempt = new ArrayList<Entry>();
                attempts.add(attempt);
                newest.put(entry.step().orElse(""), attempt);
            }
            List<Entry> attempt = newest.get(entry.step().orElse(""));
            if (attempt == null) {
                outside.add(entry);
            } else {
                attempt.add(entry);
            }
        }
    }

    /// What put this entry right, oldest first.
    List<Entry> correctionsOf(long seq) {
        return corrections.getOrDefault(seq, List.of());
    }

    Entry open() {
        return open;
    }

    Script script() {
        return script;
    }

    List<Entry> ceremony() {
        return ceremony;
    }

    List<Entry> runStarts() {
        return runStarts;
    }

    List<List<Entry>> stepAttempts() {
        return attempts;
    }

    List<Entry> outsideSteps() {
        return outside;
    }

    /// Every pause and resume, in order.
    List<Entry> pauses() {
        return pauses;
    }

    Stream<Entry> of(EntryType type) {
        return ceremony.stream().filter(entry -> entry.is(type));
    }

    Optional<Entry> newest(EntryType type) {
        return of(type).reduce((first, second) -> second);
    }

    Stream<Entry> observations(String name) {
        return of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().optionalString("name").equals(Optional.of(name)));
    }

    Optional<Entry> entry(long seq) {
        return Optional.ofNullable(bySeq.get(seq));
    }

    /// By the uptime of one boot, since a wall clock may be set; over a restart by the wall clock, but never below
    /// zero.
    static Duration elapsed(Entry from, Entry to) {
        if (from.boot().equals(to.boot())) {
            return Duration.of(to.up() - from.up(), ChronoUnit.MICROS);
        }
        Duration wall = Duration.between(from.time(), to.time());
        return wall.isNegative() ? Duration.ZERO : wall;
    }

    /// The printed name of a person id; the id itself where the ceremony never met the person.
    String name(String person) {
        return nameByPerson.getOrDefault(person, person);
    }

    Optional<String> personOf(Digest key) {
        return Optional.ofNullable(personByKey.get(key));
    }

    /// The holder of a key, by name; the fingerprint where nobody is known to hold it.
    String holder(Digest key) {
        return personOf(key).map(this::name).orElseGet(key::grouped);
    }

    /// `2.3`, or nothing outside the steps.
    String number(Entry entry) {
        return entry.step().map(step -> numberByStep.getOrDefault(step, step)).orElse("");
    }

    /// The title of the step that an entry belongs to.
    String title(Entry entry) {
        return entry.step().map(step -> titleByStep.getOrDefault(step, step)).orElse("");
    }

    /// A role as the script names it for people.
    String role(String role) {
        Script.RoleSpec spec = script.cast().roles().get(role);
        return spec == null ? role.replace('_', ' ') : spec.title();
    }

    /// An act on the HSM in words, such as "generate key pair root on primary".
    String act(Json.Obj intent) {
        String op = Plain.word("record.op.", intent.string("op"));
        String key = intent.optionalString("key").map(name -> " " + name).orElse("");
        String where = intent.optionalString("token_role")
                .map(role -> " " + Texts.get("record.op.on", role))
                .orElse("");
        return op + key + where;
    }

    /// The entry that settles an intent: its outcome unless that is unknown, else its reconcile.
    Optional<Entry> settlement(Entry intent) {
        return closing(EntryType.OUTCOME, intent)
                .filter(outcome -> !outcome.data().string("result").equals("unknown"))
                .or(() -> closing(EntryType.RECONCILE, intent));
    }

    boolean happened(Entry intent) {
        return settlement(intent)
                .map(Entry::data)
                .map(data -> data.optionalString("finding").orElseGet(() -> data.string("result")))
                .filter("done"::equals)
                .isPresent();
    }

    Optional<Entry> closing(EntryType type, Entry intent) {
        return closings.getOrDefault(intent.seq(), List.of()).stream()
                .filter(entry -> entry.is(type))
                .reduce((first, second) -> second);
    }

    /// The holders of the approvals that an intent names.
    List<String> approvers(Json.Obj intent) {
        return intent.array("quorum").stream()
                .flatMap(item -> item instanceof Json.Int(var seq) ? entry(seq).stream() : Stream.empty())
                .filter(entry -> entry.is(EntryType.COSIGN))
                .map(entry -> holder(entry.data().digest("key")))
                .toList();
    }
}
