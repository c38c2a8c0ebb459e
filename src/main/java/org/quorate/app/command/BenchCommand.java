package org.quorate.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.quorate.app.bench.Bench;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate bench`: measures, and answers no where a limit is not kept.
@CommandLine.Command(name = "bench")
public final class BenchCommand extends Command {
    private final List<Bench> benches;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "7")
    private int runs;

    @Parameters(paramLabel = "NAME", arity = "0..*", descriptionKey = "name")
    private List<String> names = new ArrayList<>();

    public BenchCommand(List<Bench> benches) {
        this.benches = List.copyOf(benches);
    }

    @Override
    protected Exit run(Output output) {
        List<Bench> chosen =
                names.isEmpty() ? benches : names.stream().map(this::named).toList();
        if (runs < 1) {
            throw misuse(Texts.get("app.bench.no_runs"));
        }
        var results = new ArrayList<Json>();
        var lines = new ArrayList<String>();
        boolean kept = true;
        for (Bench bench : chosen) {
            Bench.Result result = bench.measure(runs, output::progress);
            results.add(Json.obj()
                    .put("name", bench.name())
                    .put("kept", result.kept())
                    .put("figures", result.figures())
                    .build());
            lines.addAll(result.lines());
            kept &= result.kept();
        }
        output.answer(
                Json.obj().put("kept", kept).put("benches", Json.array(results)).build(), lines);
        return kept ? Exit.DONE : Exit.NO;
    }

    private Bench named(String name) {
        return benches.stream()
                .filter(bench -> bench.name().equals(name))
                .findFirst()
                .orElseThrow(() -> misuse(Texts.get(
                        "app.bench.unknown",
                        name,
                        benches.stream().map(Bench::name).collect(Collectors.joining(", ")))));
    }
}
