package org.quorate.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quorate.script.Reading;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;

/// Which words can be meant for the decisions of a script.
class DecisionsTest {
    private static final String HEAD =
            "title: Do it, say: Do it now., by: administrator, witnessed_by: witness, minutes: 1";
    private static final String SCRIPT = """
            format: quorate-script/1
            id: decided
            version: "1"
            title: Decided
            kind: test
            document: {owner: A, reviewers: [B], approvers: [C], classification: D, retention: E, next_review: 2027-11-30, implements: F}
            roles:
              administrator: {title: Administrator, count: 1, duty: Leads.}
              witness: {title: Witness, count: 1, duty: Watches.}
            acts:
              - id: only
                title: The only act
                steps:
                  - {kind: confirm, id: look, %1$s, statement: It is so.}
                  - kind: decide
                    id: by-people
                    question: Which way?
                    paths: [{name: left, label: Left}, {name: right, label: Right, steps: [last]}]
                    %2$s
                  - kind: decide
                    id: by-itself
                    result_of: look
                    paths: [{name: done, label: Done}, {name: overridden, label: Overridden}]
                    %2$s
                  - {kind: confirm, id: last, %1$s, statement: It is so.}
            """.formatted(HEAD, HEAD.replace(", ", "\n        "));

    private static Script script() {
        return switch (new ScriptReader().read("decided.yaml", SCRIPT.getBytes(StandardCharsets.UTF_8))) {
            case Reading.Read(var script, var places) -> script;
            case Reading.Refused(var findings) -> throw new AssertionError(findings.toString());
            case Reading.ReadPart(var part, var _, var _) -> throw new AssertionError(part.file());
        };
    }

    private static String objection(String word) {
        return Decisions.parse(List.of(word)).orElseThrow().objection(script()).orElse("");
    }

    @Test
    void decisionOfPeople_canBeNamed_andOneThatFollowsFromAStepCannot() {
        assertThat(objection("by-people=left")).isEmpty();
        assertThat(objection("by-itself=done"))
                .contains("by-itself", "by-people")
                .doesNotContain(", by-itself");
        assertThat(objection("by-people=up")).contains("up", "left, right");
        assertThat(objection("look=left")).contains("by-people");
    }
}
