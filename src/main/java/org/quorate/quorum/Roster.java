package org.quorate.quorum;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;

/// The people of a site, in the order in which they are called.
public record Roster(List<Participant> people) {
    public Roster {
        people = List.copyOf(people);
        var keys = new HashSet<Digest>();
        for (Participant participant : people) {
            if (!keys.add(participant.key())) {
                throw new IllegalArgumentException("two people of the roster share the key " + participant.key());
            }
        }
    }

    public Optional<Participant> byKey(Digest key) {
        return people.stream().filter(p -> p.key().equals(key)).findFirst();
    }

    public Optional<Participant> byPerson(String person) {
        return people.stream().filter(p -> p.person().equals(person)).findFirst();
    }

    public List<Participant> holding(String role) {
        return people.stream().filter(p -> p.holds(role)).toList();
    }
}
