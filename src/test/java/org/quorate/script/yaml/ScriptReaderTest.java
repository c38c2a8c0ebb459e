package org.quorate.script.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.base.Digest;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.quorum.Quorum;
import org.quorate.script.Finding;
import org.quorate.script.Linter;
import org.quorate.script.PartFiles;
import org.quorate.script.Place;
import org.quorate.script.Reading;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.StepKind;

class ScriptReaderTest {
    private static final Path SHIPPED = Path.of("ceremony-scripts/root-key-generation.yaml");
    private final ScriptReader reader = new ScriptReader();
    private final Linter linter = new Linter(reader);

    @Test
    void read_givesTheWholeScript_inTheOrderOfTheFile() throws IOException {
        byte[] bytes = Files.readAllBytes(SHIPPED);

        Script script = script(bytes);

        assertThat(script.id()).isEqualTo("root-key-generation");
        assertThat(script.version()).isEqualTo("1.0");
        assertThat(script.digest()).isEqualTo(Digest.of(bytes));
        assertThat(script.document().reviewers())
                .containsExactly("Head of PKI operations", "Information security officer");
        assertThat(script.cast().roles())
                .containsOnlyKeys("administrator", "officer", "security_officer", "user_pin_holder", "witness");
        assertThat(script.cast().quorum("officers")).isEqualTo(new Quorum(3, List.of("officer")));
        assertThat(script.cast().token("primary").state()).isEqualTo(Script.TokenSpec.State.FACTORY);
        assertThat(script.cast().token("backup").state()).isEqualTo(Script.TokenSpec.State.IN_SERVICE);
        assertThat(script.cast().key("root").spec()).isEqualTo(new KeySpec.Ec(KeySpec.Curve.P384));
        assertThat(script.cast().key("transport").purpose()).isEqualTo(KeyPurpose.TRANSPORT);
        assertThat(script.acts())
                .extracting(act -> act.id())
                .containsExactly("opening", "hsms", "backup-path", "generation", "backup", "closing");
    }

    @Test
    void shippedScripts_showEveryKindOfStep() throws IOException {
        var kinds = new TreeSet<String>();
        try (var files = Files.list(Path.of("ceremony-scripts"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                script(Files.readAllBytes(file)).steps().map(StepKind::of).forEach(kinds::add);
            }
        }
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(StepForms.kinds());
    }

    @Test
    void read_fillsParametersIn_whereStepsNameThem() throws IOException {
        Script script = script(Files.readAllBytes(SHIPPED));

        assertThat(script.step("issue-root").orElseThrow())
                .isInstanceOfSatisfying(Step.IssueRootCertificate.class, step -> {
                    assertThat(step.subject()).isEqualTo("CN=Example Root CA G1,O=Example Trust Services,C=DE");
                    assertThat(step.years()).isEqualTo(20);
                });
        assertThat(script.step("test-copy").orElseThrow()).isInstanceOfSatisfying(Step.TestSignature.class, step -> {
            assertThat(step.since()).contains("transfer-root");
            assertThat(step.withinMinutes()).contains(240);
        });
    }

    @Test
    void read_keepsPlaces_beside_theScript() throws IOException {
        byte[] bytes = Files.readAllBytes(SHIPPED);
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();

        var read = (Reading.Read) reader.read("a.yaml", bytes);

        Place place = read.places().step("generate-root");
        assertThat(lines.get(place.line() - 1).substring(place.column() - 1)).isEqualTo("kind: generate_key_pair");
        Place role = read.places().role("witness");
        assertThat(lines.get(role.line() - 1).substring(role.column() - 1)).isEqualTo("witness:");
    }

    @Test
    void read_saysEverythingAtOnce_whenSeveralThingsAreWrong() throws IOException {
        String text = Files.readString(SHIPPED)
                .replace("key: root\n", "key: rooot\n")
                .replace("state: factory", "state: new")
                .replace("kind: roll_call", "kind: role_call");

        assertThat(findings(text))
                .extracting(Finding::rule)
                .contains("bad-value", "unknown-kind", "undefined-reference")
                .hasSizeGreaterThan(5);
    }

    @Test
    void read_namesEveryMissingKey_whenTheFileIsEmpty() {
        assertThat(findings("")).extracting(Finding::message).contains("The key format is missing.");
        assertThat(findings("# nothing\n")).extracting(Finding::message).contains("The key acts is missing.");
    }

    @Test
    void read_saysNothingMore_whenTheFormatIsAnother() {
        assertThat(findings("format: something/9\ncolour: red\n"))
                .extracting(Finding::rule)
                .containsExactly("unknown-format");
    }

    static Stream<String> bombs() {
        String deep = "[".repeat(500_000);
        return Stream.of(
                "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
                deep,
                "{a: ".repeat(200_000),
                "- ".repeat(400_000),
                "? ".repeat(400_000),
                "a: [" + "x,".repeat(400_000) + "]",
                "- a\n".repeat(200_000),
                "a: \"" + "\\u0061".repeat(150_000),
                "a: '" + "''".repeat(400_000),
                "a: |\n" + "  x\n".repeat(200_000),
                "a: >\n" + " \n".repeat(400_000),
                "a: " + "b ".repeat(400_000),
                "a: " + "b\n ".repeat(300_000),
                "#".repeat(1_000_000),
                "#\n".repeat(500_000),
                " ".repeat(1_000_000),
                "\n".repeat(1_000_000) + "[",
                "a".repeat(1_000_000),
                "&".repeat(1_000_000),
                "!".repeat(1_000_000),
                "%A ".repeat(300_000),
                "---\n".repeat(200_000),
                "format: quorate-script/1\nacts: [" + "{},".repeat(4_900) + "]",
                "\u202e\n".repeat(200_000),
                "x".repeat((1 << 20) + 1));
    }

    /// How quickly is measured by `quorate bench lint`; here it must only come to an end.
    @ParameterizedTest
    @MethodSource("bombs")
    @Timeout(60)
    void read_refuses_whateverTheBytesAre(String bomb) {
        byte[] bytes = bomb.getBytes(StandardCharsets.UTF_8);

        Reading reading = reader.read("bomb.yaml", bytes);

        assertThat(reading).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void read_neverThrows_whenPiecesOfAScriptAreShuffled() throws IOException {
        var random = new Random(20261122);
        String shipped = Files.readString(SHIPPED);
        String[] pieces = {
            "[", "]", "{", "}", ": ", "- ", "\n", "  ", "\"", "'", "&a", "*a", "!!", "%", "#", "|", ">", "$x", "0", "?"
        };
        for (int round = 0; round < 400; round++) {
            var text = new StringBuilder(shipped);
            for (int edit = random.nextInt(4); edit >= 0; edit--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at, Math.min(text.length(), at + random.nextInt(30)), pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

            assertThat(linter.check("shuffled.yaml", bytes).findings())
                    .allSatisfy(finding -> assertThat(finding.line()).isPositive());
        }
    }

    private Script script(byte[] bytes) {
        return switch (reader.read("root.yaml", bytes, PartFiles.SHIPPED)) {
            case Reading.Read(var script, var _) -> script;
            case Reading.ReadPart(var part, var _, var _) -> throw new AssertionError(part.file());
            case Reading.Refused(var findings) ->
                throw new AssertionError(findings.stream().map(Finding::text).toList());
        };
    }

    private List<Finding> findings(String text) {
        return ((Reading.Refused) reader.read("a.yaml", text.getBytes(StandardCharsets.UTF_8))).findings();
    }
}
