package org.quorate.ceremony;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;

/// How long it took until a key worked again, against how long it may take (RTO).
///
/// @param since the step with whose first attempt the time begins
record RecoveryTime(String key, String token, String since, Optional<Integer> withinMinutes) {
    private static final int FOUR_HOURS = 240;

    void measure(Stage stage, Instant until) {
        Instant from = stage.ceremony().attempts(since).getFirst().start().time();
        Duration took = Duration.between(from, until);
        Duration within = Duration.ofMinutes(withinMinutes.orElse(FOUR_HOURS));
        boolean inTime = took.compareTo(within) <= 0;
        stage.observe(Observation.sensed(
                        "recovery_time",
                        Texts.get("ceremony.recovery_time.label"),
                        Texts.get("ceremony.recovery_time.text", Math.max(1, took.toSeconds())))
                .expected(Texts.get("ceremony.recovery_time.within", within.toMinutes()), inTime)
                .detail(Json.obj()
                        .put("key", key)
                        .put("role", token)
                        .put("since", since)
                        .put("ms", took.toMillis())
                        .put("within_ms", within.toMillis())
                        .build()));
        if (!inTime) {
            throw StepFailed.overridable(Problem.of("ceremony.recovery_late", took.toMinutes(), within.toMinutes()));
        }
    }
}
