package org.quorate.app.founding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Roster;

/// Everybody who founds a site, in the order in which their cards were shown.
record Founders(List<Founder> cards) {
    static final String OFFICER = "officer";

    Founders {
        cards = List.copyOf(cards);
    }

    Founders with(Founder founder) {
        var more = new ArrayList<>(cards);
        more.add(founder);
        return new Founders(more);
    }

    boolean knows(Digest key) {
        return cards.stream().anyMatch(card -> card.key().equals(key));
    }

    List<Founder> of(String person) {
        return cards.stream().filter(card -> card.person().equals(person)).toList();
    }

    /// Each person once, with all their cards.
    Roster roster() {
        Map<String, Participant> people = new LinkedHashMap<>();
        for (Founder card : cards) {
            people.putIfAbsent(
                    card.person(),
                    new Participant(
                            card.person(),
                            card.name(),
                            card.organisation(),
                            Set.copyOf(card.roles()),
                            of(card.person()).stream().map(Founder::key).toList()));
        }
        return new Roster(List.copyOf(people.values()));
    }

    /// How many people change who belongs to the site.
    int officers() {
        return roster().holding(OFFICER).size();
    }
}
