package org.quorate.record;

import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;

/// What a verifier must be told from outside: without the genesis leaf, whoever holds the console key could invent
/// officers.
public record TrustFacts(UUID ledger, String origin, Digest consoleKey, Digest genesis) {

    /// The content of `trust.json`.
    public Json.Obj toJson() {
        return Json.obj()
                .put("ledger", ledger.toString())
                .put("origin", origin)
                .put("console_key", consoleKey.hex())
                .put("genesis", genesis.hex())
                .build();
    }
}
