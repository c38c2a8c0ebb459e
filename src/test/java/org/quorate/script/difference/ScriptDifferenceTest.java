package org.quorate.script.difference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.script.Reading;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;

class ScriptDifferenceTest {
    private static final String ROOT = text();

    private static String text() {
        try {
            return Files.readString(Path.of("ceremony-scripts/root-key-generation.yaml"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Script script(String text) {
        Reading reading = new ScriptReader().read("test", text.getBytes(StandardCharsets.UTF_8));
        return ((Reading.Read) reading).script();
    }

    private static ScriptDifference after(String old, String now) {
        assertThat(ROOT).contains(old);
        return ScriptDifference.between(
                script(ROOT), script(ROOT.replaceFirst(java.util.regex.Pattern.quote(old), now)));
    }

    static Stream<Arguments> sensitive() {
        return Stream.of(
                Arguments.of("m: 3", "m: 2", "Sensitive: The quorum officers: m was \"3\", is \"2\""),
                Arguments.of(
                        "label: root-ca-g1",
                        "label: root-ca-g2",
                        "Sensitive: The key root: label was \"root-ca-g1\", is \"root-ca-g2\""),
                Arguments.of(
                        "state: factory",
                        "state: in_service",
                        "Sensitive: The token primary: state was \"factory\", is \"in_service\""),
                Arguments.of(
                        "  next_review:",
                        "  approved_by: {m: 2, roles: [policy_authority]}\n  next_review:",
                        "Sensitive: Document control: approved by is now \"2 of policy_authority\""));
    }

    @ParameterizedTest
    @MethodSource("sensitive")
    void aChangeThatBearsOnKeysOrPeople_isMarked(String old, String now, String words) {
        assertThat(after(old, now).lines()).hasSize(2).element(1).isEqualTo(words);
    }

    @Test
    void aHigherQuorumAndAnotherOwner_areNotSensitive() {
        ScriptDifference found = after("m: 3", "m: 4");

        assertThat(found.sensitive()).isZero();
        assertThat(found.lines()).element(1).isEqualTo("The quorum officers: m was \"3\", is \"4\"");
    }

    @Test
    void theSameFile_hasNoDifference_andAnotherCommentOnlyItsForm() {
        assertThat(ScriptDifference.between(script(ROOT), script(ROOT)).none()).isTrue();

        ScriptDifference commented = ScriptDifference.between(script(ROOT), script(ROOT + "# seen\n"));
        assertThat(commented.none()).isFalse();
        assertThat(commented.steps()).isZero();
        assertThat(commented.changes())
                .singleElement()
                .satisfies(change ->
                        assertThat(change.words()).startsWith("The files differ in nothing that a ceremony does"));
    }

    private static final String HEAD = """
            format: quorate-script/1
            id: small
            version: "1"
            title: Small
            kind: drill
            document:
              owner: A
              reviewers: [B]
              approvers: [C]
              classification: Internal
              retention: None
              next_review: 2027-11-30
              implements: Nothing
            roles:
              officer: {title: Officer, count: 2, duty: Acts.}
              witness: {title: Witness, count: 1, duty: Watches.}
            acts:
            """;

    private static String act(String id, String... steps) {
        return "  - id: " + id + "\n    title: Act " + id + "\n    steps:\n" + String.join("", steps);
    }

    private static String step(String kind, String id, int minutes) {
        return "      - {kind: %s, id: %s, title: Do %s, say: Say it., by: officer, witnessed_by: witness, minutes: %d}\n"
                .formatted(kind, id, id, minutes);
    }

    @Test
    void stepsThatCameWentAndMoved_areToldBySteps_andNotByLines() {
        String old = HEAD
                + act("one", step("read_script_digest", "digest", 3), step("roll_call", "roll", 5))
                + act("two", step("check_workstation", "look", 2), step("close_ceremony", "close", 9));
        String now = HEAD
                + act("one", step("roll_call", "roll", 5), step("read_exceptions", "hear", 1))
                + act("two", step("read_script_digest", "digest", 3), step("close_ceremony", "close", 8));

        ScriptDifference found = ScriptDifference.between(script(old), script(now));

        assertThat(found.lines())
                .containsExactly(
                        "Version 1 against version 1. Differences: 4, of them sensitive: 2. Steps that differ: 4.",
                        "Sensitive: Step 2.1, Do look: removed",
                        "Sensitive: Step 2.1, Do digest: moved from 1.1 to 2.1",
                        "Step 1.2, Do hear: added",
                        "Step 2.2, Do close: minutes was \"9\", is \"8\"");
        assertThat(found.toJson().objects("changes"))
                .extracting(change -> change.string("kind") + " " + change.string("name"))
                .isEqualTo(List.of("removed look", "moved digest", "added hear", "changed close"));
    }

    @Test
    void whoWatchesAStep_isSensitive_alsoWhereTheStepIsNot() {
        String look = step("check_workstation", "look", 1).replace("by: witness", "by: auditor");
        String old = HEAD.replace("acts:", "  auditor: {title: Auditor, count: 1, duty: Watches.}\nacts:")
                + act("one", step("roll_call", "roll", 5), step("read_exceptions", "hear", 1), look);
        String now = old.replaceFirst("by: witness", "by: auditor");

        assertThat(ScriptDifference.between(script(old), script(now)).lines())
                .element(1)
                .isEqualTo("Sensitive: Step 1.1, Do roll: witnessed by was \"witness\", is \"auditor\"");
    }
}
