package org.quorate.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Script;
import org.quorate.script.Waiver;
import org.quorate.script.approval.Standing;

/// Reads the [Heading] from the opening entry and the newest run of the program.
final class HeadingReader {
    private final Story story;
    private final Checkpoint.Signed checkpoint;

    HeadingReader(Story story, Checkpoint.Signed checkpoint) {
        this.story = story;
        this.checkpoint = checkpoint;
    }

    Heading heading() {
        Entry open = story.open();
        Json.Obj data = open.data();
        return new Heading(
                new Heading.Occasion(
                        open.ceremony().orElseThrow(),
                        data.string("title"),
                        data.string("kind"),
                        !data.string("mode").equals("live"),
                        data.string("organisation"),
                        data.string("place")),
                new Heading.Plan(
                        data.string("script_id"),
                        data.string("version"),
                        Digest.fromArtefactName(data.string("script")),
                        Digest.fromArtefactName(data.string("site")),
                        document(data),
                        approval(data),
                        new Heading.Plan.Made(parts(data), waivers(data))),
                program(),
                new Heading.Timing(
                        open.time(),
                        end(),
                        data.has("planned_minutes")
                                ? Optional.of(Duration.ofMinutes(data.integer("planned_minutes")))
                                : Optional.empty(),
                        story.ceremony().getLast().time()),
                new Heading.Heads(
                        open.seq(),
                        open.prev(),
                        checkpoint.size(),
                        checkpoint.root(),
                        story.ceremony().getLast().leaf()));
    }

    private String approval(Json.Obj data) {
        Standing standing = story.approval();
        return standing.approval().isPresent() || data.string("mode").equals("live")
                ? standing.words()
                : Texts.get("approval.rehearsal_only", standing.words());
    }

    private static List<Heading.Plan.Used> parts(Json.Obj data) {
        return some(data, "parts")
                .map(part ->
                        new Heading.Plan.Used(part.string("file"), Digest.fromArtefactName(part.string("artefact"))))
                .toList();
    }

    private static List<Waiver> waivers(Json.Obj data) {
        return some(data, "waivers")
                .map(waiver -> new Waiver(waiver.string("rule"), waiver.string("at"), waiver.string("reason")))
                .toList();
    }

    /// A script that stands alone and waives nothing has neither key.
    private static Stream<Json.Obj> some(Json.Obj data, String key) {
        return data.has(key) ? data.objects(key).stream() : Stream.empty();
    }

    private static Script.DocumentControl document(Json.Obj data) {
        Json.Obj document = data.object("document");
        return new Script.DocumentControl(
                document.string("owner"),
                document.strings("reviewers"),
                document.strings("approvers"),
                document.string("classification"),
                document.string("retention"),
                document.string("next_review"),
                document.string("implements"),
                Optional.empty(),
                document.has("repeat_months")
                        ? Optional.of(Math.toIntExact(document.integer("repeat_months")))
                        : Optional.empty());
    }

    private Optional<Instant> end() {
        return story.newest(EntryType.CEREMONY_CLOSE)
                .or(() -> story.newest(EntryType.ABORT))
                .map(Entry::time);
    }

    private Heading.Program program() {
        if (story.runStarts().isEmpty()) {
            return new Heading.Program("", "", "", "", 0);
        }
        Json.Obj data = story.runStarts().getLast().data();
        return new Heading.Program(
                data.optionalString("program").orElse(""),
                data.optionalString("version").orElse(""),
                data.optionalString("java").orElse(""),
                data.optionalString("os").orElse(""),
                story.runStarts().size());
    }
}
