package org.quorate.script.difference;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Texts;
import org.quorate.hsm.KeySpec;
import org.quorate.quorum.Quorum;
import org.quorate.script.Act;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.StepKind;
import org.quorate.script.difference.Change.Part;
import org.quorate.script.difference.Change.Section;

/// A script as parts with fields of text, by the keys of the file. What kinds of steps hold is read off their records,
/// so that a new kind is compared in full without a word about it here.
record Outline(Map<Key, Element> elements) {

    record Key(Section section, String name) {}

    /// @param fields without those that are absent
    record Element(Part part, Map<String, String> fields) {}

    Part part(Section section, String name) {
        return Optional.ofNullable(elements.get(new Key(section, name)))
                .orElseThrow()
                .part();
    }

    static Outline of(Script script) {
        var outline = new Outline(new LinkedHashMap<>());
        outline.header(script);
        outline.document(script.document());
        script.cast()
                .roles()
                .forEach((name, role) -> outline.add(
                        Section.ROLE,
                        name,
                        Texts.get("diff.role", name),
                        fields().with("title", role.title())
                                .with("count", role.count())
                                .with("duty", role.duty())));
        script.cast()
                .quorums()
                .forEach((name, quorum) -> outline.add(
                        Section.QUORUM,
                        name,
                        Texts.get("diff.quorum", name),
                        fields().with("m", quorum.m())
                                .with("roles", String.join(", ", quorum.roles()))
                                .with("within_minutes", quorum.withinMinutes())));
        script.cast()
                .tokens()
                .forEach((name, token) -> outline.add(
                        Section.TOKEN,
                        name,
                        Texts.get("diff.token", name),
                        fields().with("title", token.title()).with("state", text(token.state()))));
        script.cast()
                .keys()
                .forEach((name, key) -> outline.add(
                        Section.KEY,
                        name,
                        Texts.get("diff.key", name),
                        fields().with("label", key.label())
                                .with("spec", key.spec().text())
                                .with("purpose", key.purpose().wire())
                                .with("cryptoperiod_years", key.years())));
        int number = 0;
        for (Act act : script.acts()) {
            number++;
            outline.add(
                    Section.ACT,
                    act.id(),
                    Texts.get("diff.act", number, act.title()),
                    fields().with("title", act.title()));
        }
        script.steps()
                .forEach(step -> outline.add(
                        Section.STEP,
                        step.id(),
                        Texts.get("diff.step", script.number(step), step.title()),
                        fields(step)));
        return outline;
    }

    private void header(Script script) {
        add(
                Section.HEADER,
                "",
                Texts.get("diff.header"),
                fields().with("id", script.id())
                        .with("version", script.version())
                        .with("title", script.title())
                        .with("kind", script.kind()));
    }

    private void document(Script.DocumentControl document) {
        add(
                Section.DOCUMENT,
                "",
                Texts.get("diff.document"),
                fields().with("owner", document.owner())
                        .with("reviewers", String.join(", ", document.reviewers()))
                        .with("approvers", String.join(", ", document.approvers()))
                        .with("approved_by", document.approvedBy().map(Outline::words))
                        .with("classification", document.classification())
                        .with("retention", document.retention())
                        .with("next_review", document.nextReview())
                        .with("repeat_months", document.repeatMonths().map(String::valueOf))
                        .with("implements", document.implementsPolicy()));
    }

    private static String words(Quorum quorum) {
        return Texts.get("diff.approved_by", quorum.m(), String.join(", ", quorum.roles()));
    }

    private void add(Section section, String name, String words, Fields fields) {
        elements.put(new Key(section, name), new Element(new Part(section, name, words), fields.values()));
    }

    private static Fields fields() {
        return new Fields(new LinkedHashMap<>());
    }

    private record Fields(Map<String, String> values) {
        Fields with(String key, Object value) {
            if (value instanceof Optional<?> optional) {
                optional.ifPresent(given -> values.put(key, text(given)));
            } else {
                values.put(key, text(value));
            }
            return this;
        }
    }

    private static Fields fields(Step step) {
        Step.Head head = step.head();
        Fields fields = fields().with("kind", StepKind.of(step))
                .with("title", head.title())
                .with("say", head.say())
                .with("by", head.by())
                .with("witnessed_by", head.witnessedBy())
                .with("minutes", head.minutes());
        for (RecordComponent component : step.getClass().getRecordComponents()) {
            if (!component.getName().equals("head")) {
                fields.with(snake(component.getName()), value(component, step));
            }
        }
        return fields;
    }

    private static Object value(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record answers what it holds: " + component, e);
        }
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String text(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Outline::text).collect(Collectors.joining(", "));
            case Optional<?> optional -> optional.map(Outline::text).orElse("–");
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case KeySpec spec -> spec.text();
            case Record record -> record(record);
            default -> value.toString();
        };
    }

    /// Such as `role: security_officer`.
    private static String record(Record record) {
        var parts = new ArrayList<String>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            parts.add(snake(component.getName()) + ": " + text(value(component, record)));
        }
        return String.join(", ", parts);
    }
}
