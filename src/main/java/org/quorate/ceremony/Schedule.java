package org.quorate.ceremony;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerKeys;
import org.quorate.script.Script;

/// What is due at a site and by when: a fold over its ceremonies, oldest first. Nobody keeps a calendar beside the
/// ledger: when something is due follows from when it was last done, and from what the script of that ceremony says.
public final class Schedule {
    private final Map<String, Due> again = new LinkedHashMap<>();
    private final Map<String, Due> lists = new LinkedHashMap<>();
    private final GlassReviews glass;
    private final KeyAges keys = new KeyAges();

    /// @param keys of the ledger
    public Schedule(LedgerKeys keys) {
        glass = new GlassReviews(keys);
    }

    /// What a thing that is due is.
    public enum Kind {
        /// A ceremony that is held again after some months.
        CEREMONY,
        /// The end of a key's cryptoperiod.
        KEY,
        /// The next list of an authority.
        REVOCATION_LIST,
        /// The review of a broken glass.
        REVIEW;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param title what it is about
    /// @param detail what it follows from
    public record Due(Kind kind, String title, String detail, Instant by) {
        public boolean overdue(Instant now) {
            return now.isAfter(by);
        }
    }

    /// @param script by which the ceremony was held; empty where the ledger's copy cannot be read as one
    public void add(Ceremony ceremony, Optional<Script> script) {
        ceremony.entries().forEach(glass::add);
        keys.add(ceremony, script);
        ceremony.of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals("crl"))
                .forEach(this::list);
        // One that was aborted brought nothing, and the one before it is still the last.
        ceremony.of(EntryType.CEREMONY_CLOSE).findFirst().ifPresent(closed -> held(ceremony, script, closed.time()));
    }

    private void held(Ceremony ceremony, Optional<Script> script, Instant closed) {
        String id = ceremony.opening().string("script_id");
        Optional<Integer> months = script.flatMap(known -> known.document().repeatMonths());
        if (months.isEmpty()) {
            again.remove(id);
            return;
        }
        again.put(
                id,
                new Due(
                        Kind.CEREMONY,
                        ceremony.opening().string("title"),
                        Texts.get("ceremony.due.ceremony", UtcTime.forPeople(closed), months.get()),
                        closed.atOffset(ZoneOffset.UTC).plusMonths(months.get()).toInstant()));
    }

    private void list(Json.Obj observation) {
        Json.Obj detail = observation.object("detail");
        String issuer = detail.string("issuer");
        UtcTime.parse(detail.string("next_update"))
                .ifPresent(until -> lists.put(
                        issuer,
                        new Due(
                                Kind.REVOCATION_LIST,
                                Texts.get("ceremony.due.list.title", issuer),
                                Texts.get("ceremony.due.list", detail.integer("number")),
                                until)));
    }

    /// Everything that is due some day, the next first.
    public List<Due> due() {
        var due = new ArrayList<Due>();
        due.addAll(again.values());
        due.addAll(lists.values());
        keys.held()
                .forEach(key -> due.add(new Due(
                        Kind.KEY,
                        Texts.get("ceremony.due.key.title", key.label()),
                        Texts.get("ceremony.due.key", key.token()),
                        key.until())));
        glass.all().stream()
                .filter(GlassReviews.GlassReview::open)
                .forEach(review -> due.add(new Due(
                        Kind.REVIEW, review.title(), Texts.get("ceremony.due.review", review.reason()), review.due())));
        due.sort(Comparator.comparing(Due::by));
        return List.copyOf(due);
    }
}
