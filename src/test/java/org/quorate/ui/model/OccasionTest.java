package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quorate.ceremony.Site;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Roster;
import org.quorate.script.Reading;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.ui.demo.Demo;

class OccasionTest {
    private static Script shipped(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("ceremony-scripts", name + ".yaml"));
        return ((Reading.Read) new ScriptReader().read(name, bytes)).script();
    }

    private static Participant person(String id, String... roles) {
        return new Participant(id, id, "Example", Set.of(roles), List.of());
    }

    @Test
    void brokenGlass_isSaidWithItsQuorum_forAllToSee() throws IOException {
        var roster = new Roster(List.of(
                person("p1", "administrator"),
                person("p2", "officer", "security_officer"),
                person("p3", "officer", "user_pin_holder"),
                person("p4", "officer")));
        Site site = Demo.site(Site.Mode.LIVE);

        assertThat(new Occasion(shipped("break-glass"), site, roster, Optional.empty()).breakGlass())
                .contains("Break-glass: 2 of 3");
        assertThat(new Occasion(shipped("break-glass-review"), site, roster, Optional.empty()).breakGlass())
                .isEmpty();
    }
}
