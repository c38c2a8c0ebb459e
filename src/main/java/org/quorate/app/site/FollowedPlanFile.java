package org.quorate.app.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.FollowedPlan;
import org.quorate.script.yaml.PlanReader;

/// Which plan a site follows, in a file of the site: the text of the plan as it was when people chose it, and
/// the day on which it began. It is no evidence, so it stands beside the ledger and not in it; what came of the
/// plan, the ledger says.
public final class FollowedPlanFile {
    private static final String FORMAT = "quorate-followed-plan/1";

    private FollowedPlanFile() {}

    /// @throws org.quorate.base.ProblemException where there is one that cannot be read
    public static Optional<FollowedPlan> read(SiteFolder folder) {
        Path file = folder.followedPlan();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Json.Obj json = Json.parseObject(Files.readAllBytes(file));
            if (!json.string("format").equals(FORMAT)) {
                throw new JsonException("the format is not " + FORMAT);
            }
            byte[] text = json.string("plan").getBytes(StandardCharsets.UTF_8);
            Optional<Instant> started = json.optionalString("started")
                    .map(day -> UtcTime.parse(day).orElseThrow(() -> new JsonException("not a time: " + day)));
            PlanReader.Read read = PlanReader.read(file.toString(), text);
            return Optional.of(new FollowedPlan(
                    read.plan()
                            .orElseThrow(() ->
                                    new JsonException(read.findings().getFirst().text())),
                    started));
        } catch (IOException | JsonException e) {
            throw Problem.of("app.plan_unreadable", file, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    /// The site follows this plan from now on, in the place of any other.
    ///
    /// @param plan the text of a plan that was read without findings
    public static void write(SiteFolder folder, byte[] plan, Optional<Instant> started) {
        Json.Obj json = Json.obj()
                .put("format", FORMAT)
                .put("started", started.map(UtcTime::format))
                .put("plan", new String(plan, StandardCharsets.UTF_8))
                .build();
        Path file = folder.followedPlan();
        try {
            EvidenceFolder.write(file, json.pretty());
        } catch (IOException e) {
            throw Problem.of("app.plan_not_kept", file).causedBy(e);
        }
    }
}
