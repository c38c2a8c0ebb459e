package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Verdict;

/// An HSM is taken away and brought back. The console believes its own eyes, whatever people say.
class ConnectionTest {
    private static final String AWAY = step("check_connection", "away", "token: primary", "expect: absent");
    private static final String BACK = step("check_connection", "back", "token: primary", "expect: present");

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    private TestRoom room(String... steps) {
        opened = Optional.of(new TestRoom(folder, steps));
        return opened.get();
    }

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    @Test
    void hsmThatIsUnplugged_isSeenToBeAway_andThenBack() {
        TestRoom room = room(AWAY, BACK);
        room.front.thenDoIt().thenDoIt();

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("connection"))
                .extracting(data -> data.object("detail").string("found"))
                .containsExactly("absent", "present");
        assertThat(room.observed("connection"))
                .extracting(data -> data.string("verdict"))
                .containsOnly("matches");
    }

    @Test
    void hsmThatStillAnswers_failsTheStep_whateverPeopleSay() {
        TestRoom room = room(AWAY);
        room.front.thenGive(Confirm.class, new Verdict.Yes()).thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        Json.Obj seen = room.observed("connection").getFirst();
        assertThat(seen.string("verdict")).isEqualTo("differs");
        assertThat(room.front.problems()).contains("ceremony.connection_present");
    }

    @Test
    void hsmThatDoesNotComeBack_isSaidToBeAway() {
        TestRoom room = room(AWAY, BACK);
        room.front.thenDoIt().thenGive(Confirm.class, new Verdict.Yes()).thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).contains("ceremony.connection_absent");
    }
}
