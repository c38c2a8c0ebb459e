package org.quorate.hsm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.quorate.base.Json;

/// How long each of many calls of one operation took, by a clock that only goes forward.
public final class Latency {
    /// Upper ends of the classes of the histogram, in microseconds: 1, 2, 5 in each decade. The last class has no end.
    public static final List<Long> EDGES = List.of(
            10L,
            20L,
            50L,
            100L,
            200L,
            500L,
            1_000L,
            2_000L,
            5_000L,
            10_000L,
            20_000L,
            50_000L,
            100_000L,
            200_000L,
            500_000L,
            1_000_000L);

    private final String operation;
    private final long[] sorted;

    private Latency(String operation, long[] sorted) {
        this.operation = operation;
        this.sorted = sorted;
    }

    /// @param micros of each call; at least one
    public static Latency of(String operation, List<Long> micros) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no call was measured");
        }
        return new Latency(operation, sorted);
    }

    /// Calls until `times` calls are done, or one is not; what that one answered comes back.
    public static <T> Outcome<Latency> measured(
            String operation, int times, LongSupplier nanos, Supplier<Outcome<T>> call) {
        var took = new ArrayList<Long>();
        for (int i = 0; i < times; i++) {
            long began = nanos.getAsLong();
            Outcome<T> outcome = call.get();
            took.add((nanos.getAsLong() - began) / 1_000);
            if (!(outcome instanceof Outcome.Done)) {
                return outcome.map(value -> of(operation, took));
            }
        }
        return new Outcome.Done<>(of(operation, took));
    }

    public String operation() {
        return operation;
    }

    public int calls() {
        return sorted.length;
    }

    /// The least time that `percent` of all calls did not exceed (nearest rank), in microseconds.
    public long percentile(int percent) {
        int rank = Math.ceilDiv(percent * sorted.length, 100);
        return sorted[Math.max(rank, 1) - 1];
    }

    /// One after the other, without a pause.
    public long perSecond() {
        long sum = Arrays.stream(sorted).sum();
        return sum == 0 ? 0 : Math.round(sorted.length * 1e6 / sum);
    }

    /// How many calls fall into each class; one more class than there are [#EDGES].
    public List<Long> histogram() {
        var counts = new long[EDGES.size() + 1];
        for (long micros : sorted) {
            int at = 0;
            while (at < EDGES.size() && micros > EDGES.get(at)) {
                at++;
            }
            counts[at]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("operation", operation)
                .put("calls", calls())
                .put("per_second", perSecond())
                .put("p50_us", percentile(50))
                .put("p95_us", percentile(95))
                .put("p99_us", percentile(99))
                .put("histogram", Json.integers(histogram()))
                .build();
    }
}
