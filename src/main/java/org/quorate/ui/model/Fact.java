package org.quorate.ui.model;

import java.util.Locale;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ui.text.Times;

/// Something on record for a step, told apart by how it is known.
///
/// @param note who and when, and what was expected where it differs
public record Fact(Item item, String label, String text, String note, Mark mark) {

    /// How it is known: the machine saw it, a person says so, or a person checked it against another source.
    public enum Item {
        SENSED,
        STATED,
        COMPARED;

        public String word() {
            return Texts.get("ui.item." + name().toLowerCase(Locale.ROOT));
        }
    }

    /// What a comparison, or an expectation, came to.
    public enum Mark {
        NONE,
        MATCHES,
        DIFFERS
    }

    static Fact of(Entry observation, People people) {
        Json.Obj data = observation.data();
        Mark mark = mark(data);
        String when = Times.clock(observation.time());
        String who = data.optionalString("by")
                .map(person -> Texts.get("ui.fact.by", people.name(person), when))
                .orElse(when);
        String note = data.optionalString("because")
                .map(because -> Texts.get("ui.fact.because", who, because))
                .orElse(who);
        if (mark == Mark.DIFFERS && data.optionalString("expected").isPresent()) {
            note = Texts.get("ui.fact.expected", data.string("expected"), note);
        }
        return new Fact(item(data.string("item")), data.string("label"), readable(data.string("text")), note, mark);
    }

    private static Item item(String wire) {
        return switch (wire) {
            case "sensed" -> Item.SENSED;
            case "compared" -> Item.COMPARED;
            default -> Item.STATED;
        };
    }

    private static Mark mark(Json.Obj data) {
        Optional<String> verdict = data.optionalString("verdict");
        if (verdict.isPresent()) {
            return verdict.get().equals("matches") ? Mark.MATCHES : Mark.DIFFERS;
        }
        return data.optionalString("expected")
                .map(expected -> expected.equals(data.string("text")) ? Mark.MATCHES : Mark.DIFFERS)
                .orElse(Mark.NONE);
    }

    /// A digest is read in groups of four.
    private static String readable(String text) {
        return text.matches("[0-9a-f]{64}") ? new Digest(text).grouped() : text;
    }
}
