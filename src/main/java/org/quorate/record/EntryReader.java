package org.quorate.record;

import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// Reads an entry back from its body, for a record that is checked without its ledger.
final class EntryReader {
    private EntryReader() {}

    static Entry read(byte[] body) {
        Json.Obj json = Json.parseCanonicalObject(body);
        return new Entry(
                uuid(json.string("led")),
                json.integer("seq"),
                digest(json.string("prev")),
                UtcTime.parse(json.string("ts")).orElseThrow(() -> new JsonException("'ts' is not a time")),
                uuid(json.string("boot")),
                json.integer("up_us"),
                uuid(json.string("run")),
                EntryType.ofWire(json.string("type"))
                        .orElseThrow(() -> new JsonException("unknown entry type " + json.string("type"))),
                json.optionalString("cer").map(EntryReader::uuid),
                json.optionalString("step"),
                json.object("data"),
                MerklePath.leafOf(body),
                body);
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException("'" + text + "' is not a UUID");
        }
    }

    static Digest digest(String hex) {
        try {
            return new Digest(hex);
        } catch (IllegalArgumentException e) {
            throw new JsonException("'" + hex + "' is not a SHA-256 value");
        }
    }

    /// Reads a member that may be missing.
    static Optional<Digest> digest(Json.Obj data, String key) {
        return data.optionalString(key).map(EntryReader::digest);
    }
}
