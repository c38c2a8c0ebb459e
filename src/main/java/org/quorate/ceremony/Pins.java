package org.quorate.ceremony;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Secret;
import org.quorate.hsm.PinKind;

/// PINs of tokens from the moment they are entered until the ceremony pauses or ends; then they are wiped. They are
/// never answered from the ledger, which does not have them.
final class Pins implements AutoCloseable {
    private record Place(String token, PinKind kind) {}

    private final Map<Place, Secret> kept = new HashMap<>();
    private final Map<Place, Secret> prepared = new HashMap<>();

    Optional<Secret> get(String token, PinKind kind) {
        return Optional.ofNullable(kept.get(new Place(token, kind)));
    }

    /// Takes the secret over.
    void keep(String token, PinKind kind, Secret pin) {
        forget(token, kind);
        kept.put(new Place(token, kind), pin);
    }

    void forget(String token, PinKind kind) {
        Optional.ofNullable(kept.remove(new Place(token, kind))).ifPresent(Secret::close);
    }

    /// Takes over a PIN that was made and is not set on the token yet.
    void prepare(String token, PinKind kind, Secret pin) {
        Optional.ofNullable(prepared.put(new Place(token, kind), pin)).ifPresent(Secret::close);
    }

    Optional<Secret> prepared(String token, PinKind kind) {
        return Optional.ofNullable(prepared.get(new Place(token, kind)));
    }

    /// It was set, or never will be.
    void dropPrepared(String token, PinKind kind) {
        Optional.ofNullable(prepared.remove(new Place(token, kind))).ifPresent(Secret::close);
    }

    @Override
    public void close() {
        prepared.values().forEach(Secret::close);
        prepared.clear();
        kept.values().forEach(Secret::close);
        kept.clear();
    }
}
