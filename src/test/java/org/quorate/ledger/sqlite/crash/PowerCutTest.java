package org.quorate.ledger.sqlite.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ledger.sqlite.crash.Explorer.Report;

/// Cuts the power at every moment of a console's life.
class PowerCutTest {
    @TempDir
    private Path folder;

    @Test
    void powerCut_atAnyMoment_losesNothingThatWasCalledKept() throws Exception {
        var recorder = new Recorder(folder);
        recorder.run("write", recorder.folder("a").toString());
        Recording recording = recorder.recording("a");
        System.err.println(Explorer.describe(recording, 0, 10000));
        long from = System.nanoTime();

        Report report = Explorer.explore(recording, 0, new Detail(4, 2), 1);

        System.err.println(report.cuts() + " cuts, " + report.states() + " states, "
                + (System.nanoTime() - from) / 1_000_000 + " ms");
        assertThat(report.losses()).isEmpty();
    }
}
