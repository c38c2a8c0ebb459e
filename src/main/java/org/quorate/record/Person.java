package org.quorate.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;

/// Someone who took part.
///
/// @param key fingerprint of the card's key
/// @param identity how identity was checked
public record Person(
        String person,
        String name,
        String organisation,
        List<String> roles,
        Digest key,
        String card,
        String identity,
        Presence presence,
        Optional<Agreement> agreement) {
    public Person {
        roles = List.copyOf(roles);
    }

    public record Presence(Optional<Instant> arrived, Optional<Instant> left) {}

    /// What the person said at the end.
    public record Agreement(boolean agrees, String because) {}
}
