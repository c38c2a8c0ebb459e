package org.quorate.ui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.StepRun;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.record.StepActs;
import org.quorate.script.Act;
import org.quorate.script.Courses;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.ui.text.Times;

/// What a script and the entries so far look like: a function of both and of nothing else, so a window that was opened
/// in the middle shows what a window shows that was there from the start.
final class Picture {
    private final Script script;
    private final Courses courses;
    private final Optional<Ceremony> ceremony;
    private final People people;

    Picture(Script script, Optional<Ceremony> ceremony, People people) {
        this.script = script;
        this.courses = Courses.of(script);
        this.ceremony = ceremony;
        this.people = people;
    }

    List<RailAct> rail() {
        var acts = new ArrayList<RailAct>();
        for (Act act : script.acts()) {
            List<RailAct.RailStep> steps =
                    act.steps().stream().map(this::railStep).toList();
            acts.add(new RailAct(acts.size() + 1, act.title(), steps));
        }
        return List.copyOf(acts);
    }

    private RailAct.RailStep railStep(Step step) {
        Optional<StepRun> run = latest(step.id());
        StepStatus status = status(step, run);
        return new RailAct.RailStep(
                step.id(), script.number(step), step.title(), status, note(step, status, run), run.isPresent());
    }

    private StepStatus status(Step step, Optional<StepRun> run) {
        boolean taken = ceremony.map(c -> courses.taken(step, c::chosen)).orElse(true);
        return run.map(StepStatus::of).orElse(taken ? StepStatus.WAITING : StepStatus.NOT_TAKEN);
    }

    private String note(Step step, StepStatus status, Optional<StepRun> run) {
        if (status == StepStatus.NOT_TAKEN) {
            return status.word();
        }
        Optional<Entry> end = run.flatMap(StepRun::end);
        if (end.isPresent()) {
            return Texts.get(
                    "ui.rail.ended", status.word(), Times.clock(end.get().time()));
        }
        int attempt = run.map(StepRun::attempt).orElse(1);
        if (attempt > 1) {
            return Texts.get("ui.rail.attempt", status.word(), attempt);
        }
        String key = undecided(step) ? "ui.rail.perhaps" : "ui.rail.planned";
        return Texts.get(key, status.word(), step.head().minutes());
    }

    private boolean undecided(Step step) {
        return courses.branch(step)
                .filter(branch ->
                        ceremony.flatMap(c -> c.chosen(branch.decision())).isEmpty())
                .isPresent();
    }

    /// The newest attempt that has not ended.
    Optional<StepRun> open() {
        return ceremony.flatMap(c -> c.runs().reversed().stream()
                .filter(run -> run.status() == StepRun.Status.OPEN)
                .findFirst());
    }

    Optional<StepPage> page(String stepId) {
        return script.step(stepId).map(step -> page(step, latest(stepId)));
    }

    private StepPage page(Step step, Optional<StepRun> run) {
        Act act = script.actOf(step);
        String last = script.number(act.steps().getLast());
        String eyebrow = Texts.get(
                "ui.step.eyebrow",
                script.number(step),
                last,
                role(step.head().by()),
                role(step.head().witnessedBy()));
        StepStatus status = status(step, run);
        List<Fact> facts = run.stream()
                .flatMap(r -> r.of(EntryType.OBSERVATION))
                .map(entry -> Fact.of(entry, people))
                .toList();
        List<LedgerLine> lines = run.stream()
                .flatMap(r -> r.entries().stream())
                .map(entry -> LedgerLine.of(entry, people))
                .toList();
        String say = StepActs.only(step, script)
                .map(only -> only + "\n" + step.head().say())
                .orElse(step.head().say());
        return new StepPage(
                step.id(),
                eyebrow,
                step.title(),
                say,
                StepActs.does(step, script.cast()),
                Foreseen.of(step),
                note(step, status, run),
                facts,
                lines);
    }

    private String role(String name) {
        return Optional.ofNullable(script.cast().roles().get(name))
                .map(Script.RoleSpec::title)
                .orElse(name);
    }

    /// The role of the token that the open step, or before it the last one, is about.
    Optional<String> tokenRole() {
        Stream<Entry> now = open().stream().flatMap(run -> run.entries().reversed().stream());
        Stream<Entry> before = ceremony.stream().flatMap(c -> c.entries().reversed().stream());
        return Stream.concat(now, before)
                .flatMap(entry -> tokenRole(entry).stream())
                .findFirst();
    }

    private static Optional<String> tokenRole(Entry entry) {
        return switch (entry.type()) {
            case OBSERVATION -> entry.data().optionalObject("detail").flatMap(detail -> text(detail, "role"));
            case STATEMENT -> text(entry.data().object("act"), "token_role");
            case INTENT -> text(entry.data(), "token_role");
            default -> Optional.empty();
        };
    }

    private static Optional<String> text(Json.Obj data, String key) {
        return data.get(key).filter(Json.Str.class::isInstance).map(value -> ((Json.Str) value).value());
    }

    /// The serial that the newest look at the token in this role found.
    Optional<String> serial(String role) {
        return ceremony.stream()
                .flatMap(c -> c.of(EntryType.OBSERVATION))
                .filter(entry -> entry.data().string("name").equals("token"))
                .map(entry -> entry.data().optionalObject("detail"))
                .flatMap(Optional::stream)
                .filter(detail -> text(detail, "role").equals(Optional.of(role)))
                .flatMap(detail -> text(detail, "serial").stream())
                .reduce((first, second) -> second);
    }

    int exceptions() {
        return Math.toIntExact(
                ceremony.stream().flatMap(c -> c.of(EntryType.EXCEPTION)).count());
    }

    private Optional<StepRun> latest(String step) {
        return ceremony.flatMap(c -> c.latest(step));
    }
}
