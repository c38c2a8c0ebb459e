package org.quorate.ledger;

import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;

/// What a verifier must be told from outside, as it stands in `trust.json` and on the founding record. Without the leaf
/// of the first entry, whoever holds the console's key could invent officers.
///
/// @param consoleKey id of the console's key
/// @param genesis leaf of entry 0
public record TrustFile(UUID ledger, String origin, Digest consoleKey, Digest genesis) {

    public static TrustFile of(Entry genesis) {
        Genesis founding = Genesis.fromJson(genesis.ledger(), genesis.data());
        return new TrustFile(
                genesis.ledger(), founding.origin(), founding.console().id(), genesis.leaf());
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("ledger", ledger.toString())
                .put("origin", origin)
                .put("console_key", consoleKey.hex())
                .put("genesis", genesis.hex())
                .build();
    }

    /// @throws JsonException naming what is missing or wrong
    public static TrustFile parse(byte[] utf8) {
        Json.Obj json = Json.parseObject(utf8);
        try {
            return new TrustFile(
                    UUID.fromString(json.string("ledger")),
                    json.string("origin"),
                    json.digest("console_key"),
                    json.digest("genesis"));
        } catch (IllegalArgumentException e) {
            throw new JsonException("not a trust file: " + e.getMessage());
        }
    }
}
