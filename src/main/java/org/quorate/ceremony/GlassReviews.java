package org.quorate.ceremony;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Ledger;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.LedgerKeys;

/// Which ceremonies broke the glass, and which of them were reviewed since: a fold over the entries of a ledger, in
/// their order.
///
/// A review counts by what cards signed and not by what the console says of it: approvals of enough persons over
/// exactly
/// these findings and this entry, none of them by a person whose card broke the glass.
public final class GlassReviews {
    static final String BROKEN = "break_glass";
    static final String REVIEWED = "break_glass_review";
    private static final Set<String> ACTS = Set.of(BROKEN, REVIEWED);
    private static final long AT_ONCE = 1_000;

    private final LedgerKeys keys;
    private final Map<UUID, String> titles = new HashMap<>();
    private final Map<Long, Json.Obj> statements = new HashMap<>();
    private final Map<Long, Approved> approvals = new HashMap<>();
    private final Map<Long, GlassReview> reviews = new LinkedHashMap<>();

    /// @param statement what a card approved
    private record Approved(long statement, String person) {}

    /// @param keys of the ledger, from which follows whose card signed
    public GlassReviews(LedgerKeys keys) {
        this.keys = keys;
    }

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

    static List<GlassReview> of(Ledger ledger) {
        var found = new GlassReviews(ledger.keys());
        long size = ledger.head().size();
        for (long from = 0; from < size; from += AT_ONCE) {
            ledger.range(from, Math.min(from + AT_ONCE, size)).forEach(found::add);
        }
        return found.all();
    }

    public void add(Entry entry) {
        switch (entry.type()) {
            case CEREMONY_OPEN ->
                titles.put(entry.ceremony().orElseThrow(), entry.data().string("title"));
            case STATEMENT -> {
                if (entry.data()
                        .object("act")
                        .optionalString("op")
                        .filter(ACTS::contains)
                        .isPresent()) {
                    statements.put(entry.seq(), entry.data());
                }
            }
            case COSIGN -> cosign(entry);
            case OBSERVATION -> observation(entry);
            default -> {}
        }
    }

    private void cosign(Entry entry) {
        Json.Obj data = entry.data();
        if (statements.containsKey(data.integer("target"))
                && data.string("meaning").equals(Cosign.Meaning.APPROVE.wire())) {
            keys.known(data.digest("key"))
                    .flatMap(LedgerKey::person)
                    .ifPresent(person -> approvals.put(entry.seq(), new Approved(data.integer("target"), person)));
        }
    }

    private void observation(Entry entry) {
        switch (entry.data().optionalString("name").orElse("")) {
            case BROKEN -> reviews.put(entry.seq(), broken(entry));
            case REVIEWED ->
                reviews.computeIfPresent(
                        entry.data().object("detail").integer("glass"),
                        (glass, review) -> byOthers(review, entry) ? review.reviewed(entry.seq()) : review);
            default -> {}
        }
    }

    private boolean byOthers(GlassReview review, Entry entry) {
        Json.Obj detail = entry.data().object("detail");
        Set<String> people = signers(detail);
        return !people.isEmpty()
                && Collections.disjoint(people, review.brokenBy())
                && detail.digest("leaf").equals(review.leaf());
    }

    /// Those whose cards approved exactly this act; nobody where they were too few.
    private Set<String> signers(Json.Obj detail) {
        Json.Obj act = detail.without("persons").without("quorum");
        var people = new LinkedHashSet<String>();
        var least = 1L;
        for (Json cosign : detail.array("quorum")) {
            if (cosign instanceof Json.Int(var seq)
                    && approvals.get(seq) instanceof Approved(var statement, var person)) {
                Json.Obj stated = Objects.requireNonNull(statements.get(statement));
                if (stated.object("act").equals(act)) {
                    people.add(person);
                    least = Math.max(least, stated.object("need").integer("m"));
                }
            }
        }
        return people.size() < least ? Set.of() : people;
    }

    /// Broken by everybody who is said to have done it, and by everybody who signed that it be done.
    private GlassReview broken(Entry entry) {
        Json.Obj detail = entry.data().object("detail");
        var people = new LinkedHashSet<>(detail.strings("persons"));
        people.addAll(signers(detail));
        UUID ceremony = entry.ceremony().orElseThrow();
        return new GlassReview(
                ceremony,
                titles.getOrDefault(ceremony, ""),
                entry.seq(),
                entry.leaf(),
                detail.string("reason"),
                List.copyOf(people),
                detail.string("reviewed_by"),
                UtcTime.parse(detail.string("review_due")).orElseThrow(),
                Optional.empty());
    }

    public List<GlassReview> all() {
        return List.copyOf(reviews.values());
    }
}
