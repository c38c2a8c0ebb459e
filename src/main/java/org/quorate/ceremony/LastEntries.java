package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.NoteAnswer;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Head;
import org.quorate.ledger.Ledger;

/// What a ceremony leaves, whether it was closed or aborted: a signed head, the record made from the entries so
/// far, its digest on record, and the anchors. Whatever of it stands in the ledger already is not written again.
final class LastEntries {
    private final Setting setting;
    private final Optional<String> step;
    private final long since;

    /// @param step the step that closes; empty for a ceremony that was aborted
    /// @param since the entry after which these stand
    LastEntries(Setting setting, Optional<String> step, long since) {
        this.setting = setting;
        this.step = step;
        this.since = since;
    }

    private Stream<Entry> there(EntryType type) {
        return setting.journal().now().of(type).filter(entry -> entry.seq() > since);
    }

    private Entry append(EntryType type, Json.Obj data) {
        return setting.journal()
                .ledger()
                .append(new Draft(type, Optional.of(setting.journal().ceremony()), step, data, List.of()));
    }

    /// The checkpoint that the record and the anchors name.
    Head checkpoint() {
        Entry entry = there(EntryType.CHECKPOINT)
                .findFirst()
                .orElseGet(() -> append(EntryType.CHECKPOINT, Checkpoints.next(setting)));
        Ledger ledger = setting.journal().ledger();
        long size = entry.seq();
        return new Head(size, ledger.entry(size - 1).leaf(), ledger.tree(size).root());
    }

    /// Makes the record and puts its digest on record.
    void export() {
        if (there(EntryType.EXPORT).findAny().isPresent()) {
            return;
        }
        setting.front().working(Texts.get("ceremony.working.record"));
        List<Console.MadeFile> files =
                setting.console().makeRecord(setting.journal().ceremony(), setting.script());
        append(
                EntryType.EXPORT,
                Json.obj()
                        .put(
                                "files",
                                Json.array(files.stream()
                                        .map(file -> Json.obj()
                                                .put("name", file.name())
                                                .put("sha256", file.sha256().hex())
                                                .put("bytes", file.bytes())
                                                .build())
                                        .toList()))
                        .build());
    }

    /// What stands outside the ledger from now on.
    ///
    /// @param kind such as `paper_words`
    /// @param where for people, which makes it this anchor and no other
    void anchor(Head head, String kind, String where) {
        boolean there = there(EntryType.ANCHOR)
                .anyMatch(entry -> entry.data().string("kind").equals(kind)
                        && entry.data().string("where").equals(where));
        if (!there) {
            append(
                    EntryType.ANCHOR,
                    Json.obj()
                            .put("kind", kind)
                            .put("size", head.size())
                            .put("root", head.root().hex())
                            .put("words", String.join(" ", head.root().words()))
                            .put("where", where)
                            .build());
        }
    }

    /// The last page of the record carries the head as words and as a QR code.
    void anchorOnPaper(Head head) {
        anchor(head, "paper_words", Texts.get("ceremony.anchor.paper_words"));
        anchor(head, "paper_qr", Texts.get("ceremony.anchor.paper_qr"));
    }

    /// Cards that can hold data and are there now keep the note; one of them is enough to find a ledger that was cut
    /// back. A card that doubts this ledger keeps what it has: it is the evidence.
    void anchorOnCards(Head head) {
        Ledger ledger = setting.journal().ledger();
        String note =
                there(EntryType.CHECKPOINT).findFirst().orElseThrow().data().string("note");
        for (Card card : setting.equipment().cards().present()) {
            setting.roster()
                    .byKey(card.keyId())
                    .filter(holder ->
                            CardMemory.doubt(card, holder.name(), ledger).isEmpty())
                    .filter(holder -> card.keep(note) == NoteAnswer.KEPT)
                    .ifPresent(holder ->
                            anchor(head, "card", Texts.get("ceremony.anchor.card", card.serial(), holder.name())));
        }
    }

    void anchorInMirror() {
        switch (mirror(setting)) {
            case Mirror.None() -> {}
            case Mirror.Made(var made) ->
                anchor(made.head(), "mirror", Texts.get("ceremony.anchor.mirror", made.file()));
            case Mirror.Failed(var problem) ->
                append(
                        EntryType.OBSERVATION,
                        Observation.sensed("mirror_failed", Texts.get("ceremony.mirror_failed.label"), problem.what())
                                .verdict(false)
                                .because(problem.cause())
                                .toJson());
        }
    }

    /// What became of the copy on the second disk.
    sealed interface Mirror {
        /// The site has no second disk.
        record None() implements Mirror {}

        record Made(Console.Mirrored made) implements Mirror {}

        record Failed(Problem problem) implements Mirror {}
    }

    /// A mirror that fails does not hold a close up: people are told, and the ledger says so instead of an anchor.
    static Mirror mirror(Setting setting) {
        try {
            return setting.console().mirror().<Mirror>map(Mirror.Made::new).orElseGet(Mirror.None::new);
        } catch (ProblemException failed) {
            setting.front().notice(failed.problem());
            return new Mirror.Failed(failed.problem());
        }
    }
}
