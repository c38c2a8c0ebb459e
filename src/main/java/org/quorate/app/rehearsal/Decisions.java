package org.quorate.app.rehearsal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question;
import org.quorate.script.Script;
import org.quorate.script.Step;

/// Which path a rehearsal takes at a decision, where nobody is there to choose; the last one where nothing is said.
///
/// @param paths names of paths by the ids of steps
public record Decisions(Map<String, String> paths) {
    public static final Decisions NONE = new Decisions(Map.of());

    public Decisions {
        paths = Map.copyOf(paths);
    }

    /// From words such as `all-good=repair`; empty where one has another form or a step comes twice.
    public static Optional<Decisions> parse(List<String> words) {
        var paths = new LinkedHashMap<String, String>();
        for (String word : words) {
            String[] halves = word.split("=", -1);
            if (halves.length != 2 || halves[0].isEmpty() || halves[1].isEmpty()) {
                return Optional.empty();
            }
            if (paths.putIfAbsent(halves[0], halves[1]) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Decisions(paths));
    }

    /// Why one of them cannot be meant for this script.
    Optional<String> objection(Script script) {
        return paths.keySet().stream()
                .sorted()
                .flatMap(step -> objection(script, step).stream())
                .findFirst();
    }

    private Optional<String> objection(Script script, String id) {
        Optional<Step.Decide> decision = script.step(id)
                .filter(Step.Decide.class::isInstance)
                .map(Step.Decide.class::cast)
                .filter(step -> step.resultOf().isEmpty());
        if (decision.isEmpty()) {
            String known = script.steps()
                    .filter(step -> step instanceof Step.Decide decide
                            && decide.resultOf().isEmpty())
                    .map(Step::id)
                    .collect(Collectors.joining(", "));
            return Optional.of(
                    known.isEmpty()
                            ? Texts.get("app.rehearsal.decide_none", script.id())
                            : Texts.get("app.rehearsal.decide_step", id, script.id(), known));
        }
        String path = paths.getOrDefault(id, "");
        return decision.get().path(path).isPresent()
                ? Optional.empty()
                : Optional.of(Texts.get(
                        "app.rehearsal.decide_path",
                        path,
                        id,
                        decision.get().paths().stream()
                                .map(Step.Decide.Path::name)
                                .collect(Collectors.joining(", "))));
    }

    /// The answer to this question, where it is a decision that was named.
    Optional<String> answer(Question.Choose question) {
        return paths.entrySet().stream()
                .filter(one -> question.name().equals(Question.Choose.decisionOf(one.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
