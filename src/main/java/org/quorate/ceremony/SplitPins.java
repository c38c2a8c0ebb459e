package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.hsm.Operation;
import org.quorate.hsm.PinKind;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Ledger;

/// Which PINs are split, by the entries of all ceremonies, and which generation of their shares is in force: the newest
/// whose act on the token is known to have happened. Where nobody knows whether it did, the generation before is still
/// of use beside it.
final class SplitPins {
    private static final long AT_ONCE = 1_000;

    /// A PIN that people type has no generation.
    static final long TYPED = 0;

    private final Ledger ledger;
    private final Map<Place, Standing> standings = new HashMap<>();
    private final Map<Long, List<Undecided>> undecided = new HashMap<>();
    private long read;

    SplitPins(Ledger ledger) {
        this.ledger = ledger;
    }

    private record Place(String serial, PinKind kind) {}

    /// What an intent would make of one PIN.
    private record Change(Place place, long generation) {}

    /// @param oneCall so that a refusal means that nothing was done
    /// @param before what was in force, and is so again where nothing was done
    private record Undecided(Change change, boolean oneCall, List<Long> before) {}

    /// How one PIN stands.
    private static final class Standing {
        /// Sealed shares by generation.
        private final Map<Long, Digest> sealed = new HashMap<>();

        /// What may be in force, likeliest first.
        private List<Long> inForce = List.of(TYPED);

        private void maybe(long generation) {
            var both = new LinkedHashSet<>(List.of(generation));
            both.addAll(inForce);
            inForce = List.copyOf(both);
        }
    }

    /// What may be in force, likeliest first: generations, or [#TYPED].
    List<Long> inForce(String serial, PinKind kind) {
        catchUp();
        return Optional.ofNullable(standings.get(new Place(serial, kind)))
                .map(standing -> standing.inForce)
                .orElse(List.of(TYPED));
    }

    /// Whether some people's cards hold it, and nobody types it.
    boolean isSplit(String serial, PinKind kind) {
        return inForce(serial, kind).stream().anyMatch(generation -> generation != TYPED);
    }

    /// The number that no generation has had yet, also none that never came into force.
    long next(String serial, PinKind kind) {
        catchUp();
        return sealed(serial, kind).keySet().stream().reduce(Math::max).orElse(0L) + 1;
    }

    ShareSet generation(String serial, PinKind kind, long number) {
        catchUp();
        return Optional.ofNullable(sealed(serial, kind).get(number))
                .flatMap(ledger::artefact)
                .map(Json::parseObject)
                .flatMap(ShareSet::fromJson)
                .filter(found ->
                        found.number() == number && found.whose().equals(new ShareSet.Pin(ledger.id(), serial, kind)))
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.shares_missing", number, serial)));
    }

    private Map<Long, Digest> sealed(String serial, PinKind kind) {
        return Optional.ofNullable(standings.get(new Place(serial, kind)))
                .map(standing -> standing.sealed)
                .orElse(Map.of());
    }

    private void catchUp() {
        long size = ledger.head().size();
        while (read < size) {
            long to = Math.min(read + AT_ONCE, size);
            ledger.range(read, to).forEach(this::learn);
            read = to;
        }
    }

    private void learn(Entry entry) {
        switch (entry.type()) {
            case OBSERVATION -> {
                if (entry.data()
                        .optionalString("name")
                        .filter("pin_shares"::equals)
                        .isPresent()) {
                    sealed(entry.data());
                }
            }
            case INTENT -> intended(entry);
            case OUTCOME, RECONCILE -> settled(entry);
            default -> {}
        }
    }

    private void sealed(Json.Obj data) {
        Json.Obj detail = data.object("detail");
        PinKind.ofWire(detail.string("pin"))
                .map(kind -> new Place(detail.string("serial"), kind))
                .ifPresent(place -> standing(place)
                        .sealed
                        .put(detail.integer("generation"), Digest.fromArtefactName(data.string("artefact"))));
    }

    private Standing standing(Place place) {
        return standings.computeIfAbsent(place, fresh -> new Standing());
    }

    private void intended(Entry entry) {
        List<Change> changes = changes(entry.data());
        if (!changes.isEmpty()) {
            undecided.put(
                    entry.seq(),
                    changes.stream()
                            .map(change -> new Undecided(
                                    change,
                                    !entry.data().string("op").equals(Operation.INITIALISE.wire()),
                                    standing(change.place()).inForce))
                            .toList());
            changes.forEach(change -> standing(change.place()).maybe(change.generation()));
        }
    }

    private static List<Change> changes(Json.Obj intent) {
        return Operation.ofWire(intent.string("op"))
                .map(operation -> changes(operation, intent))
                .orElse(List.of());
    }

    private static List<Change> changes(Operation operation, Json.Obj intent) {
        return switch (operation) {
            case CHANGE_PIN -> {
                Json.Obj template = intent.object("template");
                yield PinKind.ofWire(template.string("pin")).stream()
                        .map(kind -> new Change(place(intent, kind), generation(template)))
                        .toList();
            }
            case INITIALISE -> {
                var changes = new ArrayList<Change>();
                for (PinKind kind : PinKind.values()) {
                    changes.add(new Change(
                            place(intent, kind),
                            intent.object("template")
                                    .optionalObject(kind.wire() + "_pin")
                                    .map(SplitPins::generation)
                                    .orElse(TYPED)));
                }
                yield changes;
            }
            // The SO PIN stays, and there is no user PIN any more.
            case ZEROISE -> List.of(new Change(place(intent, PinKind.USER), TYPED));
            default -> List.of();
        };
    }

    private static Place place(Json.Obj intent, PinKind kind) {
        return new Place(intent.object("token").string("serial"), kind);
    }

    private static long generation(Json.Obj template) {
        return template.has("generation") ? template.integer("generation") : TYPED;
    }

    private void settled(Entry entry) {
        Json.Obj data = entry.data();
        String result = data.has("finding") ? data.string("finding") : data.string("result");
        for (Undecided one : undecided.getOrDefault(data.integer("intent"), List.of())) {
            Standing standing = standing(one.change().place());
            switch (result) {
                case "done" -> standing.inForce = List.of(one.change().generation());
                case "not_done" -> standing.inForce = one.before();
                case "refused" -> standing.inForce = one.oneCall() ? one.before() : standing.inForce;
                // Unknown, partial or undecidable: both stay of use.
                default -> {}
            }
        }
    }
}
