package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Head;
import org.quorate.ledger.Ledger;

/// What a ceremony leaves, whether it was closed or aborted: a signed head, the record made from the entries so far,
/// its
/// digest on record, and the anchors. Whatever of it stands in the ledger already is not written again.
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

    /// @param kinds such as `paper_words`
    void anchor(Head head, List<String> kinds) {
        Digest root = head.root();
        for (String kind : kinds) {
            boolean there = there(EntryType.ANCHOR)
                    .anyMatch(entry -> entry.data().string("kind").equals(kind));
            if (!there) {
                append(
                        EntryType.ANCHOR,
                        Json.obj()
                                .put("kind", kind)
                                .put("size", head.size())
                                .put("root", root.hex())
                                .put("words", String.join(" ", root.words()))
                                .put("where", Texts.get("ceremony.anchor." + kind))
                                .build());
            }
        }
    }
}
