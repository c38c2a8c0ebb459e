package org.quorate.app.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.VisibleText;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.InspectedObject;
import org.quorate.hsm.Mechanism;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.Reading;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenState;

/// What a module shows: to people in columns, to programs as JSON or as CSV (RFC 4180).
///
/// @param extensions what the module can do beyond PKCS#11
/// @param emptySlots the slots without a token, as the module describes them
record InventoryPage(ModuleInfo module, List<String> extensions, List<String> emptySlots, List<Found> tokens) {
    private static final int NAMES = 14;
    /// A longer value is told by its length and digest: nobody reads it, and everybody can compare it.
    private static final int LONGEST = 96;

    private static final Set<String> TRUTH_VALUES =
            Stream.of(Attribute.values()).map(Attribute::cka).collect(Collectors.toUnmodifiableSet());
    /// In the line of the object already.
    private static final Set<String> SAID = Set.of("CKA_CLASS", "CKA_LABEL", "CKA_ID", "CKA_KEY_TYPE");

    /// A module that cannot be used, among others that can.
    record Silent(String path, Problem problem) {
        Json.Obj toJson() {
            return Json.obj()
                    .put("module", Json.obj().put("path", path).build())
                    .put("problem", problem.toJson())
                    .build();
        }

        List<String> lines() {
            var lines = new ArrayList<String>();
            lines.add("");
            problem.lines().forEach(line -> lines.addAll(Columns.wrapped("", line)));
            return lines;
        }
    }

    /// A token and what was seen on it.
    ///
    /// @param problem why nothing was
    record Found(
            TokenInfo token, List<Mechanism> mechanisms, List<InspectedObject> objects, Optional<Problem> problem) {
        private Json.Obj toJson() {
            Json.Obj seen = seen();
            return problem.map(why -> seen.with("problem", why.toJson())).orElse(seen);
        }

        private Json.Obj seen() {
            return token.toJson()
                    .with(
                            "mechanisms",
                            Json.array(
                                    mechanisms.stream().map(Mechanism::toJson).toList()))
                    .with(
                            "states",
                            Json.strings(token.states().stream()
                                    .map(TokenState::wire)
                                    .toList()))
                    .with(
                            "objects",
                            Json.array(objects.stream()
                                    .map(InspectedObject::toJson)
                                    .toList()));
        }
    }

    Json.Obj toJson() {
        return Json.obj()
                .put("module", module.toJson())
                .put("extensions", Json.strings(extensions))
                .put("empty_slots", Json.strings(emptySlots))
                .put("tokens", Json.array(tokens.stream().map(Found::toJson).toList()))
                .build();
    }

    Stream<Problem> problems() {
        return tokens.stream().flatMap(found -> found.problem().stream());
    }

    // ---- for people ----

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.addAll(Columns.wrapped(
                "",
                Texts.get(
                        "app.inventory.module",
                        seen(module.description()),
                        seen(module.manufacturer()),
                        module.version(),
                        module.cryptoki())));
        lines.addAll(Columns.wrapped("  ", module.path()));
        lines.addAll(Columns.wrapped("  ", "SHA-256 " + module.digest().grouped()));
        if (!extensions.isEmpty()) {
            lines.addAll(Columns.wrapped("  ", Texts.get("app.inventory.extensions", String.join(", ", extensions))));
        }
        if (tokens.isEmpty()) {
            lines.add(Texts.get("app.inventory.no_token"));
        }
        emptySlots.forEach(slot -> lines.addAll(Columns.wrapped("", Texts.get("app.inventory.empty", seen(slot)))));
        for (Found found : tokens) {
            lines.add("");
            lines.addAll(lines(found));
        }
        return lines;
    }

    private List<String> lines(Found found) {
        TokenInfo token = found.token();
        var lines = new ArrayList<String>();
        lines.addAll(Columns.wrapped(
                "",
                token.initialised()
                        ? Texts.get("app.inventory.token", token.slot(), label(token.label()), seen(token.serial()))
                        : Texts.get("app.inventory.uninitialised", token.slot())));
        lines.addAll(Columns.wrapped(
                "  ",
                Texts.get(
                        "app.inventory.device",
                        seen(token.manufacturer()),
                        seen(token.model()),
                        token.hardwareVersion(),
                        token.firmwareVersion(),
                        token.minPin(),
                        token.maxPin())));
        String states = token.states().stream().map(TokenState::text).collect(Collectors.joining(", "));
        if (!states.isEmpty()) {
            lines.addAll(Columns.wrapped("  ", states));
        }
        if (shared(other -> other.serial().equals(token.serial()), token)) {
            lines.addAll(Columns.wrapped("  ", Texts.get("app.inventory.same_serial")));
        }
        if (shared(other -> other.label().equals(token.label()), token)) {
            lines.addAll(Columns.wrapped("  ", Texts.get("app.inventory.same_label")));
        }
        found.problem().ifPresent(why -> why.lines().forEach(line -> lines.addAll(Columns.wrapped("  ", line))));
        if (tokens.size() == 1 && !found.mechanisms().isEmpty()) {
            lines.addAll(Columns.wrapped("  ", mechanisms(found.mechanisms())));
        }
        if (token.initialised() && found.objects().isEmpty() && found.problem().isEmpty()) {
            lines.add("  " + Texts.get("app.inventory.no_object"));
        }
        for (InspectedObject object : found.objects()) {
            lines.add("");
            lines.addAll(lines(object));
        }
        return lines;
    }

    private static String mechanisms(List<Mechanism> all) {
        String names = all.stream().map(InventoryPage::mechanism).collect(Collectors.joining(", "));
        return Texts.get("app.inventory.mechanisms", all.size(), names);
    }

    /// With the sizes of its keys, where it says them.
    private static String mechanism(Mechanism one) {
        String name = one.name().replaceFirst("^CKM_", "");
        if (one.maxKeySize() <= 0) {
            return name;
        }
        return one.minKeySize() == one.maxKeySize()
                ? name + " " + one.maxKeySize()
                : name + " " + one.minKeySize() + "\u2013" + one.maxKeySize();
    }

    private boolean shared(Predicate<TokenInfo> same, TokenInfo token) {
        return token.initialised()
                && tokens.stream()
                                .map(Found::token)
                                .filter(TokenInfo::initialised)
                                .filter(same)
                                .count()
                        > 1;
    }

    private static List<String> lines(InspectedObject object) {
        var lines = new ArrayList<String>();
        lines.addAll(Columns.wrapped(
                "  ",
                Texts.get(
                        "app.inventory.object",
                        object.value("CKA_CLASS").orElse(object.object().kind().cko()),
                        label(object.object().label()),
                        object.key().map(key -> ", " + key).orElse(""))));
        lines.addAll(named("id", object.id().isEmpty() ? Texts.get("app.inventory.none") : object.id()));
        List<Reading> reported = object.of(Reading.State.REPORTED);
        lines.addAll(names("true", reported.stream().filter(r -> isTruth(r, "true"))));
        lines.addAll(names("false", reported.stream().filter(r -> isTruth(r, "false"))));
        reported.stream()
                .filter(r -> !TRUTH_VALUES.contains(r.attribute()) && !SAID.contains(r.attribute()))
                .filter(r -> !r.value().isEmpty())
                .forEach(r -> lines.addAll(named("value", r.attribute() + " " + value(r.value()))));
        lines.addAll(names("withheld", object.of(Reading.State.WITHHELD).stream()));
        lines.addAll(names("given_out", object.of(Reading.State.GIVEN_OUT).stream()));
        // Of the hundred that are asked for, most belong to other kinds of objects.
        lines.addAll(names(
                "not_reported",
                object.of(Reading.State.NOT_REPORTED).stream().filter(r -> TRUTH_VALUES.contains(r.attribute()))));
        return lines;
    }

    private static boolean isTruth(Reading reading, String value) {
        return TRUTH_VALUES.contains(reading.attribute()) && reading.value().equals(value);
    }

    private static List<String> names(String key, Stream<Reading> readings) {
        String names = readings.map(reading -> reading.attribute().substring("CKA_".length()))
                .collect(Collectors.joining(" "));
        return names.isEmpty() ? List.of() : named(key, names);
    }

    private static List<String> named(String key, String text) {
        return Columns.named("    ", Texts.get("app.inventory.column." + key), NAMES, text);
    }

    private static String value(String value) {
        if (value.length() <= LONGEST) {
            return seen(value);
        }
        byte[] bytes = value.matches("([0-9a-f]{2})+")
                ? HexFormat.of().parseHex(value)
                : value.getBytes(StandardCharsets.UTF_8);
        return Texts.get(
                "app.inventory.long_value", bytes.length, Digest.of(bytes).grouped());
    }

    private static String label(String label) {
        return label.isBlank() ? Texts.get("app.inventory.no_label") : "\"" + seen(label) + "\"";
    }

    private static String seen(String text) {
        return VisibleText.of(text);
    }

    // ---- for tables ----

    /// One line an attribute, under a line with the names of the columns.
    static String csv(List<InventoryPage> pages) {
        var csv = new StringBuilder();
        row(csv, "module", "slot", "token", "serial", "class", "label", "id", "attribute", "state", "value");
        pages.forEach(page -> page.rows(csv));
        return csv.toString();
    }

    private void rows(StringBuilder csv) {
        for (Found found : tokens) {
            for (InspectedObject object : found.objects()) {
                for (Reading reading : object.readings()) {
                    row(
                            csv,
                            module.path(),
                            String.valueOf(found.token().slot()),
                            found.token().label(),
                            found.token().serial(),
                            object.value("CKA_CLASS").orElse(""),
                            object.object().label(),
                            object.id(),
                            reading.attribute(),
                            reading.state().wire(),
                            reading.value());
                }
            }
        }
    }

    private static void row(StringBuilder csv, String... fields) {
        csv.append(Stream.of(fields).map(InventoryPage::field).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String field(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
