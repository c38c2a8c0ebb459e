package org.quorate.app.command;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Growth;
import org.quorate.ledger.LedgerKey;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `quorate ledger cards`: whose cards count, and when each signed last. A card that nobody has used for long may be
/// broken, or its PIN forgotten, and that is found out too late when it is needed.
@CommandLine.Command(name = "cards")
final class LedgerCardsCommand extends SoundLedgerReading {
    @Option(names = "--unused-since", paramLabel = "TIME")
    private Optional<String> unusedSince = Optional.empty();

    private Instant due = Instant.MIN;

    LedgerCardsCommand(SiteFolder defaultHome) {
        super(defaultHome);
    }

    /// @param last empty where the card has never signed
    private record Used(LedgerKey key, Optional<Entry> last) {
        boolean before(Instant due) {
            return last.map(entry -> entry.time().isBefore(due)).orElse(true);
        }

        Json.Obj toJson(boolean overdue) {
            Json.Builder json = Json.obj()
                    .put("person", key.person().orElseThrow())
                    .put("roles", Json.strings(key.roles()))
                    .put("key", key.id().hex())
                    .put("overdue", overdue);
            last.ifPresent(entry ->
                    json.put("last_signed", UtcTime.format(entry.time())).put("entry", entry.seq()));
            return json.build();
        }

        String line(boolean overdue) {
            String when = last.map(
                            entry -> Texts.get("app.ledger.cards.last", UtcTime.forPeople(entry.time()), entry.seq()))
                    .orElse(Texts.get("app.ledger.cards.never"));
            String line = Texts.get(
                    "app.ledger.cards.line",
                    VisibleText.of(key.person().orElseThrow()),
                    String.join(", ", key.roles()),
                    key.id().hex().substring(0, 8),
                    when);
            return overdue ? Texts.get("app.ledger.cards.overdue", line) : line;
        }
    }

    @Override
    void prepare() {
        due = unusedSince.map(this::time).orElse(Instant.MIN);
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        Map<Digest, Entry> signed = new HashMap<>();
        opened.reader().eachEntry(entry -> {
            if (entry.is(EntryType.COSIGN)) {
                signed.put(entry.data().digest("key"), entry);
            }
        });
        List<Used> cards = opened.reader().keys().countingAt(sound.head().size()).stream()
                .filter(key -> key.person().isPresent())
                .map(key -> new Used(key, Optional.ofNullable(signed.get(key.id()))))
                .toList();
        boolean asked = unusedSince.isPresent();
        output.answer(
                opened.json()
                        .put(
                                "cards",
                                Json.array(cards.stream()
                                        .map(card -> card.toJson(asked && card.before(due)))
                                        .toList()))
                        .build(),
                cards.stream().map(card -> card.line(asked && card.before(due))).toList());
        return asked && cards.stream().anyMatch(card -> card.before(due)) ? Exit.NO : Exit.DONE;
    }
}
