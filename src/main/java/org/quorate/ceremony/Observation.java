package org.quorate.ceremony;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.quorum.Participant;

/// A fact for the record, and how it became known.
///
/// @param text the value as a person reads it
/// @param further what else is on record: the value as a machine reads it, a verdict, who said so
/// @param artefact bytes kept with it
record Observation(Item item, String name, String label, String text, Json.Builder further, Optional<byte[]> artefact) {

    /// How a fact became known; always told apart on screen and in the record.
    enum Item {
        /// The machine saw it.
        SENSED,
        /// A person says so.
        STATED,
        /// A person checked the machine's value against another source.
        COMPARED
    }

    static Observation sensed(String name, String label, String text) {
        return new Observation(Item.SENSED, name, label, text, Json.obj(), Optional.empty());
    }

    static Observation stated(String name, String label, String text, List<Participant> by) {
        return new Observation(Item.STATED, name, label, text, by(by), Optional.empty());
    }

    static Observation compared(String name, String label, String text, List<Participant> by) {
        return new Observation(Item.COMPARED, name, label, text, by(by), Optional.empty());
    }

    Observation detail(Json.Obj detail) {
        further.put("detail", detail);
        return this;
    }

    Observation expected(String expected, boolean matches) {
        further.put("expected", expected);
        return verdict(matches);
    }

    Observation verdict(boolean matches) {
        further.put("verdict", matches ? "matches" : "differs");
        return this;
    }

    Observation because(String reason) {
        further.put("because", reason);
        return this;
    }

    Observation with(byte[] bytes) {
        further.put("artefact", Digest.of(bytes).artefactName());
        return new Observation(item, name, label, text, further, Optional.of(bytes));
    }

    Json.Obj toJson() {
        return further.put("item", item.name().toLowerCase(Locale.ROOT))
                .put("name", name)
                .put("label", label)
                .put("text", text)
                .build();
    }

    private static Json.Builder by(List<Participant> people) {
        Json.Builder json = Json.obj();
        people.stream().findFirst().ifPresent(p -> json.put("by", p.person()));
        return json;
    }
}
