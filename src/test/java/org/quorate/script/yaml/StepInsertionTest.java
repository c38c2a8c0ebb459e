package org.quorate.script.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quorate.script.Finding;
import org.quorate.script.InsertedStep;
import org.quorate.script.LintReport;
import org.quorate.script.Linter;
import org.quorate.script.StepSample;

/// A step that is put into a text stands at its place, is right in its form, and speaks of what this text has.
class StepInsertionTest {
    private static final StepSamples SAMPLES = StepSamples.read();
    private static final Linter LINTER = new Linter(new ScriptReader());

    private final StepInsertion insertion = new StepInsertion(SAMPLES, StepInsertionTest::lint);

    private static LintReport lint(String text) {
        return LINTER.check("text.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String empty() throws IOException {
        return Files.readString(Path.of("src/main/resources/org/quorate/app/console/empty-ceremony.yaml"));
    }

    private static String rootKey() throws IOException {
        return Files.readString(Path.of("ceremony-scripts/root-key-generation.yaml"));
    }

    private static int lineOf(String text, String piece) {
        return (int) text.substring(0, text.indexOf(piece)).lines().count() + (piece.startsWith("\n") ? 1 : 0);
    }

    private static List<String> rules(String text) {
        return lint(text).findings().stream().map(Finding::rule).toList();
    }

    private InsertedStep put(String text, String at, String kind) {
        return insertion.put(text, lineOf(text, at), kind).orElseThrow();
    }

    private static String line(InsertedStep done) {
        return done.text().lines().toList().get(done.line() - 1);
    }

    @Test
    void everyKind_hasATitleOfItsOwn_andASentence() {
        assertThat(SAMPLES.all()).extracting(StepSample::kind).containsExactlyElementsOf(StepForms.kinds());
        assertThat(SAMPLES.all()).extracting(StepSample::title).doesNotHaveDuplicates();
        assertThat(SAMPLES.all()).allSatisfy(sample -> {
            assertThat(sample.title()).isNotBlank().isNotEqualTo(sample.kind()).hasSizeLessThan(40);
            assertThat(sample.does()).endsWith(".").hasSizeLessThan(150);
        });
    }

    @Test
    void everyKind_isRightInItsForm_andLacksOnlyWhatTheTextDoesNotDefine() throws IOException {
        String text = empty();
        for (String kind : StepForms.kinds()) {
            InsertedStep done = put(text, "id: first-step", kind);

            assertThat(line(done)).isEqualTo("      - kind: " + kind);
            assertThat(rules(done.text()))
                    .as(kind)
                    .isSubsetOf(
                            "undefined-reference",
                            "close-not-last",
                            "decision-of-nothing",
                            "exceptions-not-read",
                            "several-digests-read");
        }
    }

    @Test
    void ofTheNamesOfTheScript_thoseStandThere_withWhichLintFindsNothing() throws IOException {
        String text = rootKey();
        assertThat(rules(text)).isEmpty();

        for (String kind : List.of("read_fingerprint", "test_signature", "confirm")) {
            InsertedStep done = put(text, "id: issue-root", kind);
            assertThat(rules(done.text())).as(kind).isEmpty();
        }

        String fingerprint = put(text, "id: issue-root", "read_fingerprint").text();
        assertThat(fingerprint)
                .contains(
                        "      - kind: read_fingerprint\n        id: read-root\n        title: Read the fingerprint of the root key aloud\n")
                .contains("        key: root\n");
    }

    @Test
    void whoeverPerformsTheStepBeside_performsThisOneToo_whereLintHasNothingAgainstIt() throws IOException {
        String text = rootKey();

        assertThat(step(put(text, "id: issue-root", "confirm"))).contains("        by: user_pin_holder");
        assertThat(step(put(text, "id: call-roll", "confirm"))).contains("        by: administrator");
    }

    private static Stream<String> step(InsertedStep done) {
        return done.text().lines().skip(done.line()).takeWhile(line -> !line.contains("- kind:"));
    }

    @Test
    void whatNeedNotBeThere_isNotThere_unlessLintMissesIt() throws IOException {
        InsertedStep done = put(rootKey(), "id: issue-root", "test_signature");
        assertThat(step(done))
                .noneMatch(line -> line.contains("since:") || line.contains("within_minutes:"))
                .contains("        key: root");
        assertThat(put(empty(), "id: first-step", "decide").text())
                .contains("        question: ")
                .doesNotContain("[acceptance]");
    }

    @Test
    void itStands_afterTheStepOfTheLine_orFirstInTheActOfTheLine() throws IOException {
        String text = empty();
        List<String> before = text.lines().toList();

        InsertedStep after = put(text, "id: call-roll", "confirm");
        assertThat(after.text().lines().toList().get(after.line() - 2)).isEqualTo("        minutes: 10");
        assertThat(after.text().lines().filter(line -> !before.contains(line)))
                .as("nothing else is touched")
                .hasSizeLessThan(9);

        InsertedStep first = put(text, "\n  - id: work", "confirm");
        assertThat(first.text().lines().toList().get(first.line() - 2)).isEqualTo("    steps:");
        assertThat(first.line()).isGreaterThan(after.line());

        InsertedStep top = put(text, "format:", "confirm");
        assertThat(top.text().lines().toList().get(top.line() - 2)).isEqualTo("        minutes: 3");

        assertThat(put(top.text(), "format:", "confirm").text())
                .contains("id: open-bag\n")
                .contains("id: open-bag-2\n");

        InsertedStep comment = put(text, "# Here your own acts begin", "confirm");
        assertThat(comment.text().lines().toList().get(comment.line() - 2)).isEqualTo("        minutes: 5");
    }

    @Test
    void aPart_hasNamesThatItExpects_andATextThatIsNoYaml_hasAPlaceTooOrNone() throws IOException {
        String part = Files.readString(Path.of("ceremony-scripts/parts/opening.yaml"));
        InsertedStep done = put(part, "id: call-roll", "check_clock");
        assertThat(lint(done.text()).sound()).as(done.text()).isTrue();

        String broken = empty().replace("title: Empty ceremony", "title: \"Empty");
        assertThat(line(put(broken, "id: call-roll", "confirm"))).isEqualTo("      - kind: confirm");

        assertThat(insertion.put("format: quorate-script/1\n", 1, "confirm")).isEmpty();
        assertThat(insertion.put("", 1, "confirm")).isEmpty();
        InsertedStep lonely =
                insertion.put("acts:\n  - id: a\n    steps:\n", 1, "confirm").orElseThrow();
        assertThat(line(lonely)).isEqualTo("      - kind: confirm");
    }
}
