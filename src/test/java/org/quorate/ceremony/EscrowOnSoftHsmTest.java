package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real token the key is what its shares say.
class EscrowOnSoftHsmTest {
    @TempDir
    private Path folder;

    /// The trusted wrapping key carries a key to the backup, which got it by its shares and not over a transport pair;
    /// the key-encryption key wraps on both.
    @Test
    void keysInEscrow_areTheSameOnBothTokens() throws Exception {
        try (var real = new RealRoom(folder)) {
            TestRoom room = real.enter(
                    escrow("wrapping"),
                    step("generate_secret_key", "make-data", "key: data", "token: primary", "quorum: officers"),
                    recover("wrapping"),
                    step(
                            "transfer_key",
                            "transfer",
                            "key: data",
                            "under: wrapping",
                            "from: primary",
                            "to: backup",
                            "quorum: officers"),
                    escrow("kek"),
                    recover("kek"));

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.observed("unwrap_proven")).hasSize(1);
            assertThat(room.observed("check_value"))
                    .extracting(data -> data.object("detail").string("key"))
                    .containsExactlyElementsOf(List.of("wrapping", "data", "data", "kek", "kek"));
            for (String name : List.of("unwrap_proven", "check_value", "key_report")) {
                assertThat(room.observed(name))
                        .filteredOn(data -> data.optionalString("verdict").isPresent())
                        .allMatch(data -> data.string("verdict").equals("matches"));
            }
        }
    }

    private static String escrow(String key) {
        return step(
                "escrow_key", "escrow-" + key, "key: " + key, "token: primary", "quorum: officers", "cards: officers");
    }

    private static String recover(String key) {
        return step("recover_key", "recover-" + key, "key: " + key, "token: backup", "quorum: officers", "from: cards");
    }
}
