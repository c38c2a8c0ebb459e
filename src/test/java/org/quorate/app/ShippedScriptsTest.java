package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;

/// The shipped scripts, one after the other on one practice site, as an organisation would hold them.
class ShippedScriptsTest {
    @TempDir
    private Path folder;

    @Test
    void shippedScripts_heldOneAfterTheOther_eachLeaveEvidenceThatVerifies() throws Exception {
        for (String script : List.of("root-key-generation", "hsm-health", "pin-rotation")) {
            Path out = folder.resolve(script);
            Ended held = Program.run(
                    "rehearse",
                    "ceremony-scripts/" + script + ".yaml",
                    "--headless",
                    "--home",
                    folder.resolve("site"),
                    "--out",
                    out);

            assertThat(held.code()).as(script + ": " + held.err()).isZero();
            assertThat(Program.run("verify", out).code()).as(script).isZero();
        }
    }
}
