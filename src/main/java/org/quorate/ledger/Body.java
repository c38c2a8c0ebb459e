package org.quorate.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;

/// The top-level fields of a body that keeps the form, without its `data` taken apart: a verifier needs that of few
/// entries.
///
/// @param prev 32 bytes
/// @param millis the time, in milliseconds since 1970
/// @param stepFrom where the value of `step` begins in `bytes`
/// @param dataFrom where `data` begins in `bytes`
/// @param named the artefacts that `data` names
record Body(
        byte[] bytes,
        UUID ledger,
        long seq,
        byte[] prev,
        long millis,
        UUID boot,
        long up,
        UUID run,
        EntryType type,
        Optional<UUID> ceremony,
        int stepFrom,
        int stepTo,
        int dataFrom,
        int dataTo,
        List<Digest> named) {

    Optional<String> step() {
        return Json.parse(Arrays.copyOfRange(bytes, stepFrom, stepTo)) instanceof Json.Str(var id)
                ? Optional.of(id)
                : Optional.empty();
    }

    Json.Obj data() {
        return Json.parseObject(Arrays.copyOfRange(bytes, dataFrom, dataTo));
    }
}
