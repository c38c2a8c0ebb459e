package org.quorate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.script.ComposedScript.act;
import static org.quorate.script.ComposedScript.closing;
import static org.quorate.script.ComposedScript.confirm;
import static org.quorate.script.ComposedScript.lint;
import static org.quorate.script.ComposedScript.opening;
import static org.quorate.script.ComposedScript.step;
import static org.quorate.script.ComposedScript.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `for_each`: an act or a step once for each item of a list.
class LoopTest {
    private static final String FIVE =
            "parameters:\n  people: {type: list of string, value: [Ann, Bob, Cem, Dora, Eve]}\n";

    private static List<String> ids(Script script) {
        return script.steps().map(Step::id).toList();
    }

    @Test
    void step_isThereOnceForEachItem_underItsNumber() {
        String acts = opening()
                + act(
                        "ask",
                        confirm("ask")
                                .replace(
                                        "title: Do it",
                                        "for_each: {of: people, as: person}\n        title: Ask ${person}"))
                + closing();

        Script script = lint(text(FIVE, acts)).script().orElseThrow();

        assertThat(ids(script))
                .containsSubsequence("workstation", "ask-1", "ask-2", "ask-3", "ask-4", "ask-5", "exceptions");
        assertThat(script.step("ask-4").orElseThrow().title()).isEqualTo("Ask Dora");
        assertThat(script.acts()).hasSize(3);
    }

    @Test
    void act_isThereOnceForEachItem_andItsStepsNameTheirSiblings() {
        String decision = step(
                "decide",
                "choose",
                "question: Is ${person} well?",
                "paths: [{name: well, label: Yes}, {name: ill, label: No, steps: [help]}]");
        String acts = opening()
                + act("care", decision + confirm("help"))
                        .replace("  - id: care", "  - for_each: {of: people, as: person}\n    id: care")
                        .replace("title: An act", "title: About ${person}")
                + closing();

        Script script =
                lint(text(FIVE.replace(", Dora, Eve", ""), acts)).script().orElseThrow();

        assertThat(script.acts()).extracting(Act::title).contains("About Ann", "About Bob", "About Cem");
        assertThat(((Step.Decide) script.step("choose-2").orElseThrow())
                        .path("ill")
                        .orElseThrow()
                        .steps())
                .containsExactly("help-2");
    }

    @Test
    void path_namesAllCopies_byTheIdInTheFile() {
        String acts = opening()
                + act(
                        "choose",
                        step(
                                        "decide",
                                        "choose",
                                        "question: Is it so?",
                                        "paths: [{name: yes, label: It is, acts: [each]}, {name: no, label: It is not}]")
                                .replace("yes", "really"))
                + act("each", confirm("ask").replace("It is so.", "It is so, ${person}."))
                        .replace("  - id: each", "  - for_each: {of: people, as: person}\n    id: each")
                + closing();

        Script script = lint(text(FIVE, acts)).script().orElseThrow();

        assertThat(Courses.of(script).branch(script.step("ask-5").orElseThrow()))
                .hasValueSatisfying(branch -> assertThat(branch.path().name()).isEqualTo("really"));
    }

    @Test
    @Timeout(60)
    void fortyThousandSteps_areRefused_whereTheyPassTheLimit() {
        String items = IntStream.range(0, 100).mapToObj(i -> "a" + i).collect(Collectors.joining(", "));
        String steps = IntStream.range(0, 400)
                .mapToObj(i -> confirm("step" + i).replace("It is so.", "It is so, ${x}."))
                .collect(Collectors.joining());
        String more = "parameters:\n  list: {type: list of string, value: [" + items + "]}\n";
        String text = text(
                more,
                opening()
                        + act("each", steps).replace("  - id: each", "  - for_each: {of: list, as: x}\n    id: each"));
        String long100 = text.replace("It is so, ${x}.", "${x}".repeat(90)).replace("a99]", "b".repeat(400) + "]");

        for (String one : List.of(text, long100)) {
            LintReport report = lint(one);

            assertThat(report.findings()).extracting(Finding::rule).containsExactly("too-many-steps");
            assertThat(report.findings().getFirst().line()).isGreaterThan(10);
        }
    }
}
