package org.quorate.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Fingerprints;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;

/// Reads the machine, the module and the tokens from what was observed; the newest observation counts.
final class EquipmentReader {
    private final Story story;
    private final Optional<Json.Obj> site;

    EquipmentReader(Story story, Artefacts artefacts) {
        this.story = story;
        site = artefacts
                .get(Digest.fromArtefactName(story.open().data().string("site")))
                .flatMap(EquipmentReader::parse);
    }

    private static Optional<Json.Obj> parse(byte[] profile) {
        try {
            return Optional.of(Json.parseObject(profile));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    Equipment equipment() {
        return new Equipment(
                newest("workstation").map(this::workstation).orElse(List.of()),
                newest("clock").map(EquipmentReader::clock).orElse(List.of()),
                modules(),
                tokens());
    }

    private Optional<Json.Obj> newest(String name) {
        return story.observations(name)
                .reduce((first, second) -> second)
                .flatMap(entry -> entry.data().optionalObject("detail"));
    }

    private List<Equipment.Fact> workstation(Json.Obj detail) {
        var facts = new Facts(detail, "workstation");
        facts.text("machine")
                .text("os")
                .text("kernel")
                .text("java")
                .text("program")
                .hex("program_digest");
        if (detail.has("interfaces")) {
            facts.add("interfaces", interfaces(detail.objects("interfaces")));
        }
        return facts.text("swap").list();
    }

    private static String interfaces(List<Json.Obj> interfaces) {
        return interfaces.isEmpty()
                ? Texts.get("record.workstation.interfaces.none")
                : interfaces.stream()
                        .map(one -> Texts.get(
                                one.bool("up")
                                        ? "record.workstation.interface.up"
                                        : "record.workstation.interface.down",
                                one.string("name")))
                        .collect(Collectors.joining(", "));
    }

    private static List<Equipment.Fact> clock(Json.Obj detail) {
        return new Facts(detail, "clock")
                .text("console")
                .text("reference")
                .millis("offset_ms")
                .millis("uncertainty_ms")
                .list();
    }

    /// Each once, in the order in which they were met.
    private List<List<Equipment.Fact>> modules() {
        return story.observations("module")
                .flatMap(entry -> entry.data().optionalObject("detail").stream())
                .map(EquipmentReader::module)
                .distinct()
                .toList();
    }

    private static List<Equipment.Fact> module(Json.Obj detail) {
        return new Facts(detail, "module")
                .text("path")
                .hex("sha256")
                .text("cryptoki")
                .text("manufacturer")
                .text("description")
                .text("version")
                .list();
    }

    private List<Equipment.TokenFacts> tokens() {
        var newestByRole = new LinkedHashMap<String, Json.Obj>();
        story.observations("token")
                .forEach(entry -> entry.data().optionalObject("detail").ifPresent(detail -> {
                    newestByRole.put(detail.string("role"), detail);
                }));
        return newestByRole.entrySet().stream()
                .map(token -> token(token.getKey(), token.getValue()))
                .toList();
    }

    private Equipment.TokenFacts token(String role, Json.Obj detail) {
        return new Equipment.TokenFacts(
                role,
                new Facts(detail, "token")
                        .text("serial")
                        .text("label")
                        .text("manufacturer")
                        .text("model")
                        .text("hardware_version")
                        .text("firmware_version")
                        .text("slot")
                        .list(),
                detail.has("flags") ? new HashSet<>(detail.strings("flags")) : new HashSet<>(),
                site.flatMap(profile -> profile.optionalObject("tokens"))
                        .flatMap(tokens -> tokens.optionalObject(role))
                        .flatMap(token -> token.optionalString("certificate_number")),
                new Equipment.Examined(
                        details("mechanisms", role)
                                .reduce((first, second) -> second)
                                .map(all -> all.objects("mechanisms")),
                        new Equipment.Objects(objects(role, "before"), objects(role, "after")),
                        details("admission", role)
                                .reduce((first, second) -> second)
                                .map(EquipmentReader::admission)
                                .orElse(List.of()),
                        health(role)));
    }

    private Stream<Json.Obj> details(String name, String role) {
        return story.observations(name)
                .map(Entry::data)
                .flatMap(data -> data.optionalObject("detail").stream())
                .filter(detail -> detail.optionalString("role").equals(Optional.of(role)));
    }

    /// Before is what was found first, after what was found last.
    private Optional<List<String>> objects(String role, String when) {
        return details("objects", role)
                .filter(detail -> detail.string("when").equals(when))
                .reduce((first, second) -> when.equals("before") ? first : second)
                .map(detail -> detail.objects("objects").stream()
                        .map(object -> Texts.get(
                                "record.token.object",
                                object.string("class"),
                                object.optionalString("label").orElse(""),
                                Fingerprints.groups(
                                        object.optionalString("cka_id").orElse(""))))
                        .toList());
    }

    private Equipment.Health health(String role) {
        return new Equipment.Health(
                newest("random_tests", role, "tests")
                        .map(test -> new Equipment.Trial(
                                test.string("test").replace('_', ' '),
                                test.string("found"),
                                Texts.get("record.health.limit", test.string("limit"), test.string("source")),
                                test.bool("passed")))
                        .toList(),
                newest("denied_operations", role, "operations")
                        .map(one ->
                                new Equipment.Trial(one.string("text"), one.string("answer"), "", one.bool("denied")))
                        .toList(),
                newest("latencies", role, "operations")
                        .map(one -> new Equipment.Speed(
                                one.string("text"),
                                one.integer("calls"),
                                one.integer("per_second"),
                                List.of(one.integer("p50_us"), one.integer("p95_us"), one.integer("p99_us")),
                                integers(one.array("histogram"))))
                        .toList());
    }

    private static List<Long> integers(List<Json> items) {
        return items.stream()
                .map(item -> item instanceof Json.Int(var value) ? value : 0L)
                .toList();
    }

    private Stream<Json.Obj> newest(String name, String role, String list) {
        return details(name, role).reduce((first, second) -> second).stream()
                .flatMap(detail -> detail.objects(list).stream());
    }

    private static List<Equipment.Admission> admission(Json.Obj detail) {
        return detail.objects("findings").stream()
                .map(finding -> new Equipment.Admission(
                        finding.string("name"),
                        finding.string("verdict"),
                        finding.optionalString("detail").orElse("")))
                .toList();
    }

    /// Collects the members that are there, each under its label of the bundle.
    private static final class Facts {
        private final Json.Obj detail;
        private final String group;
        private final List<Equipment.Fact> facts = new ArrayList<>();

        Facts(Json.Obj detail, String group) {
            this.detail = detail;
            this.group = group;
        }

        Facts text(String key) {
            return value(key, false);
        }

        Facts hex(String key) {
            return value(key, true);
        }

        Facts millis(String key) {
            if (detail.get(key).orElse(new Json.Null()) instanceof Json.Int(var value)) {
                add(key, Texts.get("record.duration.ms", value));
            }
            return this;
        }

        Facts add(String key, String value) {
            facts.add(new Equipment.Fact(Texts.get("record." + group + "." + key), value, false));
            return this;
        }

        private Facts value(String key, boolean hex) {
            detail.get(key)
                    .map(Plain::text)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(
                            text -> facts.add(new Equipment.Fact(Texts.get("record." + group + "." + key), text, hex)));
            return this;
        }

        List<Equipment.Fact> list() {
            return facts;
        }
    }
}
