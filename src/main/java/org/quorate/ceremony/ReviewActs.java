package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Entry;
import org.quorate.script.Step;

/// The evidence of a period is gone through: the console lists and verifies, people say what becomes of each finding.
/// What is listed is on record before anybody answers, so that a review that is resumed is about the same list.
final class ReviewActs {
    private static final String LISTED = "evidence_listed";
    private static final String REVIEWED = "evidence_reviewed";
    /// How many ceremonies are read aloud at a time.
    private static final int AT_ONCE = 10;

    private ReviewActs() {}

    static String review(Step.ReviewEvidence step, Stage stage) {
        Json.Obj listed = listed(step, stage);
        List<Json.Obj> ceremonies = listed.objects("ceremonies");
        for (int from = 0; from < ceremonies.size(); from += AT_ONCE) {
            List<String> lines = ceremonies.subList(from, Math.min(from + AT_ONCE, ceremonies.size())).stream()
                    .map(ReviewActs::line)
                    .toList();
            stage.confirm(
                    "ceremonies_" + (from / AT_ONCE + 1),
                    Texts.get("ceremony.evidence.read_aloud", String.join("\n", lines)),
                    Texts.get("ceremony.button.confirm"));
        }
        var answered = new ArrayList<Json>();
        for (Json.Obj finding : listed.objects("findings")) {
            String becomes = stage.enter(
                    "finding_" + finding.integer("number"),
                    finding.string("text"),
                    Texts.get("ceremony.evidence.becomes.hint"),
                    text -> text.isBlank()
                            ? Optional.of(Texts.get("ceremony.evidence.becomes.missing"))
                            : Optional.empty());
            answered.add(finding.with("becomes", Json.of(becomes)));
        }
        String text = Texts.get("ceremony.evidence.text", ceremonies.size(), answered.size());
        stage.observe(Observation.sensed(REVIEWED, Texts.get("ceremony.evidence.label"), text)
                .detail(detail(step, listed))
                .with(bytes(listed.with("findings", Json.array(answered)))));
        return text;
    }

    private static String line(Json.Obj ceremony) {
        return Texts.get(
                "ceremony.evidence.line",
                ceremony.string("title"),
                UtcTime.parse(ceremony.string("opened")).map(UtcTime::forPeople).orElseThrow(),
                Texts.get("ceremony.evidence.state." + ceremony.string("state")),
                Texts.get("ceremony.evidence.record." + ceremony.string("record")),
                ceremony.integer("findings"));
    }

    private static Json.Obj listed(Step.ReviewEvidence step, Stage stage) {
        Entry entry = stage.run().observation(LISTED).orElseGet(() -> list(step, stage));
        Digest artefact = Digest.fromArtefactName(entry.data().string("artefact"));
        return Json.parseObject(stage.equipment().ledger().artefact(artefact).orElseThrow());
    }

    private static Entry list(Step.ReviewEvidence step, Stage stage) {
        stage.working("ceremony.working.evidence");
        Instant now = stage.equipment().workstation().now();
        Json.Obj found = EvidenceReview.of(
                stage.equipment().ledger(),
                stage.setting().console(),
                stage.ceremony().id(),
                now.minus(Duration.ofDays(step.days())),
                now);
        int findings = found.array("findings").size();
        return stage.observe(Observation.sensed(
                        LISTED,
                        Texts.get("ceremony.evidence.listed.label", step.days()),
                        Texts.get(
                                "ceremony.evidence.listed",
                                found.array("ceremonies").size(),
                                findings))
                .verdict(findings == 0)
                .detail(detail(step, found))
                .with(bytes(found)));
    }

    private static Json.Obj detail(Step.ReviewEvidence step, Json.Obj review) {
        return Json.obj()
                .put("days", step.days())
                .put("from", review.string("from"))
                .put("to", review.string("to"))
                .put("ceremonies", review.array("ceremonies").size())
                .put("findings", review.array("findings").size())
                .build();
    }

    private static byte[] bytes(Json.Obj review) {
        return review.text().getBytes(StandardCharsets.UTF_8);
    }
}
