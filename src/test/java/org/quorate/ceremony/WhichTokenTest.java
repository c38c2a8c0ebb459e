package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ceremony.Question.Choose;

/// Which of the tokens that are there is the one that the site profile means.
class WhichTokenTest {
    private static final String IDENTIFY = step("identify_token", "identify", "token: primary");

    @TempDir
    private Path folder;

    private TestRoom room(TestHsm hsm) {
        return new TestRoom(folder, hsm, Map.of("primary", "S1", "backup", "S2"), IDENTIFY);
    }

    /// The site profile calls it "token".
    @Test
    void twoTokensWithOneSerial_areToldApartByTheLabel() {
        var hsm = new TestHsm("S1", "S1");
        hsm.present.getFirst().label = "somebody's";
        try (TestRoom room = room(hsm)) {
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
            assertThat(room.observed("token").getFirst().object("detail").string("label"))
                    .isEqualTo("token");
        }
    }

    @Test
    void twoTokensWithOneSerialAndOneLabel_areBothRefused() {
        assertProblem(new TestHsm("S1", "S1"), "hsm.serial_not_unique");
    }

    @Test
    void anotherTokenWithTheLabel_isNotTaken_andHasWordsOfItsOwn() {
        assertProblem(new TestHsm("S9"), "ceremony.token_other");
    }

    @Test
    void noSuchToken_isSaid() {
        var hsm = new TestHsm("S9");
        hsm.present.getFirst().label = "somebody's";
        assertProblem(hsm, "ceremony.token_absent");
    }

    private void assertProblem(TestHsm hsm, String id) {
        try (TestRoom room = room(hsm)) {
            room.front.thenGive(Choose.class, "abort");
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);
            assertThat(room.front.problems()).contains(id);
        }
    }
}
