package org.quorate.hsm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.quorate.base.Json;

/// Attributes as asked beside attributes as reported. *Not reported* is a state of its own and never printed as false.
public record KeyReport(ObjectClass kind, String label, KeyId id, List<Line> lines) {
    public KeyReport {
        lines = List.copyOf(lines);
    }

    /// @param asked empty for attributes that only a token sets, such as CKA_LOCAL
    /// @param reported empty where the token gives no answer
    public record Line(Attribute attribute, Optional<Boolean> asked, Optional<Boolean> reported) {
        public State state() {
            if (reported.isEmpty()) {
                return State.NOT_REPORTED;
            }
            if (asked.isEmpty()) {
                return State.NOT_ASKED;
            }
            return asked.equals(reported) ? State.AS_ASKED : State.DIFFERS;
        }
    }

    public enum State {
        AS_ASKED,
        /// Reported, and only a token can set it.
        NOT_ASKED,
        DIFFERS,
        NOT_REPORTED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The same without the answers of which the caller knows that they say nothing about the key.
    public KeyReport believing(Predicate<Attribute> answers) {
        return new KeyReport(
                kind,
                label,
                id,
                lines.stream()
                        .map(line -> answers.test(line.attribute())
                                ? line
                                : new Line(line.attribute(), line.asked(), Optional.empty()))
                        .toList());
    }

    public List<Line> differing() {
        return lines.stream().filter(line -> line.state() == State.DIFFERS).toList();
    }

    public Optional<Boolean> reported(Attribute attribute) {
        return lines.stream()
                .filter(line -> line.attribute() == attribute)
                .findFirst()
                .flatMap(Line::reported);
    }

    /// `{"class", "label", "cka_id", "attributes": [{"name", "asked", "reported", "state"}]}`; null stands for *not
    /// asked* and *not reported*.
    public Json.Obj toJson() {
        List<Json> rows = lines.stream()
                .<Json>map(line -> Json.obj()
                        .put("name", line.attribute().cka())
                        .put("asked", bool(line.asked()))
                        .put("reported", bool(line.reported()))
                        .put("state", line.state().wire())
                        .build())
                .toList();
        return Json.obj()
                .put("class", kind.cko())
                .put("label", label)
                .put("cka_id", id.hex())
                .put("attributes", new Json.Arr(rows))
                .build();
    }

    private static Json bool(Optional<Boolean> value) {
        return value.<Json>map(Json.Bool::new).orElseGet(Json.Null::new);
    }
}
