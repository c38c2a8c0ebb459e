package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.script.Place;
import org.quorate.script.Rule;

/// One mapping of the file, read key by key. What is missing or of the wrong type becomes a finding and a harmless
/// stand-in, so that reading goes on; what nobody asked for is a finding on [#close].
final class Fields {
    private final Node.Mapping mapping;
    private final Findings findings;
    private final Set<String> asked = new LinkedHashSet<>();

    Fields(Node.Mapping mapping, Findings findings) {
        this.mapping = mapping;
        this.findings = findings;
    }

    /// The mapping at `node`, or an empty one with a finding.
    static Fields of(Node node, String what, Findings findings) {
        if (node instanceof Node.Mapping mapping) {
            return new Fields(mapping, findings);
        }
        findings.add(Rule.WRONG_TYPE, node.place(), what, "a mapping (name: value)");
        return new Fields(new Node.Mapping(node.place(), Map.of()), new Findings(""));
    }

    Place place() {
        return mapping.place();
    }

    boolean has(String key) {
        return mapping.members().containsKey(key);
    }

    Place placeOf(String key) {
        Node.Member member = mapping.members().get(key);
        return member == null ? place() : member.value().place();
    }

    /// The value of a key that must be there; `absent` is the rule that its absence breaks.
    Optional<Node> required(String key, Rule absent) {
        Optional<Node> value = optional(key);
        if (value.isEmpty()) {
            findings.add(absent, place(), key);
        }
        return value;
    }

    Optional<Node> required(String key) {
        return required(key, Rule.MISSING_KEY);
    }

    Optional<Node> optional(String key) {
        asked.add(key);
        return Optional.ofNullable(mapping.members().get(key)).map(Node.Member::value);
    }

    /// A text that is not blank, at most `max` characters long, of one line.
    String text(String key, int max) {
        return required(key).map(node -> text(key, node, max)).orElse("");
    }

    String text(String key, Node node, int max) {
        return checked(key, node, max, false);
    }

    /// As [#text(String, int)], but of any number of lines.
    String prose(String key, int max) {
        return required(key).map(node -> checked(key, node, max, true)).orElse("");
    }

    private String checked(String key, Node node, int max, boolean lines) {
        if (!(node instanceof Node.Scalar(var place, var text, var type)) || type != Node.ScalarType.STRING) {
            findings.add(Rule.WRONG_TYPE, node.place(), key, "a text; put it between quotation marks");
            return "";
        }
        if (text.isBlank() || !text.equals(text.strip())) {
            findings.add(Rule.BAD_VALUE, place, key, "a text that neither is blank nor begins or ends with a space");
        } else if (text.length() > max) {
            findings.add(Rule.BAD_VALUE, place, key, "at most " + max + " characters");
        } else if (text.contains("${")) {
            findings.add(Rule.BAD_VALUE, place, key, "a text without ${…}, which only the for_each around it can fill");
        } else if (!lines && (text.indexOf('\n') >= 0 || text.indexOf('\t') >= 0)) {
            findings.add(Rule.BAD_VALUE, place, key, "a text of one line");
        } else {
            return text;
        }
        return "";
    }

    /// An integer of a range; outside it `outside` is broken and the least value stands in.
    int integer(String key, int min, int max, Rule outside) {
        return required(key).map(node -> integer(key, node, min, max, outside)).orElse(min);
    }

    int integer(String key, Node node, int min, int max, Rule outside) {
        if (!(node instanceof Node.Scalar(var place, var text, var type))
                || type != Node.ScalarType.INTEGER
                || !text.matches("-?[0-9]{1,9}")) {
            findings.add(Rule.WRONG_TYPE, node.place(), key, "an integer");
            return min;
        }
        int value = Integer.parseInt(text);
        if (value < min || value > max) {
            findings.add(outside, place, key, "an integer from " + min + " to " + max);
            return min;
        }
        return value;
    }

    List<Node> list(String key) {
        return required(key).map(node -> list(key, node)).orElse(List.of());
    }

    List<Node> list(String key, Node node) {
        if (!(node instanceof Node.Sequence(var place, var items))) {
            findings.add(Rule.WRONG_TYPE, node.place(), key, "a list");
            return List.of();
        }
        if (items.isEmpty()) {
            findings.add(Rule.BAD_VALUE, place, key, "a list that is not empty");
        }
        return items;
    }

    List<String> texts(String key, int max) {
        return required(key).map(node -> texts(key, node, max)).orElse(List.of());
    }

    List<String> texts(String key, Node node, int max) {
        var texts = new ArrayList<String>();
        for (Node item : list(key, node)) {
            texts.add(text(key, item, max));
        }
        return texts;
    }

    /// The mappings under a key, each by the name it is defined under.
    Map<String, Fields> named(String key, boolean mayBeAbsent) {
        Optional<Node> node = mayBeAbsent ? optional(key) : required(key);
        var named = new LinkedHashMap<String, Fields>();
        if (node.isEmpty()) {
            return named;
        }
        if (!(node.get() instanceof Node.Mapping(var place, var members))) {
            findings.add(Rule.WRONG_TYPE, node.get().place(), key, "a mapping (name: value)");
            return named;
        }
        if (members.isEmpty()) {
            findings.add(Rule.BAD_VALUE, place, key, "a mapping that is not empty");
        }
        members.forEach((name, member) -> {
            Ids.checkName(name, member.keyPlace(), findings);
            if (member.value() instanceof Node.Mapping own) {
                named.put(name, new Fields(new Node.Mapping(member.keyPlace(), own.members()), findings));
            } else {
                findings.add(Rule.WRONG_TYPE, member.value().place(), name, "a mapping (name: value)");
            }
        });
        return named;
    }

    /// Names every key that nothing has read.
    void close() {
        mapping.members().forEach((key, member) -> {
            if (!asked.contains(key)) {
                findings.add(Rule.UNKNOWN_KEY, member.keyPlace(), key, String.join(", ", asked));
            }
        });
    }
}
