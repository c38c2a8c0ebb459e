package org.quorate.hsm;

import java.util.Optional;
import org.quorate.base.Json;

/// How much of a token is in use, as far as it says so. Empty means that it does not say; an end that there is
/// none of is [#UNLIMITED].
///
/// @param freePublic bytes
/// @param freePrivate bytes
public record TokenRoom(
        Optional<Long> maxSessions, Optional<Long> sessions, Optional<Long> freePublic, Optional<Long> freePrivate) {
    /// CK_EFFECTIVELY_INFINITE.
    public static final long UNLIMITED = 0;

    public static final TokenRoom UNKNOWN =
            new TokenRoom(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Json.Obj toJson() {
        return Json.obj()
                .putIfPresent("max_sessions", maxSessions.map(Json::of))
                .putIfPresent("sessions", sessions.map(Json::of))
                .putIfPresent("free_public_bytes", freePublic.map(Json::of))
                .putIfPresent("free_private_bytes", freePrivate.map(Json::of))
                .build();
    }
}
