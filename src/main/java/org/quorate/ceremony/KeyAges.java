package org.quorate.ceremony;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.base.Json;
import org.quorate.hsm.Operation;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Script;

/// Which keys lie on which tokens, since when, and until when they may be used: a fold over ceremonies in their order.
final class KeyAges {
    private final Map<String, Instant> made = new HashMap<>();
    private final Map<String, Held> held = new LinkedHashMap<>();

    /// A key whose cryptoperiod has an end.
    ///
    /// @param token the role of the token
    record Held(String label, String token, Instant until) {}

    /// The acts of a ceremony, in their order.
    ///
    /// @param script by which it was held; without it nobody knows how long its keys may be used
    void add(Ceremony ceremony, Optional<Script> script) {
        happened(ceremony).forEach(intent -> {
            Json.Obj data = intent.data();
            String op = data.string("op");
            String token = data.optionalString("token_role").orElse("");
            if (Operation.bringsAKey(op)) {
                script.flatMap(known -> Optional.ofNullable(known.cast().keys().get(data.string("key"))))
                        .ifPresent(key -> brought(key, token, intent));
            } else if (op.equals(Operation.DESTROY.wire())) {
                held.remove(place(token, data));
            } else if (op.equals(Operation.ZEROISE.wire()) || op.equals(Operation.INITIALISE.wire())) {
                held.values().removeIf(key -> key.token().equals(token));
            }
        });
    }

    private void brought(KeyDefinition key, String token, Entry intent) {
        // A copy is as old as the key that it is a copy of.
        Instant since = made.computeIfAbsent(key.label(), _ -> intent.time());
        key.years()
                .ifPresent(years -> held.put(
                        place(token, intent.data()),
                        new Held(
                                key.label(),
                                token,
                                since.atOffset(ZoneOffset.UTC).plusYears(years).toInstant())));
    }

    private static String place(String token, Json.Obj data) {
        return token + " " + data.string("cka_id");
    }

    private static Stream<Entry> happened(Ceremony ceremony) {
        return ceremony.runs().stream().flatMap(run -> run.of(EntryType.INTENT).filter(run::happened));
    }

    List<Held> held() {
        return List.copyOf(held.values());
    }
}
