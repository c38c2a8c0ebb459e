package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.script.Place;
import org.quorate.script.Rule;
import org.quorate.script.Step;
import org.quorate.script.yaml.References.Of;

/// Reads `quorate-act/1`: one act in a file of its own. It says by name what it expects of the script that uses it, and
/// names nothing else, so that it can be judged alone. It uses no other file: parts do not nest.
final class PartReader {
    static final String FORMAT = "quorate-act/1";

    private static final Map<String, Of> EXPECTED = Map.of(
            "roles", Of.ROLE, "quorums", Of.QUORUM, "tokens", Of.TOKEN, "keys", Of.KEY, "parameters", Of.PARAMETER);
    private static final List<String> OF_SCRIPTS = List.of("use", "for_each", "acts");

    private final Findings findings;
    private final References references = new References();
    private final Map<String, Parameter> parameters;

    /// @param parameters those of the script that uses it; none where the part is read alone
    PartReader(Findings findings, Map<String, Parameter> parameters) {
        this.findings = findings;
        this.parameters = parameters;
    }

    /// @param places where each step stands in the file
    /// @param expected what the script must define
    record PartAct(
            String id, String title, List<Step> steps, Map<String, Place> places, Map<Of, List<String>> expected) {}

    static boolean isPart(Node root) {
        return root instanceof Node.Mapping mapping
                && mapping.members().get("format") instanceof Node.Member(var _, Node.Scalar(var _, var text, var _))
                && text.equals(FORMAT);
    }

    PartAct read(Node root) {
        Fields part = Fields.of(root, "the part", findings);
        refuseWhatIsOfScripts(root);
        part.text("format", StepReader.MAX_TITLE);
        String id = part.text("id", StepReader.MAX_TITLE);
        Ids.checkId(id, part.placeOf("id"), findings);
        String title = part.text("title", StepReader.MAX_TITLE);
        Map<Of, List<String>> expected = expected(part);
        var reader = new StepReader(findings, references, parametersOf(expected));
        var steps = new ArrayList<Step>();
        for (Node step : part.list("steps")) {
            if (!refuseWhatIsOfScripts(step)) {
                reader.read(step).ifPresent(steps::add);
            }
        }
        OF_SCRIPTS.forEach(part::optional);
        part.close();
        references.report(findings);
        return new PartAct(id, title, List.copyOf(steps), references.defined(Of.STEP), expected);
    }

    private boolean refuseWhatIsOfScripts(Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            return false;
        }
        int before = findings.count();
        mapping.members().forEach((key, member) -> {
            if (OF_SCRIPTS.contains(key)) {
                findings.add(Rule.NOT_IN_A_PART, member.keyPlace(), key);
            }
        });
        return findings.count() > before;
    }

    private Map<Of, List<String>> expected(Fields part) {
        var expected = new EnumMap<Of, List<String>>(Of.class);
        Optional<Node> node = part.optional("expects");
        if (node.isEmpty()) {
            return expected;
        }
        Fields expects = Fields.of(node.get(), "expects", findings);
        EXPECTED.forEach((key, of) -> expects.optional(key).ifPresent(list -> {
            var names = new ArrayList<String>();
            for (Node item : expects.list(key, list)) {
                String name = expects.text(key, item, StepReader.MAX_TITLE);
                Ids.checkName(name, item.place(), findings);
                if (references.isDefined(of, name)) {
                    findings.add(Rule.DUPLICATE_ID, item.place(), of.word(), name);
                }
                references.define(of, name, item.place());
                names.add(name);
            }
            expected.put(of, names);
        }));
        expects.close();
        return expected;
    }

    /// Those that the part expects and the script has; where one is missing, a stand-in is read.
    private Map<String, Parameter> parametersOf(Map<Of, List<String>> expected) {
        var known = new java.util.HashMap<>(parameters);
        known.keySet().retainAll(expected.getOrDefault(Of.PARAMETER, List.of()));
        return known;
    }

    /// Whether the script has everything that a part expects; what it lacks is said where the part is used.
    static void use(PartAct act, String file, Place place, References references, Findings findings) {
        act.expected()
                .forEach((of, names) -> names.forEach(name -> {
                    if (references.isDefined(of, name)) {
                        references.use(of, name, place);
                    } else {
                        findings.add(Rule.PART_EXPECTS, place, file, of.word(), name);
                    }
                }));
    }
}
