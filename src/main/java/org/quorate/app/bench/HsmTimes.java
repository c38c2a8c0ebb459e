package org.quorate.app.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// What was measured of a full token, in nanoseconds. Of several runs the best counts, since other work on the
/// machine can only make one slower.
final class HsmTimes {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    /// pkcs11-tool with the list, and without it.
    final List<Long> tool = new ArrayList<>();

    final List<Long> toolStart = new ArrayList<>();
    final List<Long> p11tool = new ArrayList<>();
    /// From the start of a host to the list, and how much of it was before the list.
    final List<Long> cold = new ArrayList<>();

    final List<Long> coldStart = new ArrayList<>();
    /// The list in a session that is open.
    final List<Long> warm = new ArrayList<>();

    final List<Long> host = new ArrayList<>();
    final List<Long> own = new ArrayList<>();
    final List<Long> hostStart = new ArrayList<>();

    private static long best(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    /// The limit is for the list of an open console against the whole of the faster tool.
    Bench.Result result(int objects, long limit) {
        long faster = Math.min(best(tool), best(p11tool));
        long ratio = faster * 100 / best(warm);
        long withoutStart = Math.min(Math.max(best(tool) - best(toolStart), 1), best(p11tool)) * 100 / best(warm);
        long withStart = faster * 100 / best(cold);
        boolean kept = ratio >= limit;
        Json.Obj figures = Json.obj()
                .put("objects", objects)
                .put("pkcs11_tool_ms", HsmBench.millis(tool))
                .put("pkcs11_tool_without_list_ms", HsmBench.millis(toolStart))
                .put("p11tool_ms", HsmBench.millis(p11tool))
                .put("console_from_start_ms", HsmBench.millis(cold))
                .put("console_without_list_ms", HsmBench.millis(coldStart))
                .put("console_list_ms", HsmBench.millis(warm))
                .put("ratio_hundredths", ratio)
                .put("ratio_without_start_hundredths", withoutStart)
                .put("ratio_with_start_hundredths", withStart)
                .put("limit_hundredths", limit)
                .put("calls_a_second_through_host", SECOND / best(host))
                .put("calls_a_second_in_one_process", SECOND / best(own))
                .put("host_start_ms", HsmBench.millis(hostStart))
                .build();
        List<String> lines = List.of(
                Texts.get("app.bench.hsm.tools", best(tool) / MILLI, best(toolStart) / MILLI, best(p11tool) / MILLI),
                Texts.get("app.bench.hsm.console", best(warm) / MILLI, best(cold) / MILLI, best(coldStart) / MILLI),
                Texts.get(
                        "app.bench.hsm.ratio",
                        objects,
                        times(ratio),
                        times(limit),
                        Texts.get(kept ? "app.bench.kept" : "app.bench.not_kept")),
                Texts.get("app.bench.hsm.other_ratios", times(withoutStart), times(withStart)),
                Texts.get("app.bench.hsm.calls", SECOND / best(host), SECOND / best(own), best(hostStart) / MILLI));
        return new Bench.Result(figures, lines, kept);
    }

    private static String times(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }
}
