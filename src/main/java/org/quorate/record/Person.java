package org.quorate.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;

/// Someone who took part.
public record Person(Who who, Proof proof, Presence presence, Optional<Agreement> agreement) {

    public String name() {
        return who.name();
    }

    /// @param person the stable id
    public record Who(String person, String name, String organisation, List<String> roles) {
        public Who {
            roles = List.copyOf(roles);
        }
    }

    /// @param key fingerprint of the card's key
    /// @param card serial of the card
    /// @param identity how identity was checked
    public record Proof(Digest key, String card, String identity) {}

    /// @param lastSigned the last time a card of theirs signed: what shows how long they stayed
    public record Presence(Optional<Instant> arrived, Optional<Instant> lastSigned) {}

    /// What the person said at the end.
    public record Agreement(boolean agrees, String because) {}
}
