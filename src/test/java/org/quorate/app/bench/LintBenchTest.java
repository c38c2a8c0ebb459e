package org.quorate.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.quorate.app.site.ScriptFiles;
import org.quorate.base.Json;
import org.quorate.script.Linter;
import org.quorate.script.yaml.ScriptReader;

class LintBenchTest {

    @Test
    void measure_comparesBadFilesWithTheLibrary_andLongScriptsWithShortOnes() {
        var linter = new Linter(new ScriptReader());
        var progress = new ArrayList<String>();

        Bench.Result result =
                new LintBench(linter, new ScriptFiles(linter, Path.of("ceremony-scripts"))).measure(1, progress::add);

        assertThat(progress).hasSize(1);
        Json.Obj figures = result.figures();
        assertThat(figures.integer("files")).isGreaterThan(30);
        assertThat(figures.integer("library_us")).isPositive();
        assertThat(figures.integer("bad_loop_us")).isPositive();
        assertThat(result.kept())
                .isEqualTo(figures.integer("growth_percent") <= 200 && figures.integer("refusal_percent") <= 300);
        assertThat(result.lines()).hasSize(3);
    }
}
