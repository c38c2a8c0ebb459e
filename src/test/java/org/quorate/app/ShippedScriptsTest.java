package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;

/// The shipped scripts, one after the other on one practice site, as an organisation would hold them.
class ShippedScriptsTest {
    @TempDir
    private Path folder;

    /// Where a script needs another practice room than usual.
    private static final Map<String, String> ROOMS = Map.of("failover-drill", "--networked");

    @Test
    void shippedScripts_heldOneAfterTheOther_eachLeaveEvidenceThatVerifies() throws Exception {
        for (String script : List.of("root-key-generation", "hsm-health", "failover-drill", "pin-rotation")) {
            Path out = folder.resolve(script);
            var words = new ArrayList<Object>(List.of(
                    "rehearse",
                    "ceremony-scripts/" + script + ".yaml",
                    "--headless",
                    "--home",
                    folder.resolve("site"),
                    "--out",
                    out));
            Optional.ofNullable(ROOMS.get(script)).ifPresent(words::add);
            Ended held = Program.run(words.toArray());

            assertThat(held.code()).as(script + ": " + held.err()).isZero();
            assertThat(Program.run("verify", out).code()).as(script).isZero();
        }
    }
}
