package org.quorate.quorum;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.LedgerKeys;

/// The people of a site, in the order in which they are called.
///
/// @param people those who hold at least one card that counts
/// @param former ids of keys that counted once, and whose they were
public record Roster(List<Participant> people, Map<Digest, String> former) {
    public Roster {
        people = List.copyOf(people);
        former = Map.copyOf(former);
        var keys = new HashSet<Digest>();
        var persons = new HashSet<String>();
        for (Participant participant : people) {
            if (!persons.add(participant.person())
                    || !participant.keys().stream().allMatch(keys::add)) {
                throw new IllegalArgumentException("a person or a key stands twice in the roster: " + participant);
            }
        }
    }

    public Roster(List<Participant> people) {
        this(people, Map.of());
    }

    /// The people whose keys count at the end of `size` entries; their names are those of their certificates.
    public static Roster of(LedgerKeys keys, long size) {
        var held = new LinkedHashMap<String, List<LedgerKey>>();
        for (LedgerKey key : keys.countingAt(size)) {
            key.person()
                    .ifPresent(person -> held.computeIfAbsent(person, fresh -> new ArrayList<>())
                            .add(key));
        }
        var former = new LinkedHashMap<Digest, String>();
        for (LedgerKeys.Term term : keys.terms()) {
            if (term.to().isPresent()) {
                term.key().person().ifPresent(person -> former.put(term.key().id(), person));
            }
        }
        return new Roster(held.values().stream().map(Roster::participant).toList(), former);
    }

    /// The newest card says what its holder is called. Who has cards for different roles may act only as what all of
    /// them say.
    private static Participant participant(List<LedgerKey> cards) {
        LedgerKey newest = cards.getLast();
        String person = newest.person().orElseThrow();
        HolderName name = HolderName.of(newest.certificate());
        Set<String> roles = new HashSet<>(newest.roles());
        cards.forEach(card -> roles.retainAll(card.roles()));
        return new Participant(
                person,
                name.commonName().orElse(person),
                name.organisation().orElse(""),
                roles,
                cards.stream().map(LedgerKey::id).toList());
    }

    public Optional<Participant> byKey(Digest key) {
        return people.stream().filter(p -> p.hasCard(key)).findFirst();
    }

    public Optional<Participant> byPerson(String person) {
        return people.stream().filter(p -> p.person().equals(person)).findFirst();
    }

    /// Whose key it is or was: who signed earlier signed, also where the card was retired since.
    public Optional<String> holder(Digest key) {
        return byKey(key).map(Participant::person).or(() -> Optional.ofNullable(former.get(key)));
    }

    public List<Participant> holding(String role) {
        return people.stream().filter(p -> p.holds(role)).toList();
    }

    /// Ids in use, so that a new person gets another.
    public Collection<String> persons() {
        var all = new HashSet<>(former.values());
        people.forEach(participant -> all.add(participant.person()));
        return all;
    }
}
