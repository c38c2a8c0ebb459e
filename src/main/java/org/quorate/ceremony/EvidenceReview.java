package org.quorate.ceremony;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.Console.Examined;
import org.quorate.hsm.Operation;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;
import org.quorate.ledger.LedgerKey;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.Deviation;

/// What a review of the evidence has before it: every ceremony of a period with what the verifier says of it, and all
/// that somebody has to answer for. It judges nothing; people say what becomes of each finding.
final class EvidenceReview {
    static final String FORMAT = "quorate-review/1";
    private static final long AT_ONCE = 1_000;

    /// Deviations that somebody answers for; those that people put right on the spot, such as a wrong PIN, stand in the
    /// record.
    private static final Set<String> TO_ANSWER = Set.of(
            "exception",
            "overridden",
            "unknown",
            "refused",
            "attribute",
            "differs",
            "disagrees",
            "no_quorum",
            "clock",
            "aborted");

    private final Ledger ledger;
    private final Console console;
    private final Instant from;
    private final Instant now;
    private final List<Entry> general = new ArrayList<>();
    private final Map<UUID, Instant> ended = new LinkedHashMap<>();
    private final Map<Digest, Instant> signed = new HashMap<>();
    private final List<Json> ceremonies = new ArrayList<>();
    private final List<Json> findings = new ArrayList<>();

    private EvidenceReview(Ledger ledger, Console console, Instant from, Instant now) {
        this.ledger = ledger;
        this.console = console;
        this.from = from;
        this.now = now;
    }

    /// @param own the ceremony in which the review is held, which is not reviewed itself
    static Json.Obj of(Ledger ledger, Console console, UUID own, Instant from, Instant now) {
        return new EvidenceReview(ledger, console, from, now).made(own);
    }

    private Json.Obj made(UUID own) {
        long size = ledger.head().size();
        read(size);
        ended.remove(own);
        var keys = new KeyAges();
        for (Map.Entry<UUID, Instant> one : ended.entrySet()) {
            Ceremony ceremony = Ceremony.of(ledger.ofCeremony(one.getKey()));
            boolean inPeriod = !one.getValue().isBefore(from);
            boolean brings = ceremony.of(EntryType.INTENT)
                    .anyMatch(intent -> Operation.bringsAKey(intent.data().string("op")));
            if (inPeriod || brings) {
                Examined examined = console.examine(ceremony);
                keys.add(ceremony, examined.script());
                if (inPeriod) {
                    add(ceremony, examined);
                }
            } else {
                keys.add(ceremony, Optional.empty());
            }
        }
        GlassReviews.of(ledger).stream().filter(GlassReviews.GlassReview::open).forEach(this::add);
        late(keys);
        cards(size);
        return Json.obj()
                .put("format", FORMAT)
                .put("from", UtcTime.format(from))
                .put("to", UtcTime.format(now))
                .put("ledger_size", size)
                .put("ceremonies", Json.array(ceremonies))
                .put("findings", Json.array(findings))
                .build();
    }

    private void read(long size) {
        for (long at = 0; at < size; at += AT_ONCE) {
            for (Entry entry : ledger.range(at, Math.min(at + AT_ONCE, size))) {
                entry.ceremony().ifPresent(id -> ended.put(id, entry.time()));
                if (entry.ceremony().isEmpty() || entry.type().isAboutKeys()) {
                    general.add(entry);
                }
                if (entry.is(EntryType.COSIGN)) {
                    signed.put(entry.data().digest("key"), entry.time());
                }
            }
        }
    }

    // ---- ceremonies ----

    private void add(Ceremony ceremony, Examined examined) {
        String id = ceremony.id().toString();
        String title = ceremony.opening().string("title");
        String state = ceremony.status().name().toLowerCase(Locale.ROOT);
        int before = findings.size();
        switch (examined.state()) {
            case VALID -> {}
            case WRONG ->
                find("record_wrong", id, Texts.get("ceremony.evidence.record_wrong", title, examined.detail()));
            case MISSING -> find("record_missing", id, Texts.get("ceremony.evidence.record_missing", title));
        }
        long anchors = ceremony.of(EntryType.ANCHOR).count();
        if (!ceremony.complete()) {
            find("not_ended", id, Texts.get("ceremony.evidence.not_ended", title));
        } else if (anchors == 0) {
            find("no_anchor", id, Texts.get("ceremony.evidence.no_anchor", title));
        }
        deviations(ceremony, examined)
                .forEach(deviation -> find(
                        deviation.kind(),
                        id,
                        Texts.get(
                                "ceremony.evidence.deviation",
                                title,
                                deviation.place().seq(),
                                deviation.title(),
                                deviation.text())));
        ceremonies.add(Json.obj()
                .put("ceremony", id)
                .put("script_id", ceremony.opening().string("script_id"))
                .put("title", title)
                .put("opened", UtcTime.format(ceremony.entries().getFirst().time()))
                .put("state", state)
                .put("record", examined.state().name().toLowerCase(Locale.ROOT))
                .put("anchors", anchors)
                .put("findings", findings.size() - before)
                .build());
    }

    /// What the record of the ceremony calls a deviation; nothing where it has no script or no checkpoint of its end.
    private List<Deviation> deviations(Ceremony ceremony, Examined examined) {
        Optional<Checkpoint.Signed> checkpoint = ceremony.of(EntryType.CHECKPOINT)
                .reduce((first, second) -> second)
                .flatMap(entry -> Checkpoint.parse(entry.data().string("note")));
        if (checkpoint.isEmpty() || examined.script().isEmpty()) {
            return List.of();
        }
        long size = checkpoint.get().size();
        var entries = new TreeMap<Long, Entry>();
        general.forEach(entry -> entries.put(entry.seq(), entry));
        ceremony.entries().forEach(entry -> entries.put(entry.seq(), entry));
        List<Entry> covered = List.copyOf(entries.headMap(size).values());
        return CeremonyRecord.of(new CeremonyRecord.Sources(
                        covered, examined.script().get(), ledger::artefact, checkpoint.get()))
                .review()
                .deviations()
                .stream()
                .filter(deviation -> TO_ANSWER.contains(deviation.kind()))
                .toList();
    }

    private void add(GlassReviews.GlassReview review) {
        find(
                review.overdue(now) ? "review_overdue" : "review_due",
                review.ceremony().toString(),
                Texts.get(
                        review.overdue(now) ? "ceremony.evidence.review_overdue" : "ceremony.evidence.review_due",
                        review.title(),
                        review.reason(),
                        UtcTime.forPeople(review.due())));
    }

    // ---- cards and keys ----

    private void cards(long size) {
        for (LedgerKey key : ledger.keys().countingAt(size)) {
            Optional<Instant> last = Optional.ofNullable(signed.get(key.id()));
            if (key.isPerson() && last.filter(time -> !time.isBefore(from)).isEmpty()) {
                find(
                        "card_unused",
                        "",
                        Texts.get(
                                "ceremony.evidence.card_unused",
                                key.person().orElseThrow(),
                                key.id().grouped(),
                                last.map(UtcTime::forPeople).orElse(Texts.get("ceremony.evidence.never"))));
            }
        }
    }

    private void find(String kind, String ceremony, String text) {
        findings.add(Json.obj()
                .put("number", findings.size() + 1)
                .put("kind", kind)
                .put("ceremony", Optional.of(ceremony).filter(id -> !id.isEmpty()))
                .put("text", text)
                .build());
    }

    private void late(KeyAges keys) {
        keys.held().stream()
                .filter(key -> now.isAfter(key.until()))
                .forEach(key -> find(
                        "key_too_old",
                        "",
                        Texts.get(
                                "ceremony.evidence.key_too_old",
                                key.label(),
                                key.token(),
                                UtcTime.forPeople(key.until()))));
    }
}
