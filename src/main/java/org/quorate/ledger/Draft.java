package org.quorate.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Json;

/// What is to be appended; the ledger adds sequence, time, run and the link to the entry before.
///
/// @param artefacts bytes that `data` names by digest for the first time, stored in the same transaction
public record Draft(
        EntryType type, Optional<UUID> ceremony, Optional<String> step, Json.Obj data, List<byte[]> artefacts) {
    public Draft {
        artefacts = List.copyOf(artefacts);
    }

    public static Draft ofLedger(EntryType type, Json.Obj data) {
        return new Draft(type, Optional.empty(), Optional.empty(), data, List.of());
    }

    public static Draft ofCeremony(EntryType type, UUID ceremony, Json.Obj data) {
        return new Draft(type, Optional.of(ceremony), Optional.empty(), data, List.of());
    }

    public static Draft ofStep(EntryType type, UUID ceremony, String step, Json.Obj data) {
        return new Draft(type, Optional.of(ceremony), Optional.of(step), data, List.of());
    }

    public Draft with(List<byte[]> artefacts) {
        return new Draft(type, ceremony, step, data, artefacts);
    }
}
