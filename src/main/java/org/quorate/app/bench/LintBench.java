package org.quorate.app.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.quorate.app.site.ScriptFiles;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;
import org.quorate.script.Linter;

/// How long lint takes: of the whole library, of scripts that grow, and of files that are made to take long.
///
/// All of it is processor work in one process, so the best of the runs counts, since other work can only make it
/// slower. What a file that is refused may take is told in parts of what the library takes in the same run.
public final class LintBench implements Bench {
    private static final int SHORT = 50;
    private static final int LONG = 500;
    /// What a step of the long script may take, in hundredths of what one of the short script takes.
    private static final long GROWTH_LIMIT = 200;
    /// What the dearest of the bad files may take, in hundredths of the whole library, than which most of them are
    /// longer.
    private static final long REFUSAL_LIMIT = 300;

    private static final int MEBIBYTE = 1 << 20;

    private final Linter linter;
    private final ScriptFiles library;

    public LintBench(Linter linter, ScriptFiles library) {
        this.linter = linter;
        this.library = library;
    }

    @Override
    public String name() {
        return "lint";
    }

    @Override
    public Result measure(int runs, Consumer<String> progress) {
        var times = new LinkedHashMap<String, Long>();
        Map<String, String> bad = bad();
        byte[] shortScript = bytes(script("", SHORT));
        byte[] longScript = bytes(script("", LONG));
        var files = library.filesIn(Optional.empty());
        // The first round warms the virtual machine up and is not counted.
        for (int run = 0; run <= runs; run++) {
            boolean counts = run > 0;
            time(times, "library", counts, () -> files.forEach(file -> require(library.check(file), true)));
            // As many steps in all, so that both do the same work.
            time(times, "short", counts, () -> repeat(LONG / SHORT, shortScript));
            time(times, "long", counts, () -> repeat(1, longScript));
            bad.forEach((name, text) -> {
                byte[] script = bytes(text);
                time(times, "bad_" + name, counts, () -> require(check(script), false));
            });
            if (counts) {
                progress.accept(Texts.get("app.bench.lint.run", run, runs));
            }
        }
        return result(times, files.size());
    }

    private void repeat(int times, byte[] script) {
        for (int i = 0; i < times; i++) {
            require(check(script), true);
        }
    }

    private LintReport check(byte[] script) {
        return linter.check("bench.yaml", script);
    }

    private static void time(Map<String, Long> times, String name, boolean counts, Runnable work) {
        long before = System.nanoTime();
        work.run();
        long took = System.nanoTime() - before;
        if (counts) {
            times.merge(name, took, Math::min);
        }
    }

    /// What is refused is refused with a place, and before it is a script.
    private static void require(LintReport report, boolean sound) {
        boolean refused = report.script().isEmpty()
                && report.findings().stream().map(Finding::line).allMatch(line -> line > 0);
        if (sound ? !report.sound() : !refused) {
            throw new IllegalStateException(report.findings().toString());
        }
    }

    private static Result result(Map<String, Long> times, int files) {
        long library = times.getOrDefault("library", 1L);
        long growth = Math.ceilDiv(times.getOrDefault("long", 0L) * 100, times.getOrDefault("short", 1L));
        Map.Entry<String, Long> dearest = times.entrySet().stream()
                .filter(time -> time.getKey().startsWith("bad_"))
                .max(Map.Entry.comparingByValue())
                .orElseThrow();
        long refusal = Math.ceilDiv(dearest.getValue() * 100, library);
        var figures = Json.obj();
        times.forEach((name, nanos) -> figures.put(name + "_us", nanos / 1_000));
        figures.put("files", files)
                .put("growth_percent", growth)
                .put("growth_limit_percent", GROWTH_LIMIT)
                .put("refusal_percent", refusal)
                .put("refusal_limit_percent", REFUSAL_LIMIT);
        List<String> lines = List.of(
                Texts.get("app.bench.lint.library", files, library / 1_000_000),
                Texts.get("app.bench.lint.growth", LONG, SHORT, growth, GROWTH_LIMIT, verdict(growth <= GROWTH_LIMIT)),
                Texts.get(
                        "app.bench.lint.refusal",
                        dearest.getKey().substring("bad_".length()),
                        dearest.getValue() / 1_000_000,
                        refusal,
                        REFUSAL_LIMIT,
                        verdict(refusal <= REFUSAL_LIMIT)));
        return new Result(figures.build(), lines, growth <= GROWTH_LIMIT && refusal <= REFUSAL_LIMIT);
    }

    private static String verdict(boolean kept) {
        return Texts.get(kept ? "app.bench.kept" : "app.bench.not_kept");
    }

    /// Each as long as a script may be, or nearly.
    private static Map<String, String> bad() {
        var bad = new LinkedHashMap<String, String>();
        bad.put("aliases", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n");
        bad.put("depth", "[".repeat(MEBIBYTE / 2));
        bad.put("nodes", "- a\n".repeat(MEBIBYTE / 5));
        bad.put("scalar", "a: " + "b\n ".repeat(MEBIBYTE / 4));
        bad.put("comments", "#\n".repeat(MEBIBYTE / 2));
        bad.put("length", "x".repeat(MEBIBYTE + 1));
        String items = IntStream.range(0, 250).mapToObj(i -> "a" + i).collect(Collectors.joining(", "));
        bad.put("loop", script("parameters:\n  list: {type: list of string, value: [" + items + "]}\n", 400));
        return bad;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A script whose longest act has so many steps; with a list in its parameters, so many for each item.
    private static String script(String parameters, int steps) {
        boolean looped = !parameters.isEmpty();
        var text = new StringBuilder("""
                format: quorate-script/1
                id: bench
                version: "1"
                title: Bench
                kind: test
                document: {owner: A, reviewers: [B], approvers: [C], classification: D, retention: E, next_review: 2099-12-31, implements: F}
                roles:
                  administrator: {title: Administrator, count: 1, duty: Leads.}
                  witness: {title: Witness, count: 1, duty: Watches.}
                """)
                .append(parameters)
                .append("acts:\n  - id: opening\n    title: Opening\n    steps:\n");
        step(text, "read_script_digest", "digest", "");
        step(text, "roll_call", "call", "");
        step(text, "check_clock", "clock", "max_offset_seconds: 30");
        step(text, "check_workstation", "workstation", "");
        text.append("  - id: many\n    title: Many\n    ")
                .append(looped ? "for_each: {of: list, as: x}\n    " : "")
                .append("steps:\n");
        for (int i = 0; i < steps; i++) {
            step(text, "confirm", "step" + i, "statement: It is so" + (looped ? ", ${x}." : "."));
        }
        text.append("  - id: closing\n    title: Closing\n    steps:\n");
        step(text, "read_exceptions", "exceptions", "");
        step(text, "close_ceremony", "close", "");
        return text.toString();
    }

    private static void step(StringBuilder text, String kind, String id, String field) {
        var lines = new ArrayList<>(List.of(
                "- kind: " + kind,
                "  id: " + id,
                "  title: Do it",
                "  say: Do it now.",
                "  by: administrator",
                "  witnessed_by: witness",
                "  minutes: 1"));
        if (!field.isEmpty()) {
            lines.add("  " + field);
        }
        lines.forEach(line -> text.append("      ").append(line).append('\n'));
    }
}
