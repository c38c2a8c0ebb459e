package org.quorate.script.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;
import org.quorate.script.Linter;
import org.quorate.script.PartFiles;
import org.quorate.script.Place;
import org.quorate.script.Reading;
import org.quorate.script.StepKind;

/// `docs/script-format.md` is right: every example in it is read, and every field is in it.
class ScriptFormatDocTest {
    private static final Path DOC = Path.of("docs/script-format.md");
    private static final Path SHIPPED = Path.of("ceremony-scripts/root-key-generation.yaml");

    static List<String> examples() throws IOException {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOC))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    static Stream<String> steps() throws IOException {
        return examples().stream().filter(example -> example.startsWith("- kind: "));
    }

    static Stream<String> headers() throws IOException {
        return examples().stream()
                .filter(example -> !example.startsWith("- kind: ") && !example.startsWith("format: "));
    }

    private static String whole(String format) throws IOException {
        return examples().stream()
                .filter(example -> example.startsWith("format: " + format))
                .reduce((one, other) -> {
                    throw new AssertionError("two examples of " + format);
                })
                .orElseThrow();
    }

    @Test
    void wholeScript_andItsPart_areRight_andOnlyWhatIsWaivedIsSaid() throws IOException {
        var linter = new Linter(new ScriptReader());
        String part = whole("quorate-act/1");
        String script = whole("quorate-script/1");

        LintReport alone = linter.check("seals.yaml", part.getBytes(StandardCharsets.UTF_8));
        LintReport report = linter.check(
                "whole.yaml", script.getBytes(StandardCharsets.UTF_8), PartFiles.of(Map.of("seals.yaml", part)));

        assertThat(alone.findings()).isEmpty();
        assertThat(alone.sound()).isTrue();
        assertThat(report.usable()).as(report.findings().toString()).isTrue();
        assertThat(report.findings()).extracting(Finding::severity).containsOnly(Finding.Severity.WAIVED);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void example_isAStepOfItsKind(String example) {
        var findings = new Findings("example");
        var sequence = (Node.Sequence) node(example, findings);
        var parameters = Map.of(
                "subject",
                new Parameter(
                        Parameter.Type.DISTINGUISHED_NAME,
                        new Node.Scalar(Place.START, "CN=Example", Node.ScalarType.STRING)));

        var step = new StepReader(findings, new References(), parameters)
                .read(sequence.items().getFirst());

        assertThat(findings.inOrder()).isEmpty();
        assertThat(step.map(StepKind::of))
                .contains(example.lines().findFirst().orElseThrow().substring("- kind: ".length()));
    }

    /// The example takes the place of the same key of the shipped script; what is then wrong may only be that other
    /// parts miss what the example does not have.
    @ParameterizedTest
    @MethodSource("headers")
    void example_isAHeaderOfTheRightForm(String example) throws IOException {
        String key = example.substring(0, example.indexOf(':'));
        String shipped = Files.readString(SHIPPED);
        String replaced = Pattern.compile("^" + key + ":\n(?:[ #].*\n|\n)*", Pattern.MULTILINE)
                .matcher(shipped)
                .replaceFirst(match -> example.replace("$", "\\$") + "\n");
        assertThat(replaced).contains(example);

        Reading reading = new ScriptReader().read("example", replaced.getBytes(StandardCharsets.UTF_8));

        List<String> rules = switch (reading) {
            case Reading.Read _, Reading.ReadPart _ -> List.of();
            case Reading.Refused(var findings) ->
                findings.stream().map(Finding::rule).toList();
        };
        assertThat(rules).isSubsetOf("undefined-reference", "unused-definition");
    }

    @Test
    void everyKind_hasASectionWithAllItsFieldsInOrder() throws IOException {
        var documented = new LinkedHashMap<String, List<String>>();
        Pattern section = Pattern.compile("^### ([a-z_]+)\n(.*?)(?=^### |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
        section.matcher(Files.readString(DOC))
                .results()
                .forEach(match -> documented.put(match.group(1), fields(match)));

        for (StepForm form : StepForms.ALL) {
            assertThat(documented.get(form.kind()))
                    .as("fields of %s", form.kind())
                    .isEqualTo(
                            form.fields().stream().map(StepForm.FieldForm::name).toList());
        }
        assertThat(steps()).hasSameSizeAs(StepForms.ALL);
    }

    private static List<String> fields(MatchResult section) {
        return Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE)
                .matcher(section.group(2))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private static Node node(String yaml, Findings findings) {
        Optional<Node> node = YamlTree.parse(yaml.getBytes(StandardCharsets.UTF_8), findings);
        return node.orElseThrow(() -> new AssertionError(findings.inOrder()));
    }
}
