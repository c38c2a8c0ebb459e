package org.quorate.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.quorate.base.Texts;

class LintRulesDocTest {
    private static final Path DOC = Path.of("docs/lint-rules.md");

    @Test
    void table_isWhatTheProgramSays() throws IOException {
        List<String> expected =
                Arrays.stream(Rule.values()).map(LintRulesDocTest::row).toList();

        List<String> rows = Files.readAllLines(DOC).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .as("paste this into %s:%n%s%n", DOC, String.join("\n", expected))
                .isEqualTo(expected);
    }

    @Test
    void texts_existForNoOtherRule() {
        List<String> ids = Arrays.stream(Rule.values()).map(Rule::id).toList();

        assertThat(Texts.keys().stream().filter(key -> key.startsWith("lint.")))
                .allSatisfy(key -> assertThat(ids).contains(key.split("\\.", -1)[1]));
    }

    private static String row(Rule rule) {
        return "| `" + rule.id() + "` | " + rule.severity().name().toLowerCase(Locale.ROOT) + " | "
                + shown(rule, "message") + " | " + shown(rule, "mend") + " |";
    }

    /// Places to fill in are shown as an ellipsis.
    private static String shown(Rule rule, String part) {
        Object[] values = new Object[10];
        Arrays.fill(values, "…");
        return Texts.get("lint." + rule.id() + "." + part, values);
    }
}
