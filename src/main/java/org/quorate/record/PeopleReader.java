package org.quorate.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// Reads who took part, in the order of first arrival, and what each said at the end.
final class PeopleReader {
    private final Story story;

    PeopleReader(Story story) {
        this.story = story;
    }

    List<Person> people() {
        Map<String, List<Entry>> byPerson = story.of(EntryType.PARTICIPANT)
                .collect(Collectors.groupingBy(
                        entry -> entry.data().string("person"), LinkedHashMap::new, Collectors.toList()));
        Map<String, Person.Agreement> agreements = agreements();
        return byPerson.entrySet().stream()
                .map(all -> person(all.getKey(), all.getValue(), Optional.ofNullable(agreements.get(all.getKey()))))
                .toList();
    }

    private Person person(String id, List<Entry> events, Optional<Person.Agreement> agreement) {
        Json.Obj data = events.getFirst().data();
        return new Person(
                new Person.Who(
                        id,
                        data.string("name"),
                        data.string("organisation"),
                        data.strings("roles").stream().map(story::role).toList()),
                new Person.Proof(
                        data.digest("key"),
                        data.optionalString("card").orElse(""),
                        data.optionalString("identity").orElse("")),
                new Person.Presence(
                        events.stream()
                                .filter(entry -> event(entry, "arrived"))
                                .findFirst()
                                .map(Entry::time),
                        story.of(EntryType.COSIGN)
                                .filter(cosign -> story.personOf(cosign.data().digest("key"))
                                        .equals(Optional.of(id)))
                                .map(Entry::time)
                                .reduce((first, second) -> second)),
                agreement);
    }

    private static boolean event(Entry entry, String event) {
        return entry.data().string("event").equals(event);
    }

    private Map<String, Person.Agreement> agreements() {
        var said = new LinkedHashMap<String, Person.Agreement>();
        story.newest(EntryType.CEREMONY_CLOSE).ifPresent(close -> {
            for (Json.Obj participant : close.data().objects("participants")) {
                said.put(
                        participant.string("person"),
                        new Person.Agreement(
                                participant.string("verdict").equals("agrees"),
                                participant.optionalString("because").orElse("")));
            }
        });
        return said;
    }
}
