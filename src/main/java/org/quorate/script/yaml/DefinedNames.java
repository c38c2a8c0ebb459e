package org.quorate.script.yaml;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.script.yaml.Node.Mapping;
import org.quorate.script.yaml.Node.Scalar;
import org.quorate.script.yaml.Node.Sequence;
import org.quorate.script.yaml.References.Of;

/// The names that a text defines, or that a part expects; none where it is no YAML at the moment.
final class DefinedNames {
    private static final Map<Of, String> SECTIONS = Map.of(
            Of.ROLE, "roles", Of.QUORUM, "quorums", Of.TOKEN, "tokens", Of.KEY, "keys", Of.PARAMETER, "parameters");

    private final Optional<Mapping> head;

    private DefinedNames(Optional<Mapping> head) {
        this.head = head;
    }

    static DefinedNames of(String text) {
        Optional<Mapping> root = YamlTree.parse(text.getBytes(StandardCharsets.UTF_8), new Findings(""))
                .flatMap(DefinedNames::mapping);
        return new DefinedNames(root.filter(PartReader::isPart)
                .map(part -> member(part, "expects").flatMap(DefinedNames::mapping))
                .orElse(root));
    }

    /// In the order of the text.
    List<String> names(Of of) {
        return head.flatMap(mapping -> member(mapping, SECTIONS.getOrDefault(of, "")))
                .map(section -> switch (section) {
                    case Mapping(var _, var members) -> List.copyOf(members.keySet());
                    case Sequence(var _, var items) ->
                        items.stream()
                                .filter(Scalar.class::isInstance)
                                .map(item -> ((Scalar) item).text())
                                .toList();
                    case Scalar _ -> List.<String>of();
                })
                .orElse(List.of());
    }

    private static Optional<Mapping> mapping(Node node) {
        return node instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    private static Optional<Node> member(Mapping mapping, String key) {
        return Optional.ofNullable(mapping.members().get(key)).map(Node.Member::value);
    }
}
