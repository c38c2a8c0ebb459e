package org.quorate.quorum;

import java.util.List;
import java.util.Set;
import org.quorate.base.Digest;

/// A person of the roster.
///
/// @param person a stable id, unique in the roster; approvals are counted by it, never by card
/// @param roles what the person may act as: officer, security_officer, witness, administrator …
/// @param keys ids of the keys of the person's cards: SHA-256 of each SubjectPublicKeyInfo; a person may hold several
public record Participant(String person, String name, String organisation, Set<String> roles, List<Digest> keys) {
    public Participant {
        roles = Set.copyOf(roles);
        keys = List.copyOf(keys);
    }

    public boolean holds(String role) {
        return roles.contains(role);
    }

    public boolean hasCard(Digest key) {
        return keys.contains(key);
    }
}
