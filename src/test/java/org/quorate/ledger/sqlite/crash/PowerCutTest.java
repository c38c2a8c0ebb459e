package org.quorate.ledger.sqlite.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.LongForm;
import org.quorate.ledger.sqlite.crash.Event.Said;
import org.quorate.ledger.sqlite.crash.Explorer.Report;

/// Cuts the power at every moment of a console's life. With `-Dquorate.long=true` each moment is looked at more
/// closely, and the figures are printed.
class PowerCutTest {
    private static final int THREADS = LongForm.wanted() ? Runtime.getRuntime().availableProcessors() : 1;

    @TempDir(factory = InMemory.class)
    private static Path folder;

    private static Recorder recorder;

    @BeforeAll
    static void record() throws Exception {
        recorder = new Recorder(folder);
        var tasks = new ArrayList<String>();
        for (String task : List.of("write", "full", "off")) {
            tasks.addAll(List.of(task, recorder.folder(task).toString()));
        }
        recorder.run(tasks.toArray(String[]::new));
    }

    private static void tell(String what, Report report) {
        if (LongForm.wanted()) {
            System.out.println(what + ": " + report);
        }
    }

    @Test
    void powerCut_atAnyMoment_losesNothingThatWasCalledKept() throws Exception {
        Detail detail = LongForm.wanted() ? new Detail(150, 150) : new Detail(1, 1);

        Report report = Explorer.explore(recorder.recording("write"), 0, detail, THREADS);

        tell("power cuts", report);
        assertThat(report.losses()).isEmpty();
        assertThat(report.states().size()).isGreaterThan(LongForm.either(1000, 10_000));
    }

    /// The process dies, another takes over and shows what it found, and only then the power goes. What was written but
    /// not synced when the first one died is still not on the disk.
    @Test
    void powerCut_afterAKillAndATakeover_losesNothingThatWasFound() throws Exception {
        Recording first = recorder.recording("write");
        List<Integer> kills = LongForm.wanted()
                ? IntStream.rangeClosed(0, first.events().size()).boxed().toList()
                : aroundACommit(first);
        var disk = new Disk();
        var tasks = new ArrayList<String>();
        for (int kill = 0; kill <= first.events().size(); kill++) {
            if (kill > 0) {
                disk.on(first.events().get(kill - 1));
            }
            if (kills.contains(kill)) {
                Path there = recorder.folder("k" + kill);
                for (var file : disk.now().entrySet()) {
                    Files.write(there.resolve(file.getKey()), file.getValue());
                }
                tasks.addAll(List.of("resume", there.toString()));
            }
        }
        recorder.run(tasks.toArray(String[]::new));

        var all = Report.nothing();
        for (int kill : kills) {
            Recording whole = first.upTo(kill, recorder.recording("k" + kill));
            Report report = Explorer.explore(whole, resumed(whole), new Detail(0, 0), THREADS);
            assertThat(report.losses()).as("killed after event " + kill).isEmpty();
            all = all.and(report);
        }
        tell("power cuts after kills and takeovers", all);
    }

    /// The last part of a commit, from the first write into the file on.
    private static List<Integer> aroundACommit(Recording recording) {
        int kept = recording
                .events()
                .indexOf(recording.events().stream()
                        .filter(event -> event instanceof Said(var text) && text.startsWith("kept 4 "))
                        .findFirst()
                        .orElseThrow());
        return IntStream.range(kept - 4, kept + 1).boxed().toList();
    }

    private static int resumed(Recording recording) {
        return recording.events().lastIndexOf(new Said("resumed"));
    }

    /// So that the explorer is known to find what there is to find.
    @Test
    void powerCut_onSqliteAsItComes_losesEntries() throws Exception {
        Report report = weak("full", 12);

        assertThat(report.losses()).anyMatch(loss -> loss.contains("lost entry"));
    }

    @Test
    void powerCut_withoutSyncs_leavesLedgersThatAreNotSound() throws Exception {
        Report report = weak("off", 3);

        assertThat(report.losses())
                .anyMatch(loss -> loss.contains("lost entry"))
                .anyMatch(loss -> loss.contains("ledger.not_sound"));
    }

    /// The last cuts show enough.
    private static Report weak(String synchronous, int cuts) throws Exception {
        Recording recording = recorder.recording(synchronous);
        return Explorer.explore(recording, recording.events().size() - cuts, new Detail(0, 0), THREADS);
    }
}
