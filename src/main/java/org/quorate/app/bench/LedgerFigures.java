package org.quorate.app.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// What was measured of ledgers of several sizes, and the bars beside it. Of what a disk did the median counts;
/// of what a processor did the best, since other work can only make it slower.
final class LedgerFigures {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long MICRO = 1_000L;

    /// A commit of one entry syncs so much more than one block: measured over SQLite's own writes.
    private static final double SYNCS_OF_A_COMMIT = 3.83;

    /// A thread that the processor leaves for longer than this shares it.
    private static final int BUSY_PERCENT = 10;

    private final List<Long> sizes;
    private final Map<Long, List<Long>> one = new LinkedHashMap<>();
    private final Map<Long, List<Long>> oneCpu = new LinkedHashMap<>();
    private final Map<Long, List<Long>> two = new LinkedHashMap<>();
    private final Map<Long, List<Long>> appends = new LinkedHashMap<>();
    private final List<Long> overwrites = new ArrayList<>();
    private final List<Long> hashings = new ArrayList<>();
    private long python;

    LedgerFigures(List<Long> sizes) {
        this.sizes = List.copyOf(sizes);
    }

    /// @param cpu how much of `nanos` the processor was at it
    void verifiedOnOne(long size, long nanos, long cpu) {
        one.computeIfAbsent(size, _ -> new ArrayList<>()).add(nanos);
        oneCpu.computeIfAbsent(size, _ -> new ArrayList<>()).add(cpu);
    }

    void verifiedOnTwo(long size, long nanos) {
        two.computeIfAbsent(size, _ -> new ArrayList<>()).add(nanos);
    }

    void appended(long size, long nanos) {
        appends.computeIfAbsent(size, _ -> new ArrayList<>()).add(nanos);
    }

    void overwritten(long nanos) {
        overwrites.add(nanos);
    }

    void hashed(long nanos) {
        hashings.add(nanos);
    }

    void verifiedInPython(long nanos) {
        python = nanos;
    }

    /// @param limit in hundredths, as `measured`
    /// @param least whether less than the limit is too little, or more is too much
    record Bar(String name, long limit, long measured, boolean least) {
        boolean kept() {
            return least ? measured >= limit : measured <= limit;
        }

        Json toJson() {
            return Json.obj()
                    .put("name", name)
                    .put(least ? "at_least_hundredths" : "at_most_hundredths", limit)
                    .put("measured_hundredths", measured)
                    .put("kept", kept())
                    .build();
        }

        String line(long most, long fewest) {
            return Texts.get(
                    "app.bench.ledger.bar",
                    Texts.get("app.bench.ledger.bar." + name, most, fewest),
                    Texts.get(least ? "app.bench.ledger.at_least" : "app.bench.ledger.at_most", decimal(limit)),
                    decimal(measured),
                    Texts.get(kept() ? "app.bench.kept" : "app.bench.not_kept"));
        }
    }

    private static String decimal(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }

    Bench.Result result() {
        long most = sizes.getLast();
        long fewest = sizes.getFirst();
        List<Bar> bars = bars(most, fewest);
        var lines = new ArrayList<String>();
        lines.add(Texts.get("app.bench.ledger.raw", SECOND / median(overwrites), best(hashings) / MILLI));
        for (long size : sizes) {
            lines.add(Texts.get(
                    "app.bench.ledger.size",
                    size,
                    SECOND / median(appends, size),
                    best(one, size) / MILLI,
                    best(two, size) / MILLI));
        }
        long busy = 100 - 100 * sum(oneCpu, most) / sum(one, most);
        if (busy > BUSY_PERCENT) {
            lines.add(Texts.get("app.bench.ledger.busy", busy));
        }
        bars.forEach(bar -> lines.add(bar.line(most, fewest)));
        return new Bench.Result(json(bars), lines, bars.stream().allMatch(Bar::kept));
    }

    private List<Bar> bars(long most, long fewest) {
        double append = median(appends, most);
        return List.of(
                new Bar("durable", 40, hundredths(median(overwrites) * SYNCS_OF_A_COMMIT / append), true),
                new Bar("growth", 80, hundredths(median(appends, fewest) / append), true),
                new Bar("verify", 15, hundredths((double) best(hashings) / best(oneCpu, most)), true),
                new Bar("threads", 150, hundredths((double) best(one, most) / best(two, most)), true),
                new Bar("python", 4_000, hundredths((double) python / SECOND), false));
    }

    private Json.Obj json(List<Bar> bars) {
        var bySize = new ArrayList<Json>();
        for (long size : sizes) {
            bySize.add(Json.obj()
                    .put("entries", size)
                    .put("append_us", median(appends, size) / MICRO)
                    .put("verify_one_thread_us", best(one, size) / MICRO)
                    .put("verify_two_threads_us", best(two, size) / MICRO)
                    .build());
        }
        return Json.obj()
                .put("overwrite_us", median(overwrites) / MICRO)
                .put("sha256_us", best(hashings) / MICRO)
                .put("python_us", python / MICRO)
                .put("sizes", Json.array(bySize))
                .put("bars", Json.array(bars.stream().map(Bar::toJson).toList()))
                .build();
    }

    private static long hundredths(double ratio) {
        return (long) Math.floor(ratio * 100);
    }

    private static long sum(Map<Long, List<Long>> of, long size) {
        return Math.max(
                1,
                of.getOrDefault(size, List.of()).stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    private static long median(Map<Long, List<Long>> of, long size) {
        return median(of.getOrDefault(size, List.of()));
    }

    private static long best(Map<Long, List<Long>> of, long size) {
        return best(of.getOrDefault(size, List.of()));
    }

    private static long best(List<Long> values) {
        return Math.max(1, values.stream().mapToLong(Long::longValue).min().orElse(0));
    }

    private static long median(List<Long> values) {
        return Math.max(1, StartBench.median(values));
    }
}
