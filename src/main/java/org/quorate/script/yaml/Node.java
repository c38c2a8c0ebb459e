package org.quorate.script.yaml;

import java.util.List;
import java.util.Map;
import org.quorate.script.Place;

/// A piece of YAML that knows where it stands.
sealed interface Node {
    Place place();

    /// @param type what the text is by the core schema of YAML 1.2; quoted text is always a string
    record Scalar(Place place, String text, ScalarType type) implements Node {}

    record Sequence(Place place, List<Node> items) implements Node {}

    /// Members stand in the order of the file.
    record Mapping(Place place, Map<String, Member> members) implements Node {}

    record Member(Place keyPlace, Node value) {}

    enum ScalarType {
        STRING,
        INTEGER,
        OTHER
    }
}
