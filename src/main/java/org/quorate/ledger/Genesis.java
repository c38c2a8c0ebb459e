package org.quorate.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;

/// What the first entry says: whose ledger it is, how many officers change it, and the keys it starts with.
///
/// @param m how many persons it takes to add a person's key
/// @param n how many officers the site has
/// @param previous the last checkpoint note of the ledger that this one follows
/// @param founding what the founders said of the site, which no rule depends on; empty for a practice site
public record Genesis(
        UUID ledger,
        Mode mode,
        long m,
        long n,
        List<LedgerKey> keys,
        Optional<Checkpoint.Signed> previous,
        Optional<Json.Obj> founding) {
    public static final String FORMAT = "quorate-ledger/1";

    public Genesis {
        keys = List.copyOf(keys);
        if (m < 1 || n < m) {
            throw new JsonException("a quorum of " + m + " of " + n + " cannot be met");
        }
        if (keys.stream().filter(key -> key.role() == LedgerKey.Role.CONSOLE).count() != 1) {
            throw new JsonException("there is not exactly one console key");
        }
        var ids = new HashSet<Digest>();
        for (LedgerKey key : keys) {
            if (!ids.add(key.id())) {
                throw new JsonException("the key " + key.id() + " is named twice");
            }
        }
    }

    public Genesis(UUID ledger, Mode mode, long m, long n, List<LedgerKey> keys, Optional<Checkpoint.Signed> previous) {
        this(ledger, mode, m, n, keys, previous, Optional.empty());
    }

    public String origin() {
        return originOf(ledger);
    }

    public static String originOf(UUID ledger) {
        return "quorate.invalid/" + ledger;
    }

    /// The one key that signs checkpoints.
    public LedgerKey console() {
        return keys.stream()
                .filter(key -> key.role() == LedgerKey.Role.CONSOLE)
                .findFirst()
                .orElseThrow();
    }

    /// The keys whose holders sign right after the genesis entry.
    public List<LedgerKey> founders() {
        return keys.stream().filter(LedgerKey::isPerson).toList();
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("format", FORMAT)
                .put("origin", origin())
                .put("mode", mode.wire())
                .put("quorum", Json.obj().put("m", m).put("n", n).build())
                .put("keys", Json.array(keys.stream().map(LedgerKey::toJson).toList()))
                .put("previous", previous.map(Checkpoint.Signed::note))
                .putIfPresent("founding", founding)
                .build();
    }

    /// @throws JsonException naming what is missing or wrong
    public static Genesis fromJson(UUID ledger, Json.Obj data) {
        if (!data.string("format").equals(FORMAT)) {
            throw new JsonException("the member 'format' is not " + FORMAT);
        }
        if (!data.string("origin").equals(originOf(ledger))) {
            throw new JsonException("the member 'origin' is not " + originOf(ledger));
        }
        if (!data.has("previous")) {
            throw new JsonException("the member 'previous' is missing");
        }
        Json.Obj quorum = data.object("quorum");
        return new Genesis(
                ledger,
                Mode.ofWire(data.string("mode")),
                quorum.integer("m"),
                quorum.integer("n"),
                data.objects("keys").stream().map(LedgerKey::fromJson).toList(),
                data.optionalString("previous").map(Genesis::noteOf),
                data.optionalObject("founding"));
    }

    private static Checkpoint.Signed noteOf(String note) {
        return Checkpoint.parse(note)
                .orElseThrow(() -> new JsonException("the member 'previous' is not a signed checkpoint"));
    }

    /// Whether what is recorded was practice or real; a ledger is of one kind for good.
    public enum Mode {
        REHEARSAL,
        LIVE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Mode ofWire(String wire) {
            for (Mode mode : values()) {
                if (mode.wire().equals(wire)) {
                    return mode;
                }
            }
            throw new JsonException("the member 'mode' is not rehearsal or live");
        }
    }
}
