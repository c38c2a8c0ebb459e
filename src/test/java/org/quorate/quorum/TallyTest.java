package org.quorate.quorum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.quorum.Tally.Admission;

class TallyTest {
    private static final Participant ADA = participant("ada", List.of("card-1", "card-2"), "officer");
    private static final Participant BEN = participant("ben", List.of("card-3"), "officer", "witness");
    private static final Participant EVE = participant("eve", List.of("card-4"), "administrator");
    private static final Roster ROSTER = new Roster(List.of(ADA, BEN, EVE));
    private static final Tally EMPTY = Tally.empty(new Quorum(2, List.of("officer")), ROSTER);

    @Test
    void complete_needsDistinctPersons() {
        Tally one = EMPTY.with(ADA);

        assertThat(one.complete()).isFalse();
        assertThat(one.missing()).isEqualTo(1);
        assertThat(one.with(BEN).complete()).isTrue();
        assertThat(one.with(BEN).missing()).isZero();
    }

    @Test
    void admit_aSecondCardOfTheSamePerson_doesNotCount() {
        assertThat(EMPTY.with(ADA).admit(key("card-2"))).isEqualTo(new Admission.AlreadyApproved(ADA));
    }

    @Test
    void admit_aCardThatNobodyHolds_saysSo() {
        Digest stranger = key("card-9");

        assertThat(EMPTY.admit(stranger)).isEqualTo(new Admission.NotOnRoster(stranger));
    }

    @Test
    void admit_aPersonWithoutTheRole_namesTheRoles() {
        assertThat(EMPTY.admit(key("card-4"))).isEqualTo(new Admission.WrongRole(EVE, List.of("officer")));
        assertThat(EMPTY.eligible()).containsExactly(ADA, BEN);
    }

    @Test
    void with_someoneWhoDoesNotCount_isRefused() {
        assertThatThrownBy(() -> EMPTY.with(EVE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EMPTY.with(ADA).with(ADA)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void with_anotherNameOnAKnownCard_isRefused() {
        var forged = new Participant("zoe", "zoe", "Example", Set.of("officer"), ADA.keys());

        assertThatThrownBy(() -> EMPTY.with(forged)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void construction_withApprovalsThatDoNotCount_isRefused() {
        Quorum quorum = EMPTY.quorum();

        assertThatThrownBy(() -> new Tally(quorum, ROSTER, List.of(ADA, ADA)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tally(quorum, ROSTER, List.of(EVE))).isInstanceOf(IllegalArgumentException.class);
    }

    /// Whoever comes in whatever order, the tally is complete exactly when M distinct persons of the roles have been
    /// admitted.
    @Test
    void complete_underAnyOrderOfCards_agreesWithACountOfPersons() {
        int completed = 0;
        for (int seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            Roster roster = roster(random);
            var quorum = new Quorum(random.nextInt(1, 5), List.of("officer"));
            Tally tally = Tally.empty(quorum, roster);
            Set<String> persons = new HashSet<>();

            for (int turn = 0; turn < 20; turn++) {
                Digest card = key("card-" + random.nextInt(12));
                if (tally.admit(card) instanceof Admission.Admitted(var participant)) {
                    assertThat(persons.add(participant.person()))
                            .as("seed %d", seed)
                            .isTrue();
                    assertThat(participant.roles()).as("seed %d", seed).contains("officer");
                    assertThat(participant.keys()).as("seed %d", seed).contains(card);
                    tally = tally.with(participant);
                }
                assertThat(tally.complete()).as("seed %d", seed).isEqualTo(persons.size() >= quorum.m());
                assertThat(tally.missing()).as("seed %d", seed).isEqualTo(Math.max(0, quorum.m() - persons.size()));
            }
            completed += tally.complete() ? 1 : 0;
        }
        assertThat(completed).isBetween(1, 999);
    }

    /// Up to ten cards among six persons, so that some hold two.
    private static Roster roster(Random random) {
        var held = new TreeMap<String, List<String>>();
        int cards = random.nextInt(11);
        for (int card = 0; card < cards; card++) {
            held.computeIfAbsent("person-" + random.nextInt(6), fresh -> new ArrayList<>())
                    .add("card-" + card);
        }
        var people = new ArrayList<Participant>();
        held.forEach(
                (person, of) -> people.add(participant(person, of, random.nextInt(3) == 0 ? "witness" : "officer")));
        return new Roster(people);
    }

    private static Participant participant(String person, List<String> cards, String... roles) {
        return new Participant(
                person,
                person,
                "Example",
                Set.of(roles),
                cards.stream().map(TallyTest::key).toList());
    }

    private static Digest key(String card) {
        return Digest.of(card.getBytes(UTF_8));
    }
}
