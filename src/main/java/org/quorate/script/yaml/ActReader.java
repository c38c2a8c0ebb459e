package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.script.Act;
import org.quorate.script.Part;
import org.quorate.script.Parts;
import org.quorate.script.Place;
import org.quorate.script.Rule;
import org.quorate.script.Step;
import org.quorate.script.yaml.References.Of;

/// The acts of a script, put together: those that stand in it, those that it uses from files of their own, and as many
/// copies as a list has items of what `for_each` is said of.
final class ActReader {
    /// Nobody holds a ceremony of that many steps, whatever a small file unfolds to.
    static final int MAX_STEPS = 1000;

    static final int MAX_PARTS = 20;
    private static final String FOLDER = "parts/";
    private static final Pattern PART_FILE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*\\.yaml");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final String file;
    private final Findings findings;
    private final References references;
    private final Map<String, Parameter> parameters;
    private final Parts parts;
    private final StepReader steps;
    private final Set<String> ids = new HashSet<>();
    private final List<Act> acts = new ArrayList<>();
    /// The ids of the copies of an act or step, by the id that it has in the file.
    private final Map<String, List<String>> copiedActs = new HashMap<>();

    private final Map<String, List<String>> copiedSteps = new HashMap<>();
    private int count;
    private int used;
    private boolean whole = true;

    ActReader(String file, Findings findings, References references, Map<String, Parameter> parameters, Parts parts) {
        this.file = file;
        this.findings = findings;
        this.references = references;
        this.parameters = parameters;
        this.parts = parts;
        this.steps = new StepReader(findings, references, parameters);
    }

    /// Whether everything was read that the script is made of.
    boolean whole() {
        return whole;
    }

    List<Act> read(List<Node> nodes) {
        for (Node node : nodes) {
            act(node);
        }
        return acts.stream()
                .map(act -> new Act(
                        act.id(),
                        act.title(),
                        act.steps().stream().map(this::withCopies).toList(),
                        act.from()))
                .toList();
    }

    private void act(Node node) {
        if (node instanceof Node.Mapping mapping && mapping.members().containsKey("use")) {
            use(new Fields(mapping, findings));
        } else if (node instanceof Node.Mapping mapping && mapping.members().containsKey("for_each")) {
            copies(mapping, copiedActs, Of.ACT).forEach(this::written);
        } else {
            written(node);
        }
    }

    // ---- acts of the script ----

    private void written(Node node) {
        if (count > MAX_STEPS) {
            return;
        }
        Fields act = Fields.of(node, "an act", findings);
        String id = act.text("id", StepReader.MAX_TITLE);
        Ids.checkId(id, act.placeOf("id"), findings);
        define(id, act.placeOf("id"));
        String title = act.text("title", StepReader.MAX_TITLE);
        var list = new ArrayList<Step>();
        for (Node step : act.list("steps")) {
            if (step instanceof Node.Mapping mapping && mapping.members().containsKey("for_each")) {
                copies(mapping, copiedSteps, Of.STEP).forEach(copy -> step(copy, list));
            } else {
                step(step, list);
            }
        }
        act.close();
        acts.add(new Act(id, title, list));
    }

    private void step(Node node, List<Step> list) {
        if (counted(1, node.place())) {
            steps.read(node).ifPresent(list::add);
        }
    }

    private boolean counted(int further, Place place) {
        boolean fits = fits(further, place);
        count += further;
        return fits;
    }

    private boolean fits(int further, Place place) {
        if (count <= MAX_STEPS && count + further > MAX_STEPS) {
            findings.add(Rule.TOO_MANY_STEPS, place, MAX_STEPS);
            whole = false;
        }
        return count + further <= MAX_STEPS;
    }

    private void define(String id, Place place) {
        if (!id.isEmpty() && !ids.add(id)) {
            findings.add(Rule.DUPLICATE_ID, place, "act", id);
        }
        references.define(Of.ACT, id, place);
    }

    // ---- loops ----

    private List<Node.Mapping> copies(Node.Mapping body, Map<String, List<String>> copied, Of of) {
        Optional<Loop> loop = Loop.of(body, parameters, references, findings);
        if (loop.isEmpty()) {
            whole = false;
            return List.of();
        }
        // Counted before anything is copied: a small file that unfolds to a large script costs no more than it is long.
        if (!fits(loop.get().unfolded(), body.place())) {
            count += loop.get().unfolded();
            return List.of();
        }
        loop.get().id().ifPresent(id -> {
            copied.put(id.text(), loop.get().ids(id.text()));
            if (references.isDefined(of, id.text())) {
                findings.add(Rule.DUPLICATE_ID, id.place(), of.word(), id.text());
            }
            // Paths may name all copies by the id that stands in the file.
            references.define(of, id.text(), id.place());
        });
        return loop.get().copies();
    }

    /// Paths name the copies and not what stands in the file once.
    private Step withCopies(Step step) {
        if (!(step instanceof Step.Decide decision)) {
            return step;
        }
        return decision.with(decision.paths().stream()
                .map(path -> new Step.Decide.Path(
                        path.name(),
                        path.label(),
                        unfolded(path.acts(), copiedActs),
                        unfolded(path.steps(), copiedSteps)))
                .toList());
    }

    private static List<String> unfolded(List<String> named, Map<String, List<String>> copied) {
        return named.stream()
                .flatMap(id -> copied.getOrDefault(id, List.of(id)).stream())
                .toList();
    }

    // ---- acts of other files ----

    private void use(Fields act) {
        Fields use = act.required("use")
                .map(node -> Fields.of(node, "use", findings))
                .orElse(act);
        act.close();
        String name = use.text("file", StepReader.MAX_TITLE);
        String digest = use.text("digest", StepReader.MAX_TITLE);
        use.close();
        Optional<PartReader.PartAct> read = Optional.empty();
        Optional<byte[]> bytes = Optional.empty();
        if (wellNamed(name, digest, use) && ++used <= MAX_PARTS) {
            bytes = approved(name, digest, use);
            read = bytes.flatMap(found -> part(name, found));
        } else if (used == MAX_PARTS + 1) {
            findings.add(Rule.TOO_MANY_PARTS, act.place(), MAX_PARTS);
        }
        if (read.isEmpty() || bytes.isEmpty()) {
            whole = false;
            return;
        }
        compose(read.get(), new Part(name, bytes.get()), act.place());
    }

    private boolean wellNamed(String name, String digest, Fields use) {
        int before = findings.count();
        if (!name.isEmpty() && !PART_FILE.matcher(name).matches()) {
            findings.add(
                    Rule.BAD_VALUE,
                    use.placeOf("file"),
                    "file",
                    "the name of a file in the folder parts beside the script, such as opening.yaml");
        }
        if (!digest.isEmpty() && !DIGEST.matcher(digest).matches()) {
            findings.add(Rule.BAD_VALUE, use.placeOf("digest"), "digest", "the SHA-256 of the file, 64 digits in hex");
        }
        return findings.count() == before && !name.isEmpty() && !digest.isEmpty();
    }

    /// Nothing of a file is read that is not the one which was approved.
    private Optional<byte[]> approved(String name, String digest, Fields use) {
        Optional<byte[]> bytes = parts.find(name, new Digest(digest));
        if (bytes.isEmpty()) {
            findings.add(Rule.PART_MISSING, use.placeOf("file"), name);
            return Optional.empty();
        }
        String found = Digest.of(bytes.get()).hex();
        if (!found.equals(digest)) {
            findings.add(Rule.PART_DIGEST_DIFFERS, use.placeOf("digest"), name, found, digest);
            return Optional.empty();
        }
        return bytes;
    }

    private Optional<PartReader.PartAct> part(String name, byte[] bytes) {
        var own = new Findings(file.substring(0, file.lastIndexOf('/') + 1) + FOLDER + name);
        Optional<Node> root = YamlTree.parse(bytes, own);
        Optional<PartReader.PartAct> read = Optional.empty();
        if (root.isPresent() && PartReader.isPart(root.get())) {
            read = Optional.of(new PartReader(own, parameters).read(root.get()));
        } else if (root.isPresent()) {
            Fields header = Fields.of(root.get(), "the part", own);
            own.add(
                    Rule.UNKNOWN_FORMAT,
                    header.placeOf("format"),
                    header.has("format") ? header.text("format", StepReader.MAX_TITLE) : "",
                    PartReader.FORMAT);
        }
        findings.addAll(own);
        return own.isEmpty() ? read : Optional.empty();
    }

    private void compose(PartReader.PartAct act, Part part, Place place) {
        PartReader.use(act, part.file(), place, references, findings);
        define(act.id(), place);
        for (Step step : act.steps()) {
            if (references.isDefined(Of.STEP, step.id())) {
                findings.add(Rule.DUPLICATE_ID, place, "step", step.id());
            }
            references.define(Of.STEP, step.id(), place);
        }
        if (counted(act.steps().size(), place)) {
            acts.add(new Act(act.id(), act.title(), act.steps(), Optional.of(part)));
        }
    }
}
