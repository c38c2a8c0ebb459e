package org.quorate.app.site;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.ledger.BrokenEntryException;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.LedgerRow;
import org.quorate.quorum.HolderName;
import org.quorate.ui.text.EntryWords;

/// Puts rows into lines, in the words of the window. Rows come in order, since later ones are about people that earlier
/// ones name. It is a reader and not a verifier: what a row lacks makes its line plain.
public final class LedgerLines {
    private final Map<String, String> names = new HashMap<>();
    private final Map<Digest, String> holders = new HashMap<>();

    /// @param entry empty where the body is not an entry
    /// @param words what it says, or why it is no entry
    public record Line(LedgerRow row, Optional<Entry> entry, String words) {

        public String text() {
            return "%7d  %-24s  %-14s  %-20s  %s"
                    .formatted(
                            row.seq(),
                            entry.map(e -> UtcTime.format(e.time())).orElse("-"),
                            entry.map(e -> e.type().wire()).orElse("-"),
                            entry.flatMap(Entry::step).map(VisibleText::of).orElse("-"),
                            words);
        }

        public Json.Obj toJson() {
            return Json.obj()
                    .put("seq", row.seq())
                    .put("ts", entry.map(e -> UtcTime.format(e.time())))
                    .put("type", entry.map(e -> e.type().wire()))
                    .put("cer", entry.flatMap(Entry::ceremony).map(Object::toString))
                    .put("step", entry.flatMap(Entry::step))
                    .put("words", words)
                    .build();
        }
    }

    public Line line(LedgerRow row) {
        try {
            Entry entry = EntryCodec.decode(row.body());
            return new Line(row, Optional.of(entry), VisibleText.of(words(entry)));
        } catch (BrokenEntryException e) {
            String why = Texts.get("app.ledger.row_wrong", e.rule().sentence());
            return new Line(row, Optional.empty(), why);
        }
    }

    private String words(Entry entry) {
        try {
            learn(entry);
            return EntryWords.of(
                    entry,
                    person -> names.getOrDefault(person, person),
                    key -> Optional.ofNullable(holders.get(key)).map(person -> names.getOrDefault(person, person)));
        } catch (JsonException | IllegalArgumentException e) {
            // Data of another form than the console writes: somebody else's, or edited.
            return EntryWords.words(entry.type().wire());
        }
    }

    private void learn(Entry entry) {
        Json.Obj data = entry.data();
        if (entry.is(EntryType.GENESIS)) {
            data.objects("keys").forEach(key -> learn(LedgerKey.fromJson(key)));
        } else if (entry.is(EntryType.KEY_ADD)) {
            learn(LedgerKey.fromJson(data));
        } else if (entry.is(EntryType.PARTICIPANT)) {
            names.put(data.string("person"), data.string("name"));
        }
    }

    private void learn(LedgerKey key) {
        key.person().ifPresent(person -> {
            holders.put(key.id(), person);
            HolderName.of(key.certificate()).commonName().ifPresent(name -> names.putIfAbsent(person, name));
        });
    }
}
