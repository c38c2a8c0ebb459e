package org.quorate.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.quorate.app.bench.Bench;
import org.quorate.base.Json;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private record Fixed(String name, boolean kept) implements Bench {
        @Override
        public Result measure(int runs, Consumer<String> progress) {
            progress.accept(name + " runs");
            return new Result(Json.obj().put("runs", runs).build(), List.of(name + " was measured"), kept);
        }
    }

    private int run(String... arguments) {
        var bench = new BenchCommand(List.of(new Fixed("quick", true), new Fixed("slow", false)));
        return Commands.of(new ConsoleCommand(home -> {}), List.of(bench), new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void bench_byName_measuresThatOneOnly() {
        assertThat(run("bench", "quick")).isZero();
        assertThat(out.toString().lines()).containsExactly("quick was measured");
        assertThat(err.toString().lines()).containsExactly("quick runs");
    }

    @Test
    void bench_withALimitNotKept_answersNo() {
        assertThat(run("bench", "--json", "--runs", "3")).isEqualTo(1);

        Json.Obj answer = Json.parseCanonicalObject(out.toString().strip().getBytes(UTF_8));
        assertThat(answer.bool("kept")).isFalse();
        assertThat(answer.objects("benches")).extracting(b -> b.string("name")).containsExactly("quick", "slow");
        assertThat(answer.objects("benches").getFirst().object("figures").integer("runs"))
                .isEqualTo(3);
    }

    @Test
    void bench_ofAnUnknownName_orWithoutRuns_isWrongUse() {
        assertThat(run("bench", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("quick, slow");
        assertThat(run("bench", "--runs", "0")).isEqualTo(2);
    }
}
