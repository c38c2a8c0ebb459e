package org.quorate.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;

/// One entry as it stands in the ledger. `leaf` is SHA-256(0x00 || body) over the stored bytes.
///
/// @param up microseconds since the boot that `boot` names, so that a wall clock that was changed shows
/// @param ceremony the ceremony it belongs to; empty for entries about the ledger itself
/// @param step the id of the step in the ceremony's script
public record Entry(
        UUID ledger,
        long seq,
        Digest prev,
        Instant time,
        UUID boot,
        long up,
        UUID run,
        EntryType type,
        Optional<UUID> ceremony,
        Optional<String> step,
        Json.Obj data,
        Digest leaf,
        byte[] body) {

    public boolean is(EntryType wanted) {
        return type == wanted;
    }

    /// Two entries are the same entry when their bytes are.
    @Override
    public boolean equals(Object other) {
        return other instanceof Entry e && e.leaf.equals(leaf);
    }

    @Override
    public int hashCode() {
        return leaf.hashCode();
    }

    @Override
    public String toString() {
        return "#" + seq + " " + type.wire() + " " + data.text();
    }
}
