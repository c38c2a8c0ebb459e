package org.quorate.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.base.Fingerprints;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.record.LogItem.Mark;

/// Puts entries into words, one line of the log each.
final class LogReader {
    private static final String SEPARATOR = " · ";
    private static final int BRIEF = 80;

    private final Story story;

    LogReader(Story story) {
        this.story = story;
    }

    List<LogItem> items(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> item(entry).stream())
                .map(this::withCorrections)
                .toList();
    }

    /// What was put right later is told where it stands, so that nobody reads on in error.
    private LogItem withCorrections(LogItem item) {
        var notes = new ArrayList<>(item.notes());
        for (Entry correction : story.correctionsOf(item.seq())) {
            notes.add(Texts.get(
                    "record.log.corrected", correction.seq(), correction.data().string("right")));
        }
        return new LogItem(
                item.seq(),
                item.time(),
                item.mark(),
                item.text(),
                notes,
                item.deviates() || notes.size() > item.notes().size());
    }

    private LogItem enrolled(Entry entry) {
        Json.Obj data = entry.data();
        String roles = String.join(
                ", ", data.strings("roles").stream().map(story::role).toList());
        return new LogItem(
                entry.seq(),
                entry.time(),
                Mark.ENROLLED,
                Texts.get("record.log.enrolled", story.holder(data.digest("id")), roles),
                List.of("SHA-256 " + Fingerprints.groups(data.string("id"))),
                false);
    }

    /// Empty for entries that the heading of a step tells already.
    private Optional<LogItem> item(Entry entry) {
        Json.Obj data = entry.data();
        return switch (entry.type()) {
            case STEP_START, STEP_END, CHECKPOINT -> Optional.empty();
            case OBSERVATION -> Optional.of(observation(entry));
            case STATEMENT -> Optional.of(statement(entry));
            case COSIGN -> Optional.of(cosign(entry));
            case INTENT -> Optional.of(intent(entry));
            case OUTCOME -> Optional.of(outcome(entry));
            case RECONCILE ->
                line(
                        entry,
                        Mark.RECONCILED,
                        Texts.get(
                                "record.log.reconciled",
                                data.integer("intent"),
                                Plain.word("record.finding.", data.string("finding"))),
                        true,
                        data.get("evidence").map(Plain::text).orElse(""));
            case PARTICIPANT -> Optional.of(participant(entry));
            case EXCEPTION ->
                line(
                        entry,
                        Mark.EXCEPTION,
                        Texts.get("record.log.exception", data.integer("number"), data.string("happened")),
                        true,
                        Texts.get("record.log.decided", data.string("decided")));
            case PAUSE -> line(entry, Mark.PAUSED, data.optionalString("why").orElse(""), false);
            case RESUME -> {
                boolean stop = data.optionalString("after").orElse("").equals("stop");
                yield line(
                        entry,
                        Mark.RESUMED,
                        Texts.get(stop ? "record.log.after_stop" : "record.log.after_pause"),
                        stop);
            }
            case ABORT -> line(entry, Mark.ABORTED, data.optionalString("why").orElse(""), true);
            case CEREMONY_OPEN -> line(entry, Mark.OPENED, data.string("title"), false);
            case CEREMONY_CLOSE -> line(entry, Mark.CLOSED, Texts.get("record.log.closed"), false);
            case ANCHOR ->
                line(
                        entry,
                        Mark.ANCHORED,
                        Plain.word("record.anchor.", data.string("kind")),
                        false,
                        data.optionalString("where").orElse(""));
            case CORRECTION ->
                line(
                        entry,
                        Mark.CORRECTED,
                        Texts.get("record.log.corrects", data.integer("entry"), data.string("right")),
                        true,
                        Texts.get("record.log.because", data.string("why")));
            case KEY_ADD -> Optional.of(enrolled(entry));
            case KEY_RETIRE ->
                line(
                        entry,
                        Mark.RETIRED,
                        Texts.get("record.log.retired", story.holder(data.digest("id")), data.string("why")),
                        false,
                        "SHA-256 " + Fingerprints.groups(data.string("id")));
            case GENESIS, RUN_START, EXPORT, SCRIPT_APPROVAL ->
                line(entry, Mark.OTHER, entry.type().wire().replace('_', ' '), false);
        };
    }

    private static Optional<LogItem> line(Entry entry, Mark mark, String text, boolean deviates, String... notes) {
        var kept = new ArrayList<String>();
        for (String note : notes) {
            if (!note.isEmpty()) {
                kept.add(note);
            }
        }
        return Optional.of(new LogItem(entry.seq(), entry.time(), mark, text, kept, deviates));
    }

    private LogItem observation(Entry entry) {
        Json.Obj data = entry.data();
        boolean differs = data.optionalString("verdict").equals(Optional.of("differs"));
        var notes = new ArrayList<String>();
        data.optionalString("expected")
                .filter(expected -> !expected.equals(data.string("text")))
                .ifPresent(expected -> notes.add(Texts.get("record.log.expected", expected)));
        data.optionalString("because").ifPresent(because -> notes.add(Texts.get("record.log.because", because)));
        String judged = Stream.concat(
                        data.optionalString("verdict").map(verdict -> Plain.word("record.log.", verdict)).stream(),
                        data.optionalString("by").map(story::name).stream())
                .collect(Collectors.joining(SEPARATOR));
        if (!judged.isEmpty()) {
            notes.add(judged);
        }
        data.optionalObject("detail").ifPresent(detail -> detail(data, detail, notes));
        if (data.optionalString("name").equals(Optional.of("card_refused"))) {
            return new LogItem(entry.seq(), entry.time(), Mark.REFUSED, data.string("text"), notes, true);
        }
        Mark mark = switch (data.string("item")) {
            case "stated" -> Mark.STATED;
            case "compared" -> Mark.COMPARED;
            default -> Mark.SENSED;
        };
        String text = labelled(data.string("label"), Plain.grouped(data.string("text")));
        return new LogItem(entry.seq(), entry.time(), mark, text, notes, differs || poor(data));
    }

    /// A label that is a sentence needs no colon.
    private static String labelled(String label, String text) {
        return label.endsWith(".") ? label + " " + text : label + ": " + text;
    }

    private static boolean poor(Json.Obj data) {
        return data.optionalObject("detail")
                .filter(detail -> detail.has("attributes"))
                .map(detail -> detail.objects("attributes").stream()
                        .anyMatch(line -> !KeyFacts.Attribute.isPlain(line.string("state"))))
                .orElse(false);
    }

    private static void detail(Json.Obj data, Json.Obj detail, List<String> notes) {
        String said = Plain.grouped(data.string("text"));
        switch (data.optionalString("name").orElse("")) {
            case "test_signature" -> {
                for (Json.Obj voice : detail.objects("voices")) {
                    notes.add(Texts.get(
                            "record.log.voice." + voice.string("verdict"),
                            voice.string("provider"),
                            voice.string("version")));
                }
            }
            case "public_key", "certificate" ->
                detail.optionalString("sha256")
                        .map(Fingerprints::groups)
                        .filter(hex -> !said.contains(hex))
                        .ifPresent(hex -> notes.add("SHA-256 " + hex));
            default -> {}
        }
    }

    private LogItem statement(Entry entry) {
        Json.Obj need = entry.data().object("need");
        var lines = new ArrayList<>(entry.data().string("text").strip().lines().toList());
        String first = lines.isEmpty() ? "" : lines.removeFirst();
        lines.removeIf(String::isBlank);
        String roles = String.join(
                ", ", need.strings("roles").stream().map(story::role).toList());
        lines.add(Texts.get("record.log.need", need.integer("m"), roles));
        return new LogItem(entry.seq(), entry.time(), Mark.STATEMENT, first, lines, false);
    }

    private LogItem cosign(Entry entry) {
        Json.Obj data = entry.data();
        String name = story.holder(data.digest("key"));
        Mark mark = switch (data.string("meaning")) {
            case "reject" -> Mark.REJECTED;
            case "witness" -> Mark.WITNESSED;
            default -> Mark.SIGNED;
        };
        String text = Texts.get("record.log.signed." + data.string("meaning"), name, data.integer("target"));
        return new LogItem(entry.seq(), entry.time(), mark, text, List.of(), mark == Mark.REJECTED);
    }

    private LogItem participant(Entry entry) {
        Json.Obj data = entry.data();
        boolean arrived = data.string("event").equals("arrived");
        String text = Texts.get("record.log.person", data.string("name"), data.string("organisation"));
        List<String> notes = arrived
                ? data.optionalString("identity")
                        .map(how -> List.of(Texts.get("record.log.identity", how)))
                        .orElse(List.of())
                : List.of();
        return new LogItem(entry.seq(), entry.time(), arrived ? Mark.ARRIVED : Mark.LEFT, text, notes, false);
    }

    private LogItem intent(Entry entry) {
        Json.Obj data = entry.data();
        var notes = new ArrayList<String>();
        Json.Obj token = data.object("token");
        var parameters = new ArrayList<String>();
        parameters.add(Texts.get("record.log.token", token.string("serial"), token.string("label")));
        for (String key : List.of("spec", "mechanism", "under", "from", "to")) {
            data.get(key)
                    .map(Plain::text)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> parameters.add(Texts.get("record.log." + key, text)));
        }
        notes.add(String.join(SEPARATOR, parameters));
        data.optionalString("cka_id").ifPresent(id -> notes.add("CKA_ID " + Fingerprints.groups(id)));
        List<String> approvers = story.approvers(data);
        notes.add(
                approvers.isEmpty()
                        ? Texts.get("record.log.no_quorum")
                        : Texts.get("record.log.quorum", String.join(", ", approvers)));
        return new LogItem(entry.seq(), entry.time(), Mark.INTENT, story.act(data), notes, approvers.isEmpty());
    }

    /// What was observed without the values that have a section of their own, such as a whole public key.
    private static String brief(Json observed) {
        return observed instanceof Json.Obj(var members)
                ? members.entrySet().stream()
                        .filter(member -> Plain.text(member.getValue()).length() <= BRIEF)
                        .map(member ->
                                member.getKey().replace('_', ' ') + " " + Plain.grouped(Plain.text(member.getValue())))
                        .collect(Collectors.joining(SEPARATOR))
                : Plain.text(observed);
    }

    private static LogItem outcome(Entry entry) {
        Json.Obj data = entry.data();
        String result = data.string("result");
        var notes = new ArrayList<String>();
        String rv = data.optionalString("rv").orElse("");
        if (data.get("ms").orElse(new Json.Null()) instanceof Json.Int(var ms)) {
            notes.add(Texts.get("record.log.took", Durations.words(Duration.ofMillis(ms))));
        }
        data.get("observed")
                .map(LogReader::brief)
                .filter(text -> !text.isEmpty())
                .ifPresent(notes::add);
        String text = Texts.get("record.log.outcome." + result, rv, data.integer("intent"));
        return new LogItem(
                entry.seq(),
                entry.time(),
                Mark.OUTCOME,
                text,
                notes,
                Set.of("refused", "unknown").contains(result));
    }
}
