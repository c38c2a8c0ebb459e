package org.quorate.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;

class DirectoryTest {
    private static final Roster ROSTER = new Roster(List.of(
            person("p1", "Ann  Lee", "officer"),
            person("p2", "Bob Ray", "officer"),
            person("p3", "Wil Orr", "witness")));

    private static Participant person(String id, String name, String role) {
        return new Participant(id, name, "Example", Set.of(role), List.of(Digest.of(id.getBytes())));
    }

    private static Directory.Check check(String... members) {
        return new Directory(Map.of("g", Set.of(members))).check(ROSTER, "officer", "g");
    }

    @Test
    void sameNames_agree_whateverTheirCase_blanksAndWidths() {
        assertThat(check("ann lee", "ＢＯＢ Ray").agrees()).isTrue();
    }

    @Test
    void whoIsInOneOnly_isNamed() {
        Directory.Check check = check("Bob Ray", "Cem Tan", "Wil Orr");

        assertThat(check.agrees()).isFalse();
        assertThat(check.noCard()).containsExactly("Cem Tan", "Wil Orr");
        assertThat(check.noMember()).containsExactly("Ann  Lee");
        assertThat(check.members()).isEqualTo(3);
    }

    @Test
    void groupThatIsNotThere_hasNobody() {
        assertThat(new Directory(Map.of()).check(ROSTER, "witness", "g").noMember())
                .containsExactly("Wil Orr");
    }
}
