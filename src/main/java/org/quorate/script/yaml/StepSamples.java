package org.quorate.script.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quorate.script.StepSample;

/// Every kind of step in words and by example. The words are those that the schema gives to editors, the examples those
/// of `docs/script-format.md`, which tests hold right; both pages are in the program, so that nothing of it is written
/// again.
public final class StepSamples {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(- kind: ([a-z_]+)\n.*?)```", Pattern.DOTALL);

    private final List<StepSample> all;
    private final Map<String, String> examples;

    private StepSamples(List<StepSample> all, Map<String, String> examples) {
        this.all = all;
        this.examples = examples;
    }

    public static StepSamples read() {
        var found = new ArrayList<StepSample>();
        // JSON is YAML.
        Node schema = YamlTree.parse(page("script.schema.json"), new Findings("script.schema.json"))
                .orElseThrow();
        if (at(schema, "$defs", "any_step", "oneOf") instanceof Node.Sequence(var _, var steps)) {
            for (Node step : steps) {
                found.add(new StepSample(
                        text(at(step, "properties", "kind", "const")),
                        text(at(step, "title")),
                        text(at(step, "description"))));
            }
        }
        Map<String, String> examples = EXAMPLE.matcher(new String(page("script-format.md"), StandardCharsets.UTF_8))
                .results()
                .collect(Collectors.toMap(match -> match.group(2), (MatchResult match) -> match.group(1)));
        return new StepSamples(List.copyOf(found), examples);
    }

    private static Node at(Node node, String... path) {
        Node at = node;
        for (String key : path) {
            at = at instanceof Node.Mapping mapping && mapping.members().containsKey(key)
                    ? mapping.members().get(key).value()
                    : new Node.Scalar(node.place(), "", Node.ScalarType.OTHER);
        }
        return at;
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar(var _, var text, var _) ? text : "";
    }

    private static byte[] page(String name) {
        try (InputStream in = StepSamples.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /// In the order of the documents.
    public List<StepSample> all() {
        return all;
    }

    /// The text of a whole step, as an item of a list that is not indented.
    String example(String kind) {
        String example = examples.get(kind);
        if (example == null) {
            throw new IllegalArgumentException("no such kind of step: " + kind);
        }
        return example;
    }
}
