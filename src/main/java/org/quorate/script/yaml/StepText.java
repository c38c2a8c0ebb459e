package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A step as text, key by key, each with its lines as they stand in an item of a list that is not indented. Lines are
/// taken as they are written, so that the text of people keeps its shape.
///
/// @param keys the first line of each is what follows the name and its colon
record StepText(Map<String, List<String>> keys) {
    private static final Pattern KEY = Pattern.compile("(?:- | {2})([a-z_]+):(?: (.*))?");

    StepText {
        keys = new LinkedHashMap<>(keys);
    }

    static StepText of(String item) {
        var keys = new LinkedHashMap<String, List<String>>();
        List<String> last = new ArrayList<>();
        for (String line : item.lines().toList()) {
            Matcher key = KEY.matcher(line);
            if (key.matches()) {
                last = new ArrayList<>();
                last.add(key.group(2) == null ? "" : key.group(2));
                keys.put(key.group(1), last);
            } else {
                last.add(line);
            }
        }
        return new StepText(keys);
    }

    boolean has(String key) {
        return keys.containsKey(key);
    }

    /// Of a key whose value stands on its own line.
    Optional<String> value(String key) {
        return Optional.ofNullable(keys.get(key)).map(List::getFirst).filter(value -> !value.isEmpty());
    }

    StepText with(String key, String value) {
        var changed = new LinkedHashMap<>(keys);
        changed.put(key, List.of(value));
        return new StepText(changed);
    }

    StepText without(String key) {
        var changed = new LinkedHashMap<>(keys);
        changed.remove(key);
        return new StepText(changed);
    }

    /// Without the lines of a key that match.
    StepText without(String key, Pattern lines) {
        var changed = new LinkedHashMap<>(keys);
        changed.computeIfPresent(
                key,
                (name, before) -> before.stream()
                        .filter(line -> !lines.matcher(line).matches())
                        .toList());
        return new StepText(changed);
    }

    List<String> lines(int indentation) {
        String margin = " ".repeat(indentation);
        var lines = new ArrayList<String>();
        keys.forEach((key, value) -> {
            String first = value.getFirst();
            String head = (lines.isEmpty() ? "- " : "  ") + key + ":";
            lines.add(margin + (first.isEmpty() ? head : head + " " + first));
            value.stream().skip(1).forEach(line -> lines.add((margin + line).stripTrailing()));
        });
        return lines;
    }
}
