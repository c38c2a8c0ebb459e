package org.quorate.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text of a script under edit: tests break the shipped one in one place and look at what lint says.
record ScriptText(String text) {
    private static final String USUAL = "root-key-generation";
    private static final String STEP = "      - kind: ";

    static ScriptText shipped() {
        return shipped(USUAL);
    }

    static ScriptText shipped(String name) {
        try {
            return new ScriptText(Files.readString(Path.of("ceremony-scripts", name + ".yaml")));
        } catch (IOException e) {
            throw new IllegalStateException("tests run in the root of the project", e);
        }
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    ScriptText replace(String old, String by) {
        return between(0, text.length(), old, by);
    }

    /// Replaces the first `old` of one step.
    ScriptText inStep(String id, String old, String by) {
        return between(start(id), end(id), old, by);
    }

    ScriptText without(String id) {
        return new ScriptText(text.substring(0, start(id)) + text.substring(end(id)));
    }

    /// A step of its own, before another one.
    ScriptText with(String step, String before) {
        int at = start(before);
        return new ScriptText(text.substring(0, at) + step + text.substring(at));
    }

    ScriptText moved(String id, String before) {
        String step = text.substring(start(id), end(id)).stripTrailing() + "\n";
        ScriptText rest = without(id);
        int at = rest.start(before);
        return new ScriptText(rest.text.substring(0, at) + step + rest.text.substring(at));
    }

    /// The step once more under another id, before another step.
    ScriptText repeated(String id, String newId, String before) {
        String step =
                text.substring(start(id), end(id)).stripTrailing().replace("id: " + id + "\n", "id: " + newId + "\n")
                        + "\n";
        int at = start(before);
        return new ScriptText(text.substring(0, at) + step + text.substring(at));
    }

    /// Where `@` stands in a piece of the text, or where the step begins that is named as `step:id`.
    Place place(String anchor) {
        int offset = anchor.startsWith("step:")
                ? start(anchor.substring(5)) + STEP.indexOf("kind")
                : found(anchor.replace("@", ""), 0, text.length()) + anchor.indexOf('@');
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(line, offset - before.lastIndexOf('\n'));
    }

    private ScriptText between(int from, int to, String old, String by) {
        int at = found(old, from, to);
        return new ScriptText(text.substring(0, at) + by + text.substring(at + old.length()));
    }

    private int found(String piece, int from, int to) {
        int at = text.indexOf(piece, from);
        if (at < 0 || at >= to) {
            throw new IllegalArgumentException("the script does not say: " + piece);
        }
        return at;
    }

    private int start(String id) {
        return text.lastIndexOf(STEP, found("        id: " + id + "\n", 0, text.length()));
    }

    private int end(String id) {
        int from = start(id) + STEP.length();
        int step = text.indexOf(STEP, from);
        int act = text.indexOf("\n  - ", from);
        int next = Math.min(step < 0 ? text.length() : step, act < 0 ? text.length() : act);
        return next;
    }
}
