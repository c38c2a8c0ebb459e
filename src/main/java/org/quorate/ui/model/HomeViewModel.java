package org.quorate.ui.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.FollowedPlan;
import org.quorate.ceremony.PlanProgress;
import org.quorate.ceremony.PlanState;
import org.quorate.ceremony.Schedule;
import org.quorate.ceremony.Site;
import org.quorate.script.Courses;
import org.quorate.script.Plan;
import org.quorate.script.Script;
import org.quorate.script.approval.Approvals;
import org.quorate.script.approval.Standing;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.text.Times;

/// What can be done at this site: go on with a ceremony, start one, look at a record.
public final class HomeViewModel {

    /// A ceremony of the ledger.
    ///
    /// @param open whether it can be gone on with
    public record Row(UUID id, String title, String detail, String status, boolean open, Script script) {}

    /// A script that can be started, or approved first.
    ///
    /// @param standing what the ledger says of it, in words
    /// @param approved whether that is an approval that holds
    /// @param objection why no ceremony begins by it here
    public record Offer(
            String title,
            String detail,
            Script script,
            String standing,
            boolean approved,
            Optional<Problem> objection) {}

    /// What is due soon, or late: a ceremony, a key, a list, a review, or the plan that the site follows.
    ///
    /// @param overdue whether it is late
    public record Due(String title, String detail, String status, boolean overdue) {}

    /// Everything the page lists.
    public record Lists(List<Row> ceremonies, List<Offer> scripts, List<OpenSite.RecordFile> records, List<Due> due) {
        static final Lists NONE = new Lists(List.of(), List.of(), List.of(), List.of());

        /// The ceremony that must be ended before another one starts.
        public Optional<Row> unfinished() {
            return ceremonies.stream().filter(Row::open).findFirst();
        }
    }

    private static final Duration SOON = Duration.ofDays(31);

    private final OpenSite site;
    private final Hands hands;
    private final Errands errands;
    private final ReadOnlyObjectWrapper<Lists> lists = new ReadOnlyObjectWrapper<>(Lists.NONE);

    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());

    public HomeViewModel(OpenSite site, Hands hands) {
        this.site = site;
        this.hands = hands;
        this.errands = new Errands(hands, wrong -> problem.set(Optional.of(wrong)));
    }

    /// Reads the ledger anew.
    public void refresh() {
        errands.run(this::read, lists::set);
    }

    private Lists read() {
        List<OpenSite.Held> held = site.ceremonies();
        Approvals approvals = site.approvals();
        return new Lists(
                held.stream().map(HomeViewModel::row).toList(),
                site.scripts().stream()
                        .map(script -> offer(
                                script, approvals.standing(script, hands.clock().instant())))
                        .toList(),
                site.records(),
                Stream.concat(plan(held).stream(), due(held)).toList());
    }

    /// Only what comes soon: what is due in years is for the command that lists everything.
    private Stream<Due> due(List<OpenSite.Held> held) {
        Instant now = hands.clock().instant();
        var schedule = new Schedule(site.ledger().keys());
        held.reversed().forEach(one -> schedule.add(one.ceremony(), Optional.of(one.script())));
        return schedule.due().stream()
                .filter(due -> due.kind() == Schedule.Kind.REVIEW || due.overdue(now.plus(SOON)))
                .map(due -> new Due(
                        due.title(),
                        Texts.get("ui.home.due.by", due.detail(), UtcTime.forPeople(due.by())),
                        Texts.get(due.overdue(now) ? "ui.home.due.overdue" : "ui.home.due.due"),
                        due.overdue(now)));
    }

    /// How far the site has come with its plan. One that cannot be read is said, and hides nothing else.
    private Optional<Due> plan(List<OpenSite.Held> held) {
        try {
            return site.plan().map(followed -> plan(followed, held));
        } catch (ProblemException e) {
            hands.window().execute(() -> problem.set(Optional.of(e.problem())));
            return Optional.empty();
        }
    }

    private Due plan(FollowedPlan followed, List<OpenSite.Held> held) {
        var progress = new PlanProgress(followed.started());
        held.reversed().forEach(one -> one.ceremony().entries().forEach(progress::add));
        var state = new PlanState(
                followed.plan(), progress, followed.started(), hands.clock().instant());
        List<String> late = state.late().stream().map(Plan.Target::title).toList();
        String next = state.next()
                .map(target -> Texts.get("ui.home.plan.next", target.title(), state.missing(target)))
                .orElseGet(() -> Texts.get("ui.home.plan.complete"));
        String detail = Texts.get("ui.home.plan", state.done(), state.needed(), next)
                + (late.isEmpty() ? "" : "\n" + Texts.get("ui.home.plan.late", String.join("; ", late)));
        return new Due(
                followed.plan().title(),
                detail,
                Texts.get(late.isEmpty() ? "ui.home.plan.on_time" : "ui.home.due.overdue"),
                !late.isEmpty());
    }

    /// Why the lists cannot be read.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public Site site() {
        return site.site();
    }

    public boolean rehearsal() {
        return site().mode() == Site.Mode.REHEARSAL;
    }

    public Occasion occasion(Script script, Optional<UUID> ceremony) {
        return new Occasion(script, site(), site.roster(), ceremony);
    }

    public ReadOnlyObjectProperty<Lists> listsProperty() {
        return lists.getReadOnlyProperty();
    }

    private static Row row(OpenSite.Held held) {
        Ceremony ceremony = held.ceremony();
        Script script = held.script();
        Courses courses = Courses.of(script);
        long finished =
                script.steps().filter(step -> ceremony.finished(step.id())).count();
        String detail = Texts.get(
                "ui.home.row",
                script.version(),
                Times.day(ceremony.entries().getFirst().time()),
                finished,
                script.steps()
                        .filter(step -> courses.taken(step, ceremony::chosen))
                        .count());
        String status = Texts.get("ui.home." + ceremony.status().name().toLowerCase(Locale.ROOT));
        return new Row(ceremony.id(), script.title(), detail, status, !held.finished(), script);
    }

    /// Begins, or says what is missing.
    public void begin(Offer offer, Consumer<Occasion> start) {
        problem.set(offer.objection());
        if (offer.objection().isEmpty()) {
            start.accept(occasion(offer.script(), Optional.empty()));
        }
    }

    private Offer offer(Script script, Standing standing) {
        int minutes = script.plannedMinutes();
        String detail =
                Texts.get("ui.home.offer", script.version(), script.steps().count(), minutes);
        boolean approved = standing.approval().isPresent();
        String words =
                approved || !rehearsal() ? standing.words() : Texts.get("approval.rehearsal_only", standing.words());
        return new Offer(script.title(), detail, script, words, approved, site.objection(script));
    }
}
