package org.quorate.ui.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.ceremony.Ceremony;
import org.quorate.ledger.Entry;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Roster;

/// Who a person id or a card key is, by name: from the roster, and from those who came.
public final class People {

    /// Someone who can decide or witness.
    public record Person(String id, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<Digest, String> persons = new LinkedHashMap<>();
    private final Map<String, Participant> roster = new LinkedHashMap<>();
    private final Set<String> here;

    private People(Roster known, Optional<Ceremony> ceremony) {
        for (Participant participant : known.people()) {
            names.put(participant.person(), participant.name());
            participant.keys().forEach(key -> persons.put(key, participant.person()));
            roster.put(participant.person(), participant);
        }
        persons.putAll(known.former());
        var present = new java.util.LinkedHashSet<String>();
        for (Entry arrival : ceremony.map(Ceremony::present).orElse(List.of())) {
            names.put(arrival.data().string("person"), arrival.data().string("name"));
            present.add(arrival.data().string("person"));
        }
        here = Set.copyOf(present);
    }

    static People of(Roster roster, Optional<Ceremony> ceremony) {
        return new People(roster, ceremony);
    }

    public String name(String person) {
        return names.getOrDefault(person, person);
    }

    public Optional<String> holder(Digest key) {
        return Optional.ofNullable(persons.get(key)).map(this::name);
    }

    Optional<Participant> participant(Digest key) {
        return Optional.ofNullable(persons.get(key)).map(roster::get);
    }

    /// Those in the room; before the roll call, everybody on the roster.
    public List<Person> candidates() {
        var all = new ArrayList<Person>();
        names.forEach((id, name) -> {
            if (here.isEmpty() || here.contains(id)) {
                all.add(new Person(id, name));
            }
        });
        return List.copyOf(all);
    }

    public int present() {
        return here.size();
    }
}
