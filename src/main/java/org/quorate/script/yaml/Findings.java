package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.quorate.script.Finding;
import org.quorate.script.Place;
import org.quorate.script.Rule;

/// Everything found wrong in one file so far; reading goes on after a finding, so that a person sees them all at once.
final class Findings {
    private final String file;
    private final List<Finding> list = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    void add(Rule rule, Place place, Object... values) {
        list.add(rule.at(file, place, values));
    }

    /// What is wrong in another file that this one is made of.
    void addAll(Findings others) {
        list.addAll(others.list);
    }

    int count() {
        return list.size();
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<Finding> inOrder() {
        return list.stream()
                .distinct()
                .sorted(Comparator.comparing(
                                (Finding finding) -> !finding.file().equals(file))
                        .thenComparing(Finding::file)
                        .thenComparing(Finding::place))
                .toList();
    }
}
