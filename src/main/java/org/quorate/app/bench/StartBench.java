package org.quorate.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;

/// How long the console's window takes to show, beside an empty window of the same theme.
///
/// Every start is a process of its own with the same flags; the two kinds take turns, so that whatever else the
/// machine does falls on both alike. Time runs from before the process is made until it says that its first frame
/// stands on the screen.
public final class StartBench implements Bench {
    /// The console may take this much of an empty window's time.
    private static final int LIMIT_PERCENT = 150;

    private static final int PATIENCE_SECONDS = 60;

    private final Supplier<List<String>> program;

    /// @param program how this program was started, without its own arguments
    public StartBench(Supplier<List<String>> program) {
        this.program = program;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Result measure(int runs, Consumer<String> progress) {
        var empty = new ArrayList<Long>();
        var console = new ArrayList<Long>();
        // The first pair fills the machine's file cache and is not counted.
        for (int run = 0; run <= runs; run++) {
            long emptyMillis = start(StartWindow.EMPTY);
            long consoleMillis = start(StartWindow.CONSOLE);
            if (run > 0) {
                empty.add(emptyMillis);
                console.add(consoleMillis);
                progress.accept(Texts.get("app.bench.start.run", run, runs, emptyMillis, consoleMillis));
            }
        }
        return result(empty, console);
    }

    private static Result result(List<Long> empty, List<Long> console) {
        long emptyMedian = median(empty);
        long consoleMedian = median(console);
        long percent = Math.ceilDiv(consoleMedian * 100, emptyMedian);
        boolean kept = percent <= LIMIT_PERCENT;
        Json.Obj figures = Json.obj()
                .put("empty_ms", Json.integers(empty))
                .put("console_ms", Json.integers(console))
                .put("empty_median_ms", emptyMedian)
                .put("console_median_ms", consoleMedian)
                .put("ratio_percent", percent)
                .put("limit_percent", LIMIT_PERCENT)
                .build();
        String verdict = Texts.get(kept ? "app.bench.kept" : "app.bench.not_kept");
        List<String> lines = List.of(
                Texts.get("app.bench.start.empty", emptyMedian),
                Texts.get("app.bench.start.console", consoleMedian),
                Texts.get("app.bench.start.ratio", percent, LIMIT_PERCENT, verdict));
        return new Result(figures, lines, kept);
    }

    static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// Milliseconds from before the process is made to its first frame.
    private long start(StartWindow window) {
        var command = new ArrayList<>(program.get());
        command.addAll(window.arguments());
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        long before = System.nanoTime();
        try {
            Process process = builder.start();
            CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .execute(process::destroyForcibly);
            try (BufferedReader answers = process.inputReader()) {
                String answer = String.valueOf(answers.readLine());
                long after = System.nanoTime();
                if (!answer.equals(StartWindow.SHOWN)) {
                    throw Problem.of("app.bench.no_window")
                            .withTechnical(answer)
                            .asException();
                }
                return (after - before) / 1_000_000;
            } finally {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw Problem.of("app.bench.no_window").causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("app.bench.no_window").causedBy(e);
        }
    }
}
