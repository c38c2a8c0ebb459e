package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quorate.script.Place;
import org.quorate.script.Rule;

/// What is defined and what is used. Both ways must agree: a name without definition cannot be performed, and a
/// definition that nothing uses tells reviewers of something that will not happen.
final class References {
    enum Of {
        ROLE,
        QUORUM,
        TOKEN,
        KEY,
        PARAMETER,
        ACT,
        STEP;

        String word() {
            return switch (this) {
                case ROLE -> "role";
                case QUORUM -> "quorum";
                case TOKEN -> "token";
                case KEY -> "key";
                case PARAMETER -> "parameter";
                case ACT -> "act";
                case STEP -> "step";
            };
        }
    }

    private record Use(Of of, String name, Place place) {}

    private final Map<Of, Map<String, Place>> definitions = new EnumMap<>(Of.class);
    private final List<Use> uses = new ArrayList<>();

    References() {
        for (Of of : Of.values()) {
            definitions.put(of, new LinkedHashMap<>());
        }
    }

    void define(Of of, String name, Place place) {
        defined(of).put(name, place);
    }

    boolean isDefined(Of of, String name) {
        return defined(of).containsKey(name);
    }

    /// An empty name stands for one that could not be read, which has its own finding.
    void use(Of of, String name, Place place) {
        if (!name.isEmpty()) {
            uses.add(new Use(of, name, place));
        }
    }

    Map<String, Place> defined(Of of) {
        return definitions.computeIfAbsent(of, key -> new LinkedHashMap<>());
    }

    void report(Findings findings) {
        var used = new EnumMap<Of, Set<String>>(Of.class);
        for (Use use : uses) {
            used.computeIfAbsent(use.of(), of -> new HashSet<>()).add(use.name());
            if (!isDefined(use.of(), use.name())) {
                findings.add(
                        Rule.UNDEFINED_REFERENCE,
                        use.place(),
                        use.of().word(),
                        use.name(),
                        String.join(", ", defined(use.of()).keySet()));
            }
        }
        definitions.forEach((of, names) -> names.forEach((name, place) -> {
            // Acts and steps are there to be performed, whether or not another step names them.
            if (of != Of.STEP
                    && of != Of.ACT
                    && !used.getOrDefault(of, Set.of()).contains(name)) {
                findings.add(Rule.UNUSED_DEFINITION, place, of.word(), name);
            }
        }));
    }
}
