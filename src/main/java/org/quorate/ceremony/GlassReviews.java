package org.quorate.ceremony;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;

/// Which ceremonies broke the glass, and which of them were reviewed since: a fold over the entries of a ledger, in
/// their order.
public final class GlassReviews {
    static final String BROKEN = "break_glass";
    static final String REVIEWED = "break_glass_review";
    private static final long AT_ONCE = 1_000;

    private final Map<UUID, String> titles = new HashMap<>();
    private final Map<Long, GlassReview> reviews = new LinkedHashMap<>();

    /// One broken glass.
    ///
    /// @param glass the entry that says that it is broken
    /// @param brokenBy the persons whose cards approved it
    /// @param reviewedBy the role that has to review it
    /// @param review the entry that says that it was reviewed
    public record GlassReview(
            UUID ceremony,
            String title,
            long glass,
            Digest leaf,
            String reason,
            List<String> brokenBy,
            String reviewedBy,
            Instant due,
            Optional<Long> review) {
        public GlassReview {
            brokenBy = List.copyOf(brokenBy);
        }

        public boolean open() {
            return review.isEmpty();
        }

        public boolean overdue(Instant now) {
            return open() && now.isAfter(due);
        }

        private GlassReview reviewed(long by) {
            return new GlassReview(ceremony, title, glass, leaf, reason, brokenBy, reviewedBy, due, Optional.of(by));
        }
    }

    public static List<GlassReview> of(Iterable<Entry> entries) {
        var found = new GlassReviews();
        entries.forEach(found::add);
        return found.all();
    }

    static List<GlassReview> of(Ledger ledger) {
        var found = new GlassReviews();
        long size = ledger.head().size();
        for (long from = 0; from < size; from += AT_ONCE) {
            ledger.range(from, Math.min(from + AT_ONCE, size)).forEach(found::add);
        }
        return found.all();
    }

    public void add(Entry entry) {
        if (entry.is(EntryType.CEREMONY_OPEN)) {
            titles.put(entry.ceremony().orElseThrow(), entry.data().string("title"));
        } else if (entry.is(EntryType.OBSERVATION)) {
            observation(entry);
        }
    }

    private void observation(Entry entry) {
        switch (entry.data().optionalString("name").orElse("")) {
            case BROKEN -> reviews.put(entry.seq(), broken(entry));
            case REVIEWED ->
                reviews.computeIfPresent(
                        entry.data().object("detail").integer("glass"),
                        (glass, review) -> review.reviewed(entry.seq()));
            default -> {}
        }
    }

    private GlassReview broken(Entry entry) {
        Json.Obj detail = entry.data().object("detail");
        UUID ceremony = entry.ceremony().orElseThrow();
        return new GlassReview(
                ceremony,
                titles.getOrDefault(ceremony, ""),
                entry.seq(),
                entry.leaf(),
                detail.string("reason"),
                detail.strings("persons"),
                detail.string("reviewed_by"),
                UtcTime.parse(detail.string("review_due")).orElseThrow(),
                Optional.empty());
    }

    public List<GlassReview> all() {
        return List.copyOf(reviews.values());
    }
}
