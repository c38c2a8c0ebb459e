package org.quorate.ceremony;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.script.Courses;
import org.quorate.script.Step;

/// Decides how a ceremony goes on. What falls away is put on record, step by step, with who decided; from then on the
/// ledger says on which path the ceremony is.
final class DecisionActs {
    static final String DECISION = "decision";

    private DecisionActs() {}

    static String decide(Step.Decide step, Stage stage) {
        Entry decided = stage.run().observation(DECISION).orElseGet(() -> decideNow(step, stage));
        String name = decided.data().object("detail").string("path");
        return Texts.get("ceremony.decide.done", step.path(name).orElseThrow().label());
    }

    private static Entry decideNow(Step.Decide step, Stage stage) {
        if (step.resultOf().isPresent()) {
            String earlier = step.resultOf().get();
            String result = stage.ceremony()
                    .latest(earlier)
                    .flatMap(StepRun::end)
                    .map(end -> end.data().string("result"))
                    .orElseThrow();
            Step of = stage.script().step(earlier).orElseThrow();
            String label = Texts.get("ceremony.decide.result_of", stage.script().number(of), of.title());
            return observe(
                    step, step.path(result).orElseThrow(), stage, text -> Observation.sensed(DECISION, label, text));
        }
        String question = step.question().orElseThrow();
        String chosen = stage.ask(new Question.Choose(
                Question.Choose.decisionOf(step.id()),
                question,
                Texts.get("ceremony.decide.explained"),
                step.paths().stream()
                        .map(path -> new Question.Option(path.name(), path.label(), consequence(step, path, stage)))
                        .toList()));
        return observe(
                step,
                step.path(chosen).orElseThrow(),
                stage,
                text -> Observation.stated(DECISION, question, text, stage.performers()));
    }

    private static Entry observe(
            Step.Decide step, Step.Decide.Path path, Stage stage, Function<String, Observation> said) {
        List<Step> fallAway = fallAway(step, path, stage);
        return stage.observe(said.apply(path.label() + ". " + consequence(step, path, stage))
                .detail(Json.obj()
                        .put("path", path.name())
                        .put(
                                "not_taken",
                                Json.strings(fallAway.stream().map(Step::id).toList()))
                        .build()));
    }

    /// What is left out by this choice, in the words that people read before they choose and in the record.
    private static String consequence(Step.Decide step, Step.Decide.Path path, Stage stage) {
        List<Step> fallAway = fallAway(step, path, stage);
        return fallAway.isEmpty()
                ? Texts.get("ceremony.decide.nothing_falls_away")
                : Texts.get(
                        "ceremony.decide.falls_away",
                        fallAway.stream()
                                .map(one -> stage.script().number(one) + " " + one.title())
                                .collect(Collectors.joining("; ")));
    }

    private static List<Step> fallAway(Step.Decide step, Step.Decide.Path path, Stage stage) {
        return Courses.of(stage.script()).fallAway(step, path.name(), stage.ceremony()::chosen);
    }
}
