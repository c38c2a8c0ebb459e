package org.quorate.app.command;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.quorate.base.Texts;

/// Gives picocli its words from the one bundle.
final class CommandTexts extends ResourceBundle {
    private static final String PREFIX = "command.";

    @Override
    protected @Nullable Object handleGetObject(String key) {
        return Texts.has(PREFIX + key) ? Texts.get(PREFIX + key) : null;
    }

    @Override
    public Enumeration<String> getKeys() {
        List<String> keys = Texts.keys().stream()
                .filter(key -> key.startsWith(PREFIX))
                .map(key -> key.substring(PREFIX.length()))
                .toList();
        return Collections.enumeration(keys);
    }
}
