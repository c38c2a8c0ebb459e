package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final Latency HUNDRED = Latency.of(
            "sign", LongStream.rangeClosed(1, 100).map(i -> 101 - i).boxed().toList());

    @Test
    void percentile_isTheNearestRank() {
        assertThat(HUNDRED.percentile(50)).isEqualTo(50);
        assertThat(HUNDRED.percentile(95)).isEqualTo(95);
        assertThat(HUNDRED.percentile(99)).isEqualTo(99);
        assertThat(Latency.of("one", List.of(7L)).percentile(50)).isEqualTo(7);
    }

    @Test
    void histogram_countsEachCallOnce_andHasNoUpperEnd() {
        assertThat(HUNDRED.histogram().subList(0, 4)).containsExactly(10L, 10L, 30L, 50L);
        assertThat(Latency.of("slow", List.of(2_000_000L)).histogram().getLast())
                .isEqualTo(1);
        assertThat(HUNDRED.histogram().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(100);
    }

    @Test
    void perSecond_isByTheTimeThatTheCallsTook() {
        assertThat(Latency.of("even", List.of(500L, 1_500L)).perSecond()).isEqualTo(1_000);
    }

    @Test
    void measured_stopsAtTheFirstCallThatIsNotDone() {
        var clock = new AtomicLong();
        var calls = new AtomicLong();

        Outcome<Latency> good = Latency.measured("sign", 5, () -> clock.addAndGet(1_000_000), () -> {
            calls.incrementAndGet();
            return new Outcome.Done<>("");
        });
        Outcome<Latency> bad = Latency.measured(
                "sign", 5, () -> clock.addAndGet(1), () -> new Outcome.Refused<String>("C_Sign", "CKR_DEVICE_ERROR"));

        assertThat(good.orThrow().percentile(50)).isEqualTo(1_000);
        assertThat(calls).hasValue(5);
        assertThat(bad).isEqualTo(new Outcome.Refused<Latency>("C_Sign", "CKR_DEVICE_ERROR"));
    }

    @Test
    void of_nothing_isRefused() {
        assertThatThrownBy(() -> Latency.of("none", List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
