package org.quorate.ui.text;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;

/// What an entry of the ledger says, in a few words for the panel. The panel is a view and not a verifier: where an
/// entry lacks what its type usually says, the words are the plain name of the type.
public final class EntryWords {
    private EntryWords() {}

    /// @param name the name of a person by id
    /// @param holder the name of a card's holder by key
    public static String of(Entry entry, UnaryOperator<String> name, Function<Digest, Optional<String>> holder) {
        Json.Obj data = entry.data();
        String plain = Texts.get("ui.entry." + entry.type().wire());
        return switch (entry.type()) {
            case PARTICIPANT ->
                Texts.get("ui.entry.participant." + value(data, "event", "arrived"), value(data, "name", plain));
            case STEP_START ->
                Texts.get("ui.entry.step_start.of", value(data, "number", ""), value(data, "title", plain));
            case STATEMENT -> Texts.get("ui.entry.statement.of", firstLine(value(data, "text", plain)));
            case COSIGN -> cosign(data, holder, plain);
            case INTENT -> Texts.get("ui.entry.intent.of", words(value(data, "op", plain)));
            case OUTCOME -> Texts.get("ui.entry.outcome.of", words(value(data, "result", plain)));
            case RECONCILE -> Texts.get("ui.entry.reconcile.of", words(value(data, "finding", plain)));
            case OBSERVATION ->
                Texts.get("ui.entry.observation." + value(data, "item", "stated"), value(data, "label", plain));
            case STEP_END -> Texts.get("ui.entry.step_end.of", words(value(data, "result", plain)));
            case EXCEPTION -> Texts.get("ui.entry.exception.of", number(data), value(data, "happened", plain));
            case PAUSE, ABORT -> Texts.get("ui.entry." + entry.type().wire() + ".of", value(data, "why", plain));
            case ANCHOR -> Texts.get("ui.entry.anchor.of", words(value(data, "kind", plain)));
            case GENESIS,
                    RUN_START,
                    CEREMONY_OPEN,
                    CHECKPOINT,
                    CORRECTION,
                    RESUME,
                    CEREMONY_CLOSE,
                    EXPORT,
                    KEY_ADD,
                    KEY_RETIRE,
                    SCRIPT_APPROVAL -> plain;
        };
    }

    private static String cosign(Json.Obj data, Function<Digest, Optional<String>> holder, String plain) {
        String key = value(data, "key", "");
        Optional<String> who = key.matches("[0-9a-f]{64}") ? holder.apply(new Digest(key)) : Optional.empty();
        return who.map(person -> Texts.get("ui.entry.cosign." + value(data, "meaning", "approve"), person))
                .orElse(plain);
    }

    /// The rest of a statement lists every attribute, which the page shows and the panel has no room for.
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String number(Json.Obj data) {
        return data.has("number") ? String.valueOf(data.integer("number")) : "";
    }

    /// A wire name such as `generate_key_pair` as words.
    public static String words(String wire) {
        return wire.replace('_', ' ');
    }

    private static String value(Json.Obj data, String key, String otherwise) {
        return data.get(key).filter(Json.Str.class::isInstance).isPresent() ? data.string(key) : otherwise;
    }
}
