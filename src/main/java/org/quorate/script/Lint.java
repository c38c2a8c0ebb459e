package org.quorate.script;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Judges a script whose form is right: each definition and step by itself, then the whole of it in order, on every
/// course that people can decide on. What the script waives is still said, as waived.
public final class Lint {
    private Lint() {}

    /// Findings in the order of the file.
    public static List<Finding> check(Script script, Places places) {
        List<Finding> found = Stream.concat(
                        Rules.ALL.stream().flatMap(rule -> rule.check(script, places)),
                        Play.of(script, places).stream())
                .toList();
        return Waivers.applied(script, places, found).stream()
                .sorted(Comparator.comparing(Finding::place))
                .toList();
    }
}
