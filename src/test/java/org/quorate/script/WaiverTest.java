package org.quorate.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quorate.base.Texts;

/// What owners of a script accept, with their reason.
class WaiverTest {
    private static final String WAIVERS = """
            waivers:
              - rule: clock-not-checked
                at: open-room
                reason: The room has no second clock yet.
            """;

    private static List<Finding> findings(ScriptText text) {
        return new Linter(new org.quorate.script.yaml.ScriptReader())
                .check("a.yaml", text.bytes())
                .findings();
    }

    private static ScriptText waiving(ScriptText text) {
        return text.replace("acts:\n", WAIVERS + "acts:\n");
    }

    @Test
    void waiver_takesTheFindingAtItsPlace_whichIsStillSaid() {
        assertThat(findings(waiving(ScriptText.shipped().without("compare-clock"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WAIVED);
                    assertThat(finding.text())
                            .contains(": waived: ", "[clock-not-checked] Waived: The room has no second clock yet.");
                });
    }

    @Test
    void waiver_takesNothingElse() {
        assertThat(findings(
                        waiving(ScriptText.shipped().without("compare-clock").without("check-console"))))
                .extracting(Finding::severity)
                .containsExactlyInAnyOrder(Finding.Severity.WAIVED, Finding.Severity.WARNING);
        assertThat(findings(waiving(ScriptText.shipped())))
                .extracting(Finding::rule)
                .containsExactly("waives-nothing");
        assertThat(findings(waiving(ScriptText.shipped().without("compare-clock"))
                        .replace("at: open-room", "at: read-digest")))
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("waives-nothing", "clock-not-checked");
    }

    @Test
    void errorsOfSafety_cannotBeWaived() {
        ScriptText broken = ScriptText.shipped().without("identify-primary");

        assertThat(findings(waiving(broken)
                        .replace("clock-not-checked", "token-not-identified")
                        .replace("at: open-room", "at: admit-primary")))
                .extracting(Finding::rule)
                .contains("waiver-not-allowed", "token-not-identified");
    }

    @Test
    void everyRuleThatCanBeWaived_hasWordsForThePaper() {
        List<Rule> waivable = Stream.of(Rule.values()).filter(Rule::waivable).toList();

        assertThat(waivable).contains(Rule.KEY_WITHOUT_BACKUP).doesNotContain(Rule.KEY_LEFT_EXTRACTABLE);
        assertThat(Texts.keys().stream().filter(key -> key.startsWith("script.waived.")))
                .containsExactlyInAnyOrderElementsOf(waivable.stream()
                        .map(rule -> "script.waived." + rule.id())
                        .toList());
    }
}
