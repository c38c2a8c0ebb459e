package org.quorate.ledger.sqlite.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.LongForm;
import org.quorate.ledger.sqlite.crash.Event.SyncFailed;
import org.quorate.ledger.sqlite.crash.Explorer.Report;

/// Lets each call fail that a console makes on its files while it founds a ledger and appends to it, one after the
/// other.
class FailedCallTest {
    private static final Set<String> FOUNDING = Set.of("ledger.full", "ledger.unreadable", "ledger.read_only");

    @TempDir(factory = InMemory.class)
    private static Path folder;

    private static Recorder recorder;
    private static List<String> said;

    @BeforeAll
    static void letThemFail() throws Exception {
        recorder = new Recorder(folder);
        String root = recorder.folder("").toString();
        said = recorder.run("sync", root, "write-fault", root, "name", root);
    }

    /// @param call what failed, and on which file
    /// @param when in founding or appending
    /// @param problem that the console had, or none
    /// @param end what was found when the ledger was opened again
    private record Fault(String call, String when, String problem, String end) {
        static Fault of(String line) {
            String[] words = line.split(" ", -1);
            return words.length == 6
                    ? new Fault(words[2], words[3], words[4], words[5])
                    : new Fault(words[2] + " " + words[3], words[4], words[5], words[6]);
        }

        boolean isTold() {
            return when.equals("create") ? FOUNDING.contains(problem) : problem.equals("ledger.unknown");
        }
    }

    /// The last one had nothing left to fail.
    private static List<Fault> faults(String kind) {
        List<Fault> faults = said.stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(Fault::of)
                .toList();
        assertThat(faults.getLast()).isEqualTo(new Fault("none", "append", "none", "sound"));
        assertThat(faults).extracting(Fault::end).containsOnly("sound");
        if (LongForm.wanted()) {
            System.out.println(kind + ": " + (faults.size() - 1) + " calls failed");
        }
        return faults.subList(0, faults.size() - 1);
    }

    @Test
    void sync_thatFails_isToldAndLosesNothingAlsoWhenThePowerGoesThen() throws Exception {
        List<Fault> faults = faults("sync");

        assertThat(faults).hasSizeGreaterThan(20);
        // SQLite syncs the folder of a journal and a journal that it closes to no purpose of ours, and goes on where it
        // cannot: the power cuts show that nothing hangs on these.
        assertThat(faults)
                .filteredOn(fault -> !fault.isTold())
                .hasSizeLessThanOrEqualTo(4)
                .noneMatch(fault -> fault.call().equals("sync ledger.db"));
        var all = Report.nothing();
        for (int n = LongForm.either(faults.size() - 8, 1); n <= faults.size(); n++) {
            Recording recording = recorder.recording("sync" + n);
            Report report = Explorer.explore(recording, failureIn(recording), new Detail(0, 0), 1);
            assertThat(report.losses())
                    .as("sync " + n + ": " + faults.get(n - 1))
                    .isEmpty();
            all = all.and(report);
        }
        if (LongForm.wanted()) {
            System.out.println("power cuts after failed syncs: " + all);
        }
    }

    /// What was before is a recording as any. The whole one, where it was the folder that was not synced.
    private static int failureIn(Recording recording) {
        return recording.events().stream()
                .filter(SyncFailed.class::isInstance)
                .findFirst()
                .map(recording.events()::indexOf)
                .orElse(0);
    }

    @Test
    void write_thatDoesNotFit_isToldAndLosesNothing() {
        List<Fault> faults = faults("write");

        assertThat(faults).hasSizeGreaterThan(50);
        assertThat(faults)
                .filteredOn(fault -> !fault.call().equals("write ledger.db.lock"))
                .allMatch(Fault::isTold);
    }

    @Test
    void name_thatCannotBeMade_isToldAndLosesNothing() {
        assertThat(faults("name")).hasSizeGreaterThan(4).allMatch(Fault::isTold);
    }
}
