package org.quorate.quorum;

import java.util.Set;
import org.quorate.base.Digest;

/// A person of the roster.
///
/// @param person a stable id, unique in the roster; approvals are counted by it, never by card
/// @param roles what the person may act as: officer, security_officer, witness, administrator …
/// @param key id of the card's key: SHA-256 of its SubjectPublicKeyInfo
public record Participant(String person, String name, String organisation, Set<String> roles, Digest key) {
    public Participant {
        roles = Set.copyOf(roles);
    }

    public boolean holds(String role) {
        return roles.contains(role);
    }
}
