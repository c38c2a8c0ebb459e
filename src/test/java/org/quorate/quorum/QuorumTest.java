package org.quorate.quorum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.base.Json;

class QuorumTest {

    @Test
    void construction_withoutPeopleOrRoles_isRefused() {
        assertThatThrownBy(() -> new Quorum(0, List.of("officer"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quorum(1, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roster_withOneKeyForTwoPeople_isRefused() {
        Digest key = Digest.of("card".getBytes(UTF_8));
        var ada = new Participant("ada", "Ada", "Example", Set.of("officer"), List.of(key));
        var ben = new Participant("ben", "Ben", "Example", Set.of("officer"), List.of(key));

        assertThatThrownBy(() -> new Roster(List.of(ada, ben))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roster_findsByKeyPersonAndRole() {
        var ada = new Participant("ada", "Ada", "Example", Set.of("officer"), List.of(Digest.of("a".getBytes(UTF_8))));
        var ben = new Participant("ben", "Ben", "Example", Set.of("witness"), List.of(Digest.of("b".getBytes(UTF_8))));
        var roster = new Roster(List.of(ada, ben));

        assertThat(roster.byKey(ben.keys().getFirst())).contains(ben);
        assertThat(roster.byPerson("ada")).contains(ada);
        assertThat(roster.byPerson("eve")).isEmpty();
        assertThat(roster.holding("witness")).containsExactly(ben);
    }

    @Test
    void roles_thatExcludeEachOther_areNamed() {
        assertThat(Roles.conflict(List.of("security_officer", "officer", "user_pin_holder")))
                .contains(List.of("security_officer", "user_pin_holder"));
        assertThat(Roles.conflict(List.of("witness", "officer"))).contains(List.of("witness", "officer"));
        assertThat(Roles.conflict(List.of("security_officer", "officer"))).isEmpty();
        assertThat(Roles.conflict(List.of("user_pin_holder", "officer"))).isEmpty();
        assertThat(Roles.conflict(List.of("witness"))).isEmpty();
    }

    @Test
    void statement_comesBackFromItsJson() {
        Json.Obj act =
                Json.obj().put("act", "generate_key_pair").put("bits", 4096).build();
        var statement = new Statement("Make the root key.", act, new Quorum(3, List.of("officer", "witness")));

        assertThat(Statement.fromJson(statement.toJson())).isEqualTo(statement);
    }
}
