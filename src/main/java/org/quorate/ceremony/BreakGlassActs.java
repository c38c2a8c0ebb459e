package org.quorate.ceremony;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.GlassReviews.GlassReview;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.script.Step;

/// What may be done in an emergency by a quorum of its own, and how it is looked at afterwards by others. That a review
/// is due follows from the entry that says that the glass is broken, so nobody can leave it out: the end of the
/// ceremony, closed or aborted, says so once more by itself.
final class BreakGlassActs {
    private static final String DUE = "review_due";

    private BreakGlassActs() {}

    // ---- the glass is broken ----

    static String breakGlass(Step.BreakGlass step, Stage stage) {
        String reason = stage.enter(
                "break_glass_reason",
                Texts.get("ceremony.break_glass.reason"),
                Texts.get("ceremony.break_glass.reason.hint"),
                OpeningActs::notBlank);
        Optional<Entry> stated = stage.statement(GlassReviews.BROKEN);
        Json.Obj act = stated.map(entry -> entry.data().object("act")).orElseGet(() -> act(step, reason, stage));
        String due = act.string(DUE);
        String role = stage.script().cast().role(step.reviewedBy()).title();
        String dueWords = UtcTime.forPeople(UtcTime.parse(due).orElseThrow());
        Approval approval = stage.approve(
                GlassReviews.BROKEN,
                step.quorum(),
                Texts.get("ceremony.statement.break_glass", reason, role, dueWords),
                () -> act);
        stage.observe(Observation.sensed(
                        GlassReviews.BROKEN,
                        Texts.get("ceremony.break_glass.label"),
                        Texts.get("ceremony.break_glass.text", reason, names(approval.people()), role, dueWords))
                .detail(act.with("persons", Json.strings(persons(approval.people())))
                        .with("quorum", Json.integers(approval.cosigns()))));
        return Texts.get("ceremony.break_glass.done", dueWords);
    }

    private static Json.Obj act(Step.BreakGlass step, String reason, Stage stage) {
        return Json.obj()
                .put("op", GlassReviews.BROKEN)
                .put("reason", reason)
                .put(
                        DUE,
                        UtcTime.format(
                                stage.equipment().workstation().now().plus(Duration.ofDays(step.reviewWithinDays()))))
                .put("review_within_days", step.reviewWithinDays())
                .put("reviewed_by", step.reviewedBy())
                .build();
    }

    private static List<String> persons(List<Participant> people) {
        return people.stream().map(Participant::person).toList();
    }

    private static String names(List<Participant> people) {
        return people.stream().map(Participant::name).collect(Collectors.joining(", "));
    }

    /// Where the glass was broken, the end of the ceremony says that a review is due; once.
    static void sayWhatIsDue(Setting setting, Optional<String> step) {
        Ceremony ceremony = setting.journal().now();
        if (observed(ceremony, DUE).isPresent()) {
            return;
        }
        observed(ceremony, GlassReviews.BROKEN).ifPresent(broken -> {
            Json.Obj detail = broken.data().object("detail");
            String due = UtcTime.forPeople(UtcTime.parse(detail.string(DUE)).orElseThrow());
            String role =
                    setting.script().cast().role(detail.string("reviewed_by")).title();
            setting.journal()
                    .append(
                            EntryType.OBSERVATION,
                            step.or(broken::step).orElseThrow(),
                            Observation.sensed(
                                            DUE,
                                            Texts.get("ceremony.review_due.label"),
                                            Texts.get("ceremony.review_due.text", role, due))
                                    .detail(Json.obj()
                                            .put("glass", broken.seq())
                                            .put("due", detail.string(DUE))
                                            .put("reviewed_by", detail.string("reviewed_by"))
                                            .build())
                                    .toJson());
        });
    }

    private static Optional<Entry> observed(Ceremony ceremony, String name) {
        return ceremony.of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().string("name").equals(name))
                .findFirst();
    }

    // ---- others look at it ----

    static String review(Step.ReviewBreakGlass step, Stage stage) {
        GlassReview review = reviewed(stage);
        Quorum quorum = stage.script().cast().quorum(step.quorum());
        refuseOthers(review, quorum, stage);
        String findings = stage.enter(
                "review_findings",
                Texts.get("ceremony.review.findings"),
                Texts.get("ceremony.review.findings.hint"),
                OpeningActs::notBlank);
        Json.Obj act = Json.obj()
                .put("op", GlassReviews.REVIEWED)
                .put("ceremony", review.ceremony().toString())
                .put("glass", review.glass())
                .put("leaf", review.leaf().hex())
                .put("findings", findings)
                .build();
        Approval approval = stage.gathering()
                .without(new LinkedHashSet<>(review.brokenBy()))
                .approve(
                        GlassReviews.REVIEWED,
                        quorum,
                        Texts.get(
                                "ceremony.statement.review",
                                review.title(),
                                review.glass(),
                                review.reason(),
                                names(review.brokenBy(), stage),
                                findings),
                        () -> act);
        boolean late = review.overdue(stage.equipment().workstation().now());
        stage.observe(Observation.sensed(
                        GlassReviews.REVIEWED,
                        Texts.get("ceremony.review.label"),
                        Texts.get("ceremony.review.text", review.title(), names(approval.people()), findings))
                .expected(Texts.get("ceremony.review.in_time", UtcTime.forPeople(review.due())), !late)
                .detail(act.with("persons", Json.strings(persons(approval.people())))
                        .with("quorum", Json.integers(approval.cosigns()))));
        return Texts.get("ceremony.review.done", review.title());
    }

    private static GlassReview reviewed(Stage stage) {
        List<GlassReview> all = GlassReviews.of(stage.equipment().ledger());
        Entry chosen = stage.run().observation("review_of").orElseGet(() -> {
            List<GlassReview> open = all.stream().filter(GlassReview::open).toList();
            if (open.isEmpty()) {
                throw StepFailed.hard(Problem.of("ceremony.nothing_to_review"));
            }
            String glass = stage.ask(new Question.Choose(
                    "review-of",
                    Texts.get("ceremony.review.which"),
                    Texts.get("ceremony.review.which.explained"),
                    open.stream()
                            .map(one -> new Question.Option(
                                    Long.toString(one.glass()),
                                    one.title(),
                                    Texts.get(
                                            "ceremony.review.option",
                                            one.glass(),
                                            UtcTime.forPeople(one.due()),
                                            one.reason())))
                            .toList()));
            GlassReview one = find(open, Long.parseLong(glass));
            return stage.observe(Observation.stated(
                            "review_of",
                            Texts.get("ceremony.review.of"),
                            Texts.get("ceremony.review.of.text", one.title(), one.glass(), one.reason()),
                            stage.performers())
                    .detail(Json.obj()
                            .put("ceremony", one.ceremony().toString())
                            .put("glass", one.glass())
                            .build()));
        });
        return find(all, chosen.data().object("detail").integer("glass"));
    }

    private static GlassReview find(List<GlassReview> among, long glass) {
        return among.stream().filter(one -> one.glass() == glass).findFirst().orElseThrow();
    }

    /// Others than those who broke the glass, of the role that its script named.
    private static void refuseOthers(GlassReview review, Quorum quorum, Stage stage) {
        if (!quorum.roles().contains(review.reviewedBy())) {
            throw StepFailed.hard(Problem.of("ceremony.review_wrong_role", review.reviewedBy()));
        }
        Set<String> broken = Set.copyOf(review.brokenBy());
        long others = stage.setting().roster().people().stream()
                .filter(quorum::admits)
                .filter(person -> !broken.contains(person.person()))
                .count();
        if (others < quorum.m()) {
            throw StepFailed.hard(Problem.of("ceremony.review_too_few", others, quorum.m()));
        }
    }

    private static String names(List<String> persons, Stage stage) {
        return persons.stream()
                .map(id -> stage.setting()
                        .roster()
                        .byPerson(id)
                        .map(Participant::name)
                        .orElse(id))
                .collect(Collectors.joining(", "));
    }
}
