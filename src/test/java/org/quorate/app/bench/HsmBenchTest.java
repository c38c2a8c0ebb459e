package org.quorate.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.quorate.app.practice.PracticeSite;
import org.quorate.base.Json;

class HsmBenchTest {
    @Test
    void bench_listsATokenByEveryTool_andMeasuresTheHost() {
        var said = new ArrayList<String>();
        Bench.Result result = new HsmBench(PracticeSite::softHsm, 20).measure(1, said::add);

        Json.Obj figures = result.figures();
        assertThat(figures.integer("objects")).isEqualTo(20);
        assertThat(figures.integer("calls_a_second_in_one_process"))
                .isGreaterThan(figures.integer("calls_a_second_through_host"));
        assertThat(result.lines()).hasSize(5);
        assertThat(result.kept()).isEqualTo(figures.integer("ratio_hundredths") >= 400);
        assertThat(said).hasSize(2);
    }
}
