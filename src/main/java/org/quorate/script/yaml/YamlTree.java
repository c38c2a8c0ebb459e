package org.quorate.script.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.quorate.script.Place;
import org.quorate.script.Rule;
import org.quorate.script.ScriptFormat;
import org.quorate.script.yaml.Node.Member;
import org.quorate.script.yaml.Node.ScalarType;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Bytes into nodes. It reads events one by one and stops at the first that passes a limit, so that a bomb is refused
/// before it has grown.
final class YamlTree {
    static final int MAX_DEPTH = 16;
    static final int MAX_NODES = 10_000;

    private final Findings findings;
    private final Iterator<Event> events;
    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
    private int nodes;

    private YamlTree(Findings findings, Iterator<Event> events) {
        this.findings = findings;
        this.events = events;
    }

    /// Empty where the text cannot be read further; the findings say why.
    static Optional<Node> parse(byte[] bytes, Findings findings) {
        if (bytes.length > ScriptFormat.MAX_BYTES) {
            findings.add(Rule.TOO_LARGE, Place.START, ScriptFormat.MAX_BYTES);
            return Optional.empty();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            findings.add(Rule.NOT_UTF_8, Place.START);
            return Optional.empty();
        }
        if (UnsafeCharacters.report(text, findings)) {
            return Optional.empty();
        }
        try {
            // One buffer for the whole text: refilling a small one copies it each time, which takes seconds for one
            // long comment.
            var settings = LoadSettings.builder()
                    .setBufferSize(text.length() + 1)
                    .setSchema(new CoreSchema())
                    .setUseMarks(true)
                    .build();
            var events = new ParserImpl(settings, new StreamReader(settings, text));
            return Optional.of(new YamlTree(findings, events).document());
        } catch (Refusal refusal) {
            findings.add(refusal.rule, refusal.place, refusal.value);
        } catch (MarkedYamlEngineException e) {
            findings.add(Rule.YAML_SYNTAX, place(e.getProblemMark()), String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            findings.add(Rule.YAML_SYNTAX, Place.START, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private Node document() {
        events.next();
        Event first = events.next();
        if (!(first instanceof DocumentStartEvent start)) {
            return new Node.Mapping(Place.START, new LinkedHashMap<>());
        }
        if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
            throw new Refusal(Rule.YAML_DIRECTIVE, place(first.getStartMark()), "");
        }
        Node root = node(events.next(), 1);
        events.next();
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw new Refusal(Rule.SEVERAL_DOCUMENTS, place(after.getStartMark()), "");
        }
        return root;
    }

    private Node node(Event event, int depth) {
        Place place = place(event.getStartMark());
        if (++nodes > MAX_NODES) {
            throw new Refusal(Rule.TOO_MANY_NODES, place, MAX_NODES);
        }
        if (depth > MAX_DEPTH) {
            throw new Refusal(Rule.TOO_DEEP, place, MAX_DEPTH);
        }
        if (event instanceof AliasEvent || ((NodeEvent) event).getAnchor().isPresent()) {
            throw new Refusal(Rule.YAML_ANCHOR, place, "");
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar, place);
            case SequenceStartEvent sequence -> sequence(sequence, place, depth);
            case MappingStartEvent mapping -> mapping(mapping, place, depth);
            default -> throw new IllegalStateException("the parser gave " + event + " where a node begins");
        };
    }

    private Node.Scalar scalar(ScalarEvent event, Place place) {
        refuseTag(event.getTag(), place);
        String text = event.getValue();
        UnsafeCharacters.first(text).ifPresent(found -> findings.add(Rule.UNSAFE_CHARACTER, place, found));
        Tag tag = event.isPlain() ? resolver.resolve(text, true) : Tag.STR;
        // The library has a tag of its own for ${name}, which YAML does not; nothing is read from the environment.
        ScalarType type = tag.equals(Tag.STR) || tag.equals(Tag.ENV_TAG)
                ? ScalarType.STRING
                : tag.equals(Tag.INT) ? ScalarType.INTEGER : ScalarType.OTHER;
        return new Node.Scalar(place, text, type);
    }

    private Node.Sequence sequence(SequenceStartEvent event, Place place, int depth) {
        refuseTag(event.getTag(), place);
        var items = new ArrayList<Node>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Node.Sequence(place, List.copyOf(items));
    }

    private Node.Mapping mapping(MappingStartEvent event, Place place, int depth) {
        refuseTag(event.getTag(), place);
        var members = new LinkedHashMap<String, Member>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Node key = node(next, depth + 1);
            Node value = node(events.next(), depth + 1);
            if (!(key instanceof Node.Scalar(var keyPlace, var name, var type)) || type != ScalarType.STRING) {
                findings.add(Rule.WRONG_TYPE, key.place(), "a key", "a name");
            } else if (members.putIfAbsent(name, new Member(keyPlace, value)) != null) {
                findings.add(Rule.DUPLICATE_KEY, keyPlace, name);
            }
        }
        return new Node.Mapping(place, members);
    }

    private static void refuseTag(Optional<String> tag, Place place) {
        if (tag.isPresent()) {
            throw new Refusal(Rule.YAML_TAG, place, tag.get());
        }
    }

    private static Place place(Optional<Mark> mark) {
        return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.START);
    }

    /// Ends the reading at once, from whatever depth.
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Rule rule;
        private final transient Place place;
        private final transient Object value;

        Refusal(Rule rule, Place place, Object value) {
            super(rule.id(), null, false, false);
            this.rule = rule;
            this.place = place;
            this.value = value;
        }
    }
}
