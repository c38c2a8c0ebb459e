package org.quorate.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.quorate.base.Json;
import org.quorate.base.JsonException;

/// Says which rule a body breaks that the quick reading did not accept.
final class BodyDoubt {
    private static final Set<String> FIELDS =
            Set.of("boot", "cer", "data", "led", "prev", "run", "seq", "step", "ts", "type", "up_us", "v");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private BodyDoubt() {}

    static BrokenEntryException explain(byte[] body) {
        Json.Obj fields;
        try {
            fields = Json.parseCanonicalObject(body);
        } catch (JsonException e) {
            return new BrokenEntryException(Rule.ENTRY_FORM, "canonical JSON", String.valueOf(e.getMessage()));
        }
        if (!fields.members().keySet().equals(FIELDS)) {
            return fields(
                    "the fields " + new TreeSet<>(FIELDS),
                    fields.members().keySet().toString());
        }
        return wrongField(fields)
                .or(() -> wrongTime(fields))
                .or(() -> wrongType(fields))
                .orElseGet(() -> new BrokenEntryException(Rule.ENTRY_FORM, "an entry", "something else"));
    }

    private static Optional<BrokenEntryException> wrongField(Json.Obj of) {
        if (!(of.get("v").orElseThrow() instanceof Json.Int(var version)) || version != 1) {
            return wrong(of, "v", "1");
        }
        for (String key : new String[] {"boot", "led", "run"}) {
            if (!isText(of, key, UUID)) {
                return wrong(of, key, "a UUID in lower case");
            }
        }
        if (!isNull(of, "cer") && !isText(of, "cer", UUID)) {
            return wrong(of, "cer", "a UUID in lower case, or null");
        }
        if (!isNull(of, "step") && !(of.get("step").orElseThrow() instanceof Json.Str)) {
            return wrong(of, "step", "a string, or null");
        }
        if (!isText(of, "prev", HASH)) {
            return wrong(of, "prev", "64 hex digits in lower case");
        }
        for (String key : new String[] {"seq", "up_us"}) {
            if (!(of.get(key).orElseThrow() instanceof Json.Int(var number)) || number < 0) {
                return wrong(of, key, "an integer, 0 or more");
            }
        }
        if (!(of.get("data").orElseThrow() instanceof Json.Obj)) {
            return wrong(of, "data", "an object");
        }
        return Optional.empty();
    }

    private static Optional<BrokenEntryException> wrongTime(Json.Obj of) {
        byte[] text = of.get("ts").orElseThrow() instanceof Json.Str(var ts)
                ? ts.getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        return text.length == 24 && Timestamp.millis(text, 0) != Timestamp.NONE
                ? Optional.empty()
                : Optional.of(new BrokenEntryException(Rule.ENTRY_TIME, "YYYY-MM-DDTHH:MM:SS.mmmZ", show(of, "ts")));
    }

    private static Optional<BrokenEntryException> wrongType(Json.Obj of) {
        return of.get("type").orElseThrow() instanceof Json.Str(var type)
                        && EntryType.ofWire(type).isPresent()
                ? Optional.empty()
                : Optional.of(new BrokenEntryException(Rule.ENTRY_TYPE, "a known type", show(of, "type")));
    }

    private static boolean isNull(Json.Obj of, String key) {
        return of.get(key).orElseThrow() instanceof Json.Null;
    }

    private static boolean isText(Json.Obj of, String key, Pattern form) {
        return of.get(key).orElseThrow() instanceof Json.Str(var text)
                && form.matcher(text).matches();
    }

    private static Optional<BrokenEntryException> wrong(Json.Obj of, String key, String expected) {
        return Optional.of(fields("'" + key + "' to be " + expected, show(of, key)));
    }

    private static BrokenEntryException fields(String expected, String found) {
        return new BrokenEntryException(Rule.ENTRY_FIELDS, expected, found);
    }

    private static String show(Json.Obj of, String key) {
        return of.get(key).orElseThrow().text();
    }
}
