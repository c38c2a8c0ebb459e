package org.quorate.script.difference;

import java.util.Locale;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// One thing that differs.
///
/// @param part which part of the script, such as a step
/// @param field what of it, by the key that it has in the file; empty where the whole part came, went or moved
/// @param before what stood there; where it stood, if it moved
/// @param sensitive whether it bears on who decides, who watches, what is done to keys, or in which order
public record Change(
        Kind kind, Part part, String field, Optional<String> before, Optional<String> after, boolean sensitive) {

    public enum Kind {
        ADDED,
        REMOVED,
        MOVED,
        CHANGED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A part of a script by its section and its name there.
    ///
    /// @param words how people name it, such as "Step 2.3, Generate the root key"
    public record Part(Section section, String name, String words) {}

    public enum Section {
        HEADER,
        DOCUMENT,
        ROLE,
        QUORUM,
        TOKEN,
        KEY,
        ACT,
        STEP,
        FORM;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One line for people.
    public String words() {
        String text = switch (kind) {
            case ADDED -> Texts.get("diff.added", part.words());
            case REMOVED -> Texts.get("diff.removed", part.words());
            case MOVED -> Texts.get("diff.moved", part.words(), before.orElse(""), after.orElse(""));
            case CHANGED -> changed();
        };
        return sensitive ? Texts.get("diff.sensitive", text) : text;
    }

    private String changed() {
        if (part.section() == Section.FORM) {
            return Texts.get("diff.form");
        }
        String name = field.replace('_', ' ');
        if (before.isEmpty()) {
            return Texts.get("diff.given", part.words(), name, after.orElse(""));
        }
        return after.map(text -> Texts.get("diff.changed", part.words(), name, before.get(), text))
                .orElseGet(() -> Texts.get("diff.taken", part.words(), name, before.get()));
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("kind", kind.wire())
                .put("section", part.section().wire())
                .put("name", part.name())
                .put("field", field)
                .put("before", before)
                .put("after", after)
                .put("sensitive", sensitive)
                .put("words", words())
                .build();
    }
}
