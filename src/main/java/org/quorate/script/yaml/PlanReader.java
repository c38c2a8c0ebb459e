package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.script.Finding;
import org.quorate.script.Plan;
import org.quorate.script.Rule;

/// Reads `quorate-plan/1`, whose reference is `docs/procedures.md`, as strictly as a script.
public final class PlanReader {
    static final String FORMAT = "quorate-plan/1";
    private static final int LINE = 100;
    private static final int LONG_LINE = 200;
    private static final int PROSE = 600;
    private static final int MAX_WEEKS = 104;

    private final Findings findings;
    private final Set<String> ids = new HashSet<>();

    private PlanReader(Findings findings) {
        this.findings = findings;
    }

    /// What came of reading a file: a plan, or every reason why it is none.
    public record Read(Optional<Plan> plan, List<Finding> findings) {
        public Read {
            findings = List.copyOf(findings);
        }
    }

    /// @param file the name that findings carry; nothing is opened by it
    public static Read read(String file, byte[] bytes) {
        var findings = new Findings(file);
        Optional<Plan> plan = YamlTree.parse(bytes, findings).flatMap(root -> new PlanReader(findings).plan(root));
        return new Read(plan.filter(_ -> findings.isEmpty()), findings.inOrder());
    }

    private Optional<Plan> plan(Node root) {
        Fields header = Fields.of(root, "the plan", findings);
        String format = header.text("format", LINE);
        if (!format.isEmpty() && !format.equals(FORMAT)) {
            // The keys of another format mean something else, so that further findings would only confuse.
            findings.add(Rule.UNKNOWN_FORMAT, header.placeOf("format"), format, FORMAT);
            return Optional.empty();
        }
        String id = header.text("id", LINE);
        Ids.checkId(id, header.placeOf("id"), findings);
        var plan = new Plan(
                id,
                header.text("version", LINE),
                header.text("title", LINE),
                header.prose("goal", PROSE),
                header.list("stages").stream().map(this::stage).toList(),
                header.list("criteria").stream().map(this::target).toList());
        header.close();
        return Optional.of(plan);
    }

    private Plan.Stage stage(Node node) {
        Fields stage = Fields.of(node, "a stage", findings);
        String id = id(stage);
        int first = stage.integer("first_week", 1, MAX_WEEKS, Rule.BAD_VALUE);
        int last = stage.integer("last_week", 1, MAX_WEEKS, Rule.BAD_VALUE);
        if (last < first) {
            findings.add(Rule.BAD_VALUE, stage.placeOf("last_week"), "last_week", "not before first_week");
        }
        var read = new Plan.Stage(
                id,
                stage.text("title", LINE),
                first,
                last,
                stage.optional("optional").map(why -> stage.text("optional", why, LONG_LINE)),
                stage.texts("work", LONG_LINE),
                stage.list("deliverables").stream().map(this::target).toList());
        stage.close();
        return read;
    }

    private Plan.Target target(Node node) {
        Fields target = Fields.of(node, "a deliverable", findings);
        var read = new Plan.Target(
                id(target),
                target.text("title", LINE),
                target.text("accepted", LONG_LINE),
                ceremonies(target),
                target.optional("documents")
                        .map(documents -> target.list("documents", documents).stream()
                                .map(this::document)
                                .toList())
                        .orElse(List.of()));
        if (read.ceremonies().isEmpty() && read.documents().isEmpty()) {
            findings.add(Rule.MISSING_KEY, target.place(), "ceremonies or documents");
        }
        target.close();
        return read;
    }

    private String id(Fields fields) {
        String id = fields.text("id", LINE);
        Ids.checkId(id, fields.placeOf("id"), findings);
        if (!ids.add(id)) {
            findings.add(Rule.DUPLICATE_ID, fields.placeOf("id"), "part of the plan", id);
        }
        return id;
    }

    private List<String> ceremonies(Fields target) {
        var scripts = new ArrayList<String>();
        Optional<Node> node = target.optional("ceremonies");
        for (Node item : node.map(list -> target.list("ceremonies", list)).orElse(List.of())) {
            String script = target.text("ceremonies", item, LINE);
            Ids.checkId(script, item.place(), findings);
            if (scripts.contains(script)) {
                findings.add(Rule.BAD_VALUE, item.place(), "ceremonies", "a list that names each script once");
            }
            scripts.add(script);
        }
        return scripts;
    }

    private Plan.Document document(Node node) {
        Fields document = Fields.of(node, "a document", findings);
        String name = document.text("name", LINE);
        Ids.checkName(name, document.placeOf("name"), findings);
        var read = new Plan.Document(name, document.text("title", LINE));
        document.close();
        return read;
    }
}
