package org.quorate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.script.ComposedScript.act;
import static org.quorate.script.ComposedScript.closing;
import static org.quorate.script.ComposedScript.confirm;
import static org.quorate.script.ComposedScript.lint;
import static org.quorate.script.ComposedScript.opening;
import static org.quorate.script.ComposedScript.step;
import static org.quorate.script.ComposedScript.text;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Decisions between named paths, and what lint says of each of them.
class DecisionTest {
    private static final String TOKENS = "tokens:\n  primary: {title: Primary HSM, state: in_service}\n";

    private static String decide(String id, String... paths) {
        return step("decide", id, "question: How is it?", "paths: [" + String.join(", ", paths) + "]");
    }

    private static String path(String name, String... more) {
        return "{name: " + name + ", label: It is " + name + String.join("", more) + "}";
    }

    @Test
    void everyPath_isPlayed_andTheFindingSaysOnWhichOneItIs() {
        String acts = opening()
                + act(
                        "hsm",
                        decide("state", path("whole", ", steps: [identify]"), path("broken"))
                                + step("identify_token", "identify", "token: primary")
                                + step("admit_token", "admit", "token: primary"))
                + closing();

        LintReport report = lint(text(TOKENS, acts));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("token-not-identified");
            assertThat(finding.message()).endsWith("It is so only where this is decided: state: broken.");
        });
        assertThat(lint(text(TOKENS, acts.replace("[identify]", "[identify, admit]")))
                        .findings())
                .isEmpty();
    }

    @Test
    void findingOnEveryPath_isSaidOnce_andWithoutAPath() {
        String acts = opening()
                + act(
                        "hsm",
                        decide("state", path("whole", ", steps: [look]"), path("broken"))
                                + confirm("look")
                                + step("admit_token", "admit", "token: primary"))
                + closing();

        assertThat(lint(text(TOKENS, acts)).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).doesNotContain("only where"));
    }

    @Test
    void decisionOnAPath_fallsAwayWithIt_andAllThatHangsOnIt() {
        String acts = opening()
                + act(
                        "hsm",
                        decide("outer", path("whole"), path("broken", ", steps: [inner]"))
                                + decide("inner", path("small", ", steps: [mend]"), path("large", ", steps: [leave]"))
                                + confirm("mend")
                                + confirm("leave"))
                + closing();
        Script script = lint(text("", acts)).script().orElseThrow();
        Courses courses = Courses.of(script);

        assertThat(courses.all())
                .extracting(Courses.Course::words)
                .containsExactlyInAnyOrder(
                        "outer: whole", "outer: broken, inner: small", "outer: broken, inner: large");
        assertThat(courses.fallAway(
                        (Step.Decide) script.step("outer").orElseThrow(), "whole", none -> Optional.empty()))
                .extracting(Step::id)
                .containsExactly("inner", "mend", "leave");
        assertThat(script.plannedMinutes()).isEqualTo(9);
    }

    @Test
    void pathsThatLeadInACircle_areRefused_andDoNotHang() {
        String acts = opening()
                + act(
                        "hsm",
                        decide("one", path("a", ", steps: [two]"), path("b"))
                                + decide("two", path("a", ", steps: [one]"), path("b")))
                + closing();

        assertThat(lint(text("", acts)).findings()).extracting(Finding::rule).contains("path-not-later");
    }
}
