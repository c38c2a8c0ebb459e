package org.quorate.script;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/// Rules about decisions: that each decides something, and that its paths lie before people and apart from each other.
final class PathRules {
    private static final List<String> RESULTS = List.of("done", "overridden");

    private PathRules() {}

    static Stream<Finding> decisionWithoutSource(Script script, Places places) {
        return Rules.steps(script, Step.Decide.class)
                .filter(step -> step.question().isPresent() == step.resultOf().isPresent()
                        || (step.resultOf().isPresent()
                                && !step.paths().stream()
                                        .map(Step.Decide.Path::name)
                                        .sorted()
                                        .toList()
                                        .equals(RESULTS)))
                .map(step -> Rule.DECISION_WITHOUT_SOURCE.at(places.file(), places.step(step.id()), step.id()));
    }

    static Stream<Finding> decisionOfNothing(Script script, Places places) {
        return Rules.steps(script, Step.Decide.class)
                .filter(step -> step.paths().stream()
                        .allMatch(path -> Courses.stepsOn(script, path).isEmpty()))
                .map(step -> Rule.DECISION_OF_NOTHING.at(places.file(), places.step(step.id()), step.id()));
    }

    static Stream<Finding> pathNotLater(Script script, Places places) {
        List<String> order = script.steps().map(Step::id).toList();
        return Rules.steps(script, Step.Decide.class)
                .flatMap(decision -> decision.paths().stream()
                        .flatMap(path -> Courses.stepsOn(script, path).stream())
                        .filter(step -> order.indexOf(step) <= order.indexOf(decision.id()))
                        .map(step -> Rule.PATH_NOT_LATER.at(
                                places.file(), places.step(decision.id()), decision.id(), step)));
    }

    static Stream<Finding> stepOnTwoPaths(Script script, Places places) {
        var seen = new HashSet<String>();
        return Rules.steps(script, Step.Decide.class)
                .flatMap(decision -> decision.paths().stream()
                        .flatMap(path -> Courses.stepsOn(script, path).stream())
                        .filter(step -> !seen.add(step))
                        .map(step -> Rule.STEP_ON_TWO_PATHS.at(
                                places.file(), places.step(decision.id()), decision.id(), step)));
    }

    static Stream<Finding> tooManyCourses(Script script, Places places) {
        if (Courses.of(script).all().size() <= Courses.MAX) {
            return Stream.empty();
        }
        return Rules.steps(script, Step.Decide.class)
                .limit(1)
                .map(step -> Rule.TOO_MANY_COURSES.at(places.file(), places.step(step.id()), Courses.MAX));
    }
}
