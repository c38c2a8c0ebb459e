package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.quorate.script.Rule;
import org.quorate.script.yaml.Node.Member;
import org.quorate.script.yaml.Node.Scalar;
import org.quorate.script.yaml.Node.ScalarType;
import org.quorate.script.yaml.References.Of;

/// An act or a step that is there once for each item of a list. It is unfolded while it is read, so that whoever
/// performs, prints or judges the script sees plain steps. The copies have the id of the file with the number of the
/// item.
final class Loop {
    private static final String KEY = "for_each";
    private static final int MAX_TEXT = 2 * StepReader.MAX_SAY;
    private static final Set<String> STEP_KEYS = Set.of("since", "result_of");

    private final Node.Mapping body;
    private final String name;
    private final List<Scalar> items;
    /// Ids of the steps inside, which name each other.
    private final Set<String> inside;

    private Loop(Node.Mapping body, String name, List<Scalar> items) {
        this.body = body;
        this.name = name;
        this.items = items;
        this.inside = steps(body).stream()
                .flatMap(step -> id(step).stream())
                .map(Scalar::text)
                .collect(Collectors.toSet());
    }

    /// Empty, with a finding, where the list is none.
    static Optional<Loop> of(
            Node.Mapping whole, Map<String, Parameter> parameters, References references, Findings findings) {
        var members = new LinkedHashMap<>(whole.members());
        Member said = members.remove(KEY);
        var body = new Node.Mapping(whole.place(), members);
        if (said == null) {
            return Optional.empty();
        }
        Fields loop = Fields.of(said.value(), KEY, findings);
        String of = loop.text("of", StepReader.MAX_TITLE);
        String name = loop.text("as", StepReader.MAX_TITLE);
        Ids.checkName(name, loop.placeOf("as"), findings);
        loop.close();
        references.use(Of.PARAMETER, of, loop.placeOf("of"));
        if (!of.isEmpty() && !references.isDefined(Of.PARAMETER, of)) {
            findings.add(
                    Rule.UNDEFINED_REFERENCE,
                    loop.placeOf("of"),
                    Of.PARAMETER.word(),
                    of,
                    String.join(", ", references.defined(Of.PARAMETER).keySet()));
        }
        Parameter list = parameters.get(of);
        if (list != null && !list.type().isList()) {
            findings.add(
                    Rule.PARAMETER_TYPE, loop.placeOf("of"), of, list.type().wire(), KEY, "list of string, list of …");
        }
        if (!name.isEmpty() && !names(body, "${" + name + "}")) {
            findings.add(Rule.UNUSED_DEFINITION, loop.placeOf("as"), "item", name);
        }
        for (Node.Mapping step : steps(body)) {
            Member inner = step.members().get(KEY);
            if (inner != null) {
                findings.add(Rule.LOOP_IN_A_LOOP, inner.keyPlace());
                return Optional.empty();
            }
        }
        return list == null || !list.type().isList() || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Loop(body, name, list.items()));
    }

    Optional<Scalar> id() {
        return id(body);
    }

    List<String> ids(String id) {
        return IntStream.rangeClosed(1, items.size())
                .mapToObj(number -> id + "-" + number)
                .toList();
    }

    /// How many steps it comes to.
    int unfolded() {
        return items.size() * Math.max(1, steps(body).size());
    }

    List<Node.Mapping> copies() {
        return IntStream.rangeClosed(1, items.size()).mapToObj(this::copy).toList();
    }

    private Node.Mapping copy(int number) {
        var members = new LinkedHashMap<String, Member>();
        body.members().forEach((key, member) -> {
            Node value = key.equals("steps") && member.value() instanceof Node.Sequence(var place, var list)
                    ? new Node.Sequence(
                            place,
                            list.stream().map(step -> numbered(step, number)).toList())
                    : member.value();
            members.put(key, new Member(member.keyPlace(), key.equals("id") ? suffixed(value, number) : value));
        });
        return (Node.Mapping) filled(new Node.Mapping(body.place(), members), items.get(number - 1));
    }

    /// A step of the act, with what names its siblings.
    private Node numbered(Node node, int number) {
        return switch (node) {
            case Node.Mapping(var place, var members) -> {
                var copied = new LinkedHashMap<String, Member>();
                members.forEach((key, member) -> {
                    Node value = member.value();
                    boolean namesStep = STEP_KEYS.contains(key) && isInside(value);
                    Node changed = key.equals("id") || namesStep
                            ? suffixed(value, number)
                            : key.equals("paths") ? paths(value, number) : value;
                    copied.put(key, new Member(member.keyPlace(), changed));
                });
                yield new Node.Mapping(place, copied);
            }
            case Node.Sequence _, Scalar _ -> node;
        };
    }

    private Node paths(Node node, int number) {
        return switch (node) {
            case Scalar scalar -> isInside(scalar) ? suffixed(scalar, number) : scalar;
            case Node.Sequence(var place, var list) ->
                new Node.Sequence(
                        place, list.stream().map(item -> paths(item, number)).toList());
            case Node.Mapping(var place, var members) -> {
                var copied = new LinkedHashMap<String, Member>();
                members.forEach((key, member) -> copied.put(
                        key,
                        key.equals("steps") || member.value() instanceof Node.Mapping
                                ? new Member(member.keyPlace(), paths(member.value(), number))
                                : member));
                yield new Node.Mapping(place, copied);
            }
        };
    }

    private boolean isInside(Node node) {
        return node instanceof Scalar scalar && inside.contains(scalar.text());
    }

    private static Node suffixed(Node node, int number) {
        return node instanceof Scalar(var place, var text, var type) && type == ScalarType.STRING
                ? new Scalar(place, text + "-" + number, type)
                : node;
    }

    private Node filled(Node node, Scalar item) {
        String wanted = "${" + name + "}";
        return switch (node) {
            case Scalar(var place, var text, var type)
            when text.equals(wanted) && type == ScalarType.STRING -> new Scalar(place, item.text(), item.type());
            // What is longer no key takes, and a short item must not make it longer still.
            case Scalar(var place, var text, var type)
            when type == ScalarType.STRING && text.length() <= MAX_TEXT ->
                new Scalar(place, text.replace(wanted, item.text()), type);
            case Scalar scalar -> scalar;
            case Node.Sequence(var place, var list) ->
                new Node.Sequence(
                        place, list.stream().map(one -> filled(one, item)).toList());
            case Node.Mapping(var place, var members) -> {
                var copied = new LinkedHashMap<String, Member>();
                members.forEach((key, member) ->
                        copied.put(key, new Member(member.keyPlace(), filled(member.value(), item))));
                yield new Node.Mapping(place, copied);
            }
        };
    }

    private static boolean names(Node node, String wanted) {
        return switch (node) {
            case Scalar scalar -> scalar.text().contains(wanted);
            case Node.Sequence sequence -> sequence.items().stream().anyMatch(item -> names(item, wanted));
            case Node.Mapping mapping ->
                mapping.members().values().stream().anyMatch(member -> names(member.value(), wanted));
        };
    }

    private static Optional<Scalar> id(Node.Mapping mapping) {
        Member id = mapping.members().get("id");
        return id != null && id.value() instanceof Scalar scalar ? Optional.of(scalar) : Optional.empty();
    }

    private static List<Node.Mapping> steps(Node.Mapping act) {
        Member steps = act.members().get("steps");
        var found = new ArrayList<Node.Mapping>();
        if (steps != null && steps.value() instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> {
                if (item instanceof Node.Mapping mapping) {
                    found.add(mapping);
                }
            });
        }
        return found;
    }
}
