package org.quorate.ui.model;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.ScriptLibrary.Item;
import org.quorate.ui.backstage.ScriptName;

/// A script that is to be made.
///
/// @param original what it is a copy of; empty for an empty ceremony
/// @param text the text to copy where it is not the one on the disk
public record NewScript(ScriptName name, String title, Optional<ScriptName> original, Optional<String> text) {

    /// Why a file cannot have this name; empty where it can.
    public static Optional<String> wrongName(String typed, boolean part, List<Item> items) {
        Optional<ScriptName> name = ScriptName.own(typed.strip(), part);
        if (name.isEmpty()) {
            return Optional.of(Texts.get("ui.author.new.name.wrong"));
        }
        boolean taken = items.stream().anyMatch(item -> item.name().equals(name.get()));
        return taken
                ? Optional.of(Texts.get("ui.author.new.name.taken", name.get().shown()))
                : Optional.empty();
    }

    public static Optional<String> wrongTitle(String typed) {
        String title = typed.strip();
        return title.isEmpty() || title.length() > 80
                ? Optional.of(Texts.get("ui.author.new.title.wrong"))
                : Optional.empty();
    }
}
