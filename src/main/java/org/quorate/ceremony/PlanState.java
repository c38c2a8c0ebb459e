package org.quorate.ceremony;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.script.Plan;

/// A plan beside what the ledger says of it, at one moment: what is there, what comes next, and what is late.
///
/// @param started when the first week began; without it nothing is late
public record PlanState(Plan plan, PlanProgress progress, Optional<Instant> started, Instant now) {
    private static final long DAYS = 7;

    public boolean complete() {
        return plan.needed().allMatch(progress::done);
    }

    public long needed() {
        return plan.needed().count();
    }

    public long done() {
        return plan.needed().filter(progress::done).count();
    }

    /// What is still missing first.
    public Optional<Plan.Target> next() {
        return plan.needed().filter(target -> !progress.done(target)).findFirst();
    }

    /// When the last week of a stage is over.
    public Optional<Instant> end(Plan.Stage stage) {
        return started.map(start -> start.plus(Duration.ofDays(DAYS * stage.lastWeek())));
    }

    /// When the whole is over.
    public Optional<Instant> end() {
        return plan.stages().stream()
                .filter(stage -> stage.optional().isEmpty())
                .reduce((first, second) -> second)
                .flatMap(this::end);
    }

    public boolean late(Plan.Stage stage, Plan.Target target) {
        return stage.optional().isEmpty() && late(target, end(stage));
    }

    /// Whether a criterion of the whole is late.
    public boolean late(Plan.Target criterion) {
        return late(criterion, end());
    }

    private boolean late(Plan.Target target, Optional<Instant> end) {
        return !progress.done(target) && end.filter(now::isAfter).isPresent();
    }

    /// Deliverables and criteria that are late, in the order of the plan.
    public List<Plan.Target> late() {
        return Stream.concat(
                        plan.stages().stream()
                                .flatMap(stage -> stage.deliverables().stream().filter(one -> late(stage, one))),
                        plan.criteria().stream().filter(this::late))
                .toList();
    }

    /// Scripts and documents by which a target would be there.
    public String missing(Plan.Target target) {
        return Stream.concat(
                        progress.missingCeremonies(target).stream(),
                        progress.missingDocuments(target).stream().map(Plan.Document::title))
                .collect(Collectors.joining(", "));
    }
}
