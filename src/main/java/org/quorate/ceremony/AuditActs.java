package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.AuditLog;
import org.quorate.script.Step;

/// The log that an HSM keeps of itself is brought and matched with the ledger.
final class AuditActs {
    private static final int MAX_BYTES = 16 << 20;
    private static final int SHOWN = 5;

    private AuditActs() {}

    static String match(Step.MatchAuditLog step, Stage stage) {
        String title = stage.script().cast().token(step.token()).title();
        AuditLog log = stage.setting()
                .profile(step.token())
                .flatMap(profile -> profile.module().auditLog())
                .orElseThrow(() -> StepFailed.overridable(Problem.of("ceremony.audit_log_unknown", title)));
        byte[] content = CeremonyFiles.content(
                stage,
                CeremonyFiles.fresh(
                        stage,
                        step.file(),
                        Texts.get("ceremony.audit.bring", title, log.how()),
                        MAX_BYTES,
                        bytes -> Optional.empty()));
        if (stage.run().observation("audit_log_match").isEmpty()) {
            stage.working("ceremony.working.audit", title);
            match(step, stage, log, new String(content, StandardCharsets.UTF_8));
        }
        Json.Obj seen = stage.run().observation("audit_log_match").orElseThrow().data();
        if (!seen.string("verdict").equals("matches")) {
            throw StepFailed.overridable(Problem.of("ceremony.audit_log_differs", title, seen.string("because")));
        }
        return Texts.get("ceremony.audit.done", title);
    }

    private static void match(Step.MatchAuditLog step, Stage stage, AuditLog log, String text) {
        String title = stage.script().cast().token(step.token()).title();
        // By the site profile, since the HSM itself may be away.
        String serial = stage.equipment().site().token(step.token()).serial();
        TokenHistory history = TokenHistory.of(stage.equipment().ledger(), serial);
        AuditMatch.Result result =
                AuditMatch.of(log, log.read(text), history, Duration.ofSeconds(step.toleranceSeconds()));
        if (!result.findings().isEmpty()) {
            CeremonyFiles.made(
                    stage,
                    step.file() + ".findings.txt",
                    String.join("\n", result.findings()).concat("\n").getBytes(StandardCharsets.UTF_8));
        }
        Json.Builder detail = Json.obj()
                .put("role", step.token())
                .put("serial", serial)
                .put("entries", result.entries())
                .put("earlier", result.earlier())
                .put("acts", result.acts())
                .put("silent", result.silent())
                .put("findings", result.findings().size());
        result.lastNumber().ifPresent(number -> detail.put("last_number", number));
        Observation observation = Observation.sensed(
                        "audit_log_match",
                        Texts.get("ceremony.audit.label", title),
                        Texts.get(
                                "ceremony.audit.text",
                                result.entries(),
                                result.acts(),
                                result.findings().size(),
                                result.earlier(),
                                result.silent()))
                .verdict(result.findings().isEmpty())
                .detail(detail.build());
        stage.observe(result.findings().isEmpty() ? observation : observation.because(first(result)));
    }

    /// The rest stands in the file with all of them.
    private static String first(AuditMatch.Result result) {
        int rest = result.findings().size() - SHOWN;
        return result.findings().stream().limit(SHOWN).collect(Collectors.joining("; "))
                + (rest > 0 ? Texts.get("ceremony.audit.more", rest) : "");
    }
}
