package org.quorate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.script.ComposedScript.act;
import static org.quorate.script.ComposedScript.closing;
import static org.quorate.script.ComposedScript.confirm;
import static org.quorate.script.ComposedScript.lint;
import static org.quorate.script.ComposedScript.opening;
import static org.quorate.script.ComposedScript.part;
import static org.quorate.script.ComposedScript.text;
import static org.quorate.script.ComposedScript.use;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.base.Digest;

/// Acts in files of their own.
class PartTest {
    private static final String EXPECTS = "expects:\n  roles: [administrator, witness]\n";
    private static final String PART = part("seals", EXPECTS, confirm("look"));
    private static final String USING = text("", opening() + use("seals.yaml", PART) + closing());

    @Test
    void use_putsTheActIntoTheScript_whichIsNamedByItsOwnBytesOnly() {
        Script script = lint(USING, Map.of("seals.yaml", PART)).script().orElseThrow();

        assertThat(script.acts()).extracting(Act::id).containsExactly("opening", "seals", "closing");
        assertThat(script.number(script.step("look").orElseThrow())).isEqualTo("2.1");
        assertThat(script.digest()).isEqualTo(Digest.of(USING.getBytes(StandardCharsets.UTF_8)));
        assertThat(script.parts()).extracting(Part::file).containsExactly("seals.yaml");
        assertThat(script.parts().getFirst().digest().hex()).isEqualTo(PartFiles.digest(PART));
    }

    @Test
    void use_isRefused_whenTheFileIsNotTheOneThatWasApproved_andSaysWhatToPaste() {
        String other = PART.replace("Do it now.", "Do it never.");

        LintReport report = lint(USING, Map.of("seals.yaml", other));

        assertThat(report.script()).isEmpty();
        Finding finding = report.findings().getFirst();
        assertThat(finding.rule()).isEqualTo("part-digest-differs");
        assertThat(finding.message())
                .contains(PartFiles.digest(other), PartFiles.digest(PART), "nobody approved this file");
        assertThat(finding.mend()).contains("write digest: \"" + PartFiles.digest(other) + "\"");
        assertThat(report.findings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../seals.yaml",
                "/etc/passwd",
                "..",
                "a/b.yaml",
                "a\\\\b.yaml",
                ".hidden.yaml",
                "seals.yml",
                "Seals.yaml"
            })
    void use_looksForNoFileOutsideItsFolder(String name) {
        Parts asked = (file, digest) -> {
            throw new AssertionError("nobody may look for " + file);
        };
        String using = USING.replace("file: seals.yaml", "file: \"" + name + "\"");

        Reading reading = new org.quorate.script.yaml.ScriptReader()
                .read("a.yaml", using.getBytes(StandardCharsets.UTF_8), asked);

        assertThat(((Reading.Refused) reading).findings())
                .extracting(Finding::rule)
                .contains("bad-value");
    }

    @Test
    void part_isJudgedAlone_andSaysItsDigest() {
        LintReport report = lint(PART);

        assertThat(report.findings()).isEmpty();
        assertThat(report.part().map(Digest::hex)).contains(PartFiles.digest(PART));
        assertThat(report.sound()).isTrue();
        assertThat(report.usable()).isFalse();
    }

    @Test
    void part_namesNothingThatItDoesNotExpect_andExpectsNothingThatItDoesNotName() {
        assertThat(lint(part("seals", EXPECTS, confirm("look").replace("by: administrator", "by: officer")))
                        .findings())
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("undefined-reference", "unused-definition");
    }

    /// A cycle cannot be written: a part uses nothing, and a script is no part.
    @Test
    void part_usesNoOther_andAScriptUsesNoScript() {
        String nested = PART + "use: {file: seals.yaml, digest: \"" + "0".repeat(64) + "\"}\n";
        String inStep = PART.replace("    minutes: 1\n", "    minutes: 1\n    for_each: {of: list, as: x}\n");

        LintReport using =
                lint(text("", opening() + use("seals.yaml", nested) + closing()), Map.of("seals.yaml", nested));
        assertThat(using.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("not-in-a-part");
            assertThat(finding.file()).isEqualTo("scripts/parts/seals.yaml");
            assertThat(finding.line()).isEqualTo((int) PART.lines().count() + 1);
        });
        assertThat(lint(inStep).findings()).extracting(Finding::rule).contains("not-in-a-part");
        assertThat(lint(text("", use("a.yaml", USING)), Map.of("a.yaml", USING)).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("unknown-format");
                    assertThat(finding.file()).isEqualTo("scripts/parts/a.yaml");
                });
    }

    static Stream<String> badParts() {
        return Stream.of(
                PART.replace("title: A part", "title: &a A part"),
                PART.replace("title: A part", "title: !!str A part"),
                PART.replace("Do it now.", "Do it \u202enow."),
                "a: &a [x,x]\nb: &b [*a,*a,*a]\n",
                "[".repeat(500_000),
                "%YAML 1.2\n---\n" + PART,
                "- a\n".repeat(200_000),
                PART
                        + confirm("look")
                                .replaceAll("(?m)^ {4}", "")
                                .repeat(100_000)
                                .substring(0, 1_040_000));
    }

    @ParameterizedTest
    @MethodSource("badParts")
    @Timeout(60)
    void part_isReadAsStrictlyAsAScript_andNamedInTheFinding(String bad) {
        String using = text("", opening() + use("bad.yaml", bad) + closing());

        LintReport report = lint(using, Map.of("bad.yaml", bad));

        assertThat(report.script()).isEmpty();
        assertThat(report.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.file()).isEqualTo("scripts/parts/bad.yaml"));
    }

    @Test
    void steps_ofAPart_areOnlyOnceInAScript() {
        String twice = text("", opening() + act("mine", confirm("look")) + use("seals.yaml", PART) + closing());

        assertThat(lint(twice, Map.of("seals.yaml", PART)).findings())
                .extracting(Finding::rule)
                .containsExactly("duplicate-id");
    }

    @Test
    void parameters_ofAPart_haveTheValueOfTheScript() {
        String counting = part(
                "clock",
                EXPECTS + "  parameters: [offset]\n",
                ComposedScript.step("check_clock", "again", "max_offset_seconds: $offset"));
        String more = "parameters:\n  offset: {type: integer, value: 7}\n";

        Script script = lint(
                        text(more, opening() + use("clock.yaml", counting) + closing()), Map.of("clock.yaml", counting))
                .script()
                .orElseThrow();

        assertThat(((Step.CheckClock) script.step("again").orElseThrow()).maxOffsetSeconds())
                .isEqualTo(7);
        assertThat(lint(counting).findings()).isEmpty();
    }
}
