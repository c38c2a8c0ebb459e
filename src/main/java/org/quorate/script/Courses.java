package org.quorate.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which steps hang on which decision, and all the ways on which people can go through a script.
public final class Courses {
    /// More than that nobody has in mind who approves the script.
    static final int MAX = 64;

    private final Script script;
    private final Map<String, Branch> branches = new HashMap<>();

    private Courses(Script script) {
        this.script = script;
        List<String> order = script.steps().map(Step::id).toList();
        // Lint refuses a path that leads back; here it counts for nothing, so that nothing hangs on itself.
        decisions()
                .forEach(decision -> decision.paths()
                        .forEach(path -> stepsOn(script, path).stream()
                                .filter(step -> order.indexOf(step) > order.indexOf(decision.id()))
                                .forEach(step -> branches.putIfAbsent(step, new Branch(decision, path)))));
    }

    public static Courses of(Script script) {
        return new Courses(script);
    }

    /// The decision and the path of it on which a step is performed.
    public record Branch(Step.Decide decision, Step.Decide.Path path) {}

    /// One way through the script.
    ///
    /// @param choices in the order in which people come to them
    /// @param script with the steps of this way only
    record Course(List<Branch> choices, Script script) {
        String words() {
            return choices.stream()
                    .map(choice -> choice.decision().id() + ": " + choice.path().name())
                    .collect(Collectors.joining(", "));
        }
    }

    /// The ids of the steps that a path names, with those of its acts.
    static List<String> stepsOn(Script script, Step.Decide.Path path) {
        Stream<String> ofActs = script.acts().stream()
                .filter(act -> path.acts().contains(act.id()))
                .flatMap(act -> act.steps().stream().map(Step::id));
        return Stream.concat(ofActs, path.steps().stream()).toList();
    }

    public Optional<Branch> branch(Step step) {
        return Optional.ofNullable(branches.get(step.id()));
    }

    /// Whether a step is performed, as far as was decided: one whose decision is still to come counts as performed.
    ///
    /// @param decided the name of the path that was chosen at a decision, where one was
    public boolean taken(Step step, Function<Step.Decide, Optional<String>> decided) {
        Optional<Branch> branch = branch(step);
        if (branch.isEmpty()) {
            return true;
        }
        Step.Decide decision = branch.get().decision();
        String path = branch.get().path().name();
        return taken(decision, decided)
                && decided.apply(decision).map(path::equals).orElse(true);
    }

    /// The steps, in their order, that fall away by this choice.
    public List<Step> fallAway(Step.Decide decision, String path, Function<Step.Decide, Optional<String>> before) {
        Function<Step.Decide, Optional<String>> after =
                one -> one.id().equals(decision.id()) ? Optional.of(path) : before.apply(one);
        return script.steps()
                .filter(step -> taken(step, before) && !taken(step, after))
                .toList();
    }

    /// Every way through the script; the first [#MAX] where there are more.
    List<Course> all() {
        var ways = new ArrayList<Map<String, Branch>>();
        ways.add(Map.of());
        for (Step.Decide decision : decisions().toList()) {
            var further = new ArrayList<Map<String, Branch>>();
            for (Map<String, Branch> way : ways) {
                if (!taken(decision, chosen(way))) {
                    further.add(way);
                    continue;
                }
                for (Step.Decide.Path path : decision.paths()) {
                    var longer = new HashMap<>(way);
                    longer.put(decision.id(), new Branch(decision, path));
                    further.add(longer);
                }
            }
            ways.clear();
            ways.addAll(further.subList(0, Math.min(further.size(), MAX + 1)));
        }
        return ways.stream().map(this::course).toList();
    }

    private Course course(Map<String, Branch> way) {
        List<Branch> choices = decisions()
                .flatMap(decision -> Optional.ofNullable(way.get(decision.id())).stream())
                .toList();
        return new Course(choices, script.with(step -> taken(step, chosen(way))));
    }

    private static Function<Step.Decide, Optional<String>> chosen(Map<String, Branch> way) {
        return decision -> Optional.ofNullable(way.get(decision.id()))
                .map(branch -> branch.path().name());
    }

    private Stream<Step.Decide> decisions() {
        return Rules.steps(script, Step.Decide.class);
    }
}
