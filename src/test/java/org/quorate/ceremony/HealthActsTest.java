package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;

/// A real SoftHSM is looked over.
class HealthActsTest {
    @TempDir
    private Path folder;

    @Test
    void check_recordsSlotsFlagsMemorySessionsAndMechanismsWithTheirSizes() throws Exception {
        try (RealRoom real = new RealRoom(folder)) {
            TestRoom room = real.enter(step("check_health", "check", "token: primary", "calls: 2"));

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            String serial = real.tokens().serials().get("primary");
            Json.Obj slots = room.observed("slots").getFirst();
            assertThat(slots.string("text"))
                    .startsWith("3 tokens, 0 empty slots")
                    .contains(serial, "(not initialised)");
            assertThat(slots.object("detail").objects("tokens")).anySatisfy(token -> {
                assertThat(token.string("serial")).isEqualTo(serial);
                assertThat(token.strings("flags")).contains("CKF_RNG", "CKF_LOGIN_REQUIRED");
            });
            assertThat(room.observed("room").getFirst().string("text")).contains("private objects: not reported");
            assertThat(room.observed("mechanisms").getFirst().object("detail").objects("mechanisms"))
                    .anySatisfy(one -> {
                        assertThat(one.string("name")).isEqualTo("CKM_RSA_PKCS");
                        assertThat(one.integer("max")).isEqualTo(16384);
                    });
        }
    }
}
