package org.quorate.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.base.ProblemException;
import org.quorate.ledger.LedgerFixture;

class LedgerBenchTest {
    @TempDir
    private Path folder;

    @Test
    void measure_givesEachSizeAndEachBar_andLeavesNothingBehind() throws Exception {
        var progress = new ArrayList<String>();
        var bench = new LedgerBench(folder, new LedgerFixture.Clock(), List.of(20L, 12_000L));

        Bench.Result result = bench.measure(2, progress::add);

        assertThat(result.figures().objects("sizes"))
                .extracting(size -> size.integer("entries"))
                .containsExactly(20L, 12_000L);
        List<Json.Obj> bars = result.figures().objects("bars");
        assertThat(bars)
                .extracting(bar -> bar.string("name"))
                .containsExactly("durable", "growth", "verify", "threads", "python");
        assertThat(bars)
                .allSatisfy(
                        bar -> assertThat(bar.integer("measured_hundredths")).isNotNegative());
        assertThat(result.kept()).isEqualTo(bars.stream().allMatch(bar -> bar.bool("kept")));
        assertThat(result.lines()).hasSizeBetween(1 + 2 + 5, 1 + 2 + 1 + 5);
        assertThat(progress).hasSize(2 + 2 + 1 + 2);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void figures_ofARunThatMissesOneBar_areNotKept() {
        var figures = new LedgerFigures(List.of(1_000L, 1_000_000L));
        figures.overwritten(1_000_000);
        figures.appended(1_000, 4_000_000);
        figures.appended(1_000_000, 5_000_000);
        figures.hashed(400_000_000);
        for (long size : List.of(1_000L, 1_000_000L)) {
            figures.verifiedOnOne(size, 2_000_000_000, 1_600_000_000);
            figures.verifiedOnTwo(size, 1_400_000_000);
        }
        figures.verifiedInPython(20_000_000_000L);

        Bench.Result result = figures.result();

        assertThat(result.kept()).isFalse();
        assertThat(result.lines()).anyMatch(line -> line.contains("other work 20 % of the time"));
        assertThat(result.figures().objects("bars"))
                .extracting(bar -> bar.integer("measured_hundredths"), bar -> bar.bool("kept"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(76L, true),
                        org.assertj.core.groups.Tuple.tuple(80L, true),
                        org.assertj.core.groups.Tuple.tuple(25L, true),
                        org.assertj.core.groups.Tuple.tuple(142L, false),
                        org.assertj.core.groups.Tuple.tuple(2_000L, true));
    }

    @Test
    void measure_whereNoFolderCanBe_isAProblem() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        var bench = new LedgerBench(file.resolve("place"), new LedgerFixture.Clock(), List.of(20L));

        assertThatThrownBy(() -> bench.measure(1, _ -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("app.bench.ledger.not_written");
    }
}
