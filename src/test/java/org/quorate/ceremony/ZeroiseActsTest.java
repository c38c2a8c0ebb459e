package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Choose;
import org.quorate.hsm.Hsm;

/// The end of a token, on a real SoftHSM, and one that only says that it is empty.
class ZeroiseActsTest {
    private static final String[] STEPS = {
        step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"),
        step(
                "zeroise_token",
                "end",
                "token: primary",
                "quorum: officers",
                "so_pin_by: security_officer",
                "user_pin_by: officer")
    };

    @TempDir
    private Path folder;

    @Test
    void token_isEmptyAfterwards_andWhatWasThereIsOnRecord() {
        TwoTokens tokens = TwoTokens.make();
        try (Hsm real = tokens.open();
                TestRoom room = new TestRoom(folder, real, tokens.serials(), STEPS)) {
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            Json.Obj seen = room.observed("zeroised").getFirst();
            assertThat(seen.string("verdict")).isEqualTo("matches");
            assertThat(seen.object("detail").integer("objects")).isZero();
            assertThat(seen.object("detail").bool("user_pin")).isFalse();
            assertThat(room.observed("objects"))
                    .extracting(data -> data.object("detail").objects("objects").size())
                    .containsExactly(2, 0);
        }
    }

    @Test
    void tokenThatOnlySaysSo_isFoundOut() {
        try (TestRoom room = new TestRoom(folder, STEPS)) {
            room.hsm.token("S1").lies = true;
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).contains("ceremony.not_empty");
            assertThat(room.observed("zeroised").getFirst().string("verdict")).isEqualTo("differs");
        }
    }
}
