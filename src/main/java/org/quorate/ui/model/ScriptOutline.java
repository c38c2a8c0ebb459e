package org.quorate.ui.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.quorate.script.Act;
import org.quorate.script.Places;
import org.quorate.script.Script;
import org.quorate.script.Step;

/// Acts and steps of a text with the lines where each begins.
///
/// @param old the text has moved on since, and cannot be read as it stands
public record ScriptOutline(List<OutlineAct> acts, boolean old) {
    static final ScriptOutline NONE = new ScriptOutline(List.of(), false);

    public ScriptOutline {
        acts = List.copyOf(acts);
    }

    /// @param number empty for a part, which has another one in each script that uses it
    public record OutlineAct(OptionalInt number, String title, int line, List<OutlineStep> steps) {
        public OutlineAct {
            steps = List.copyOf(steps);
        }
    }

    public record OutlineStep(String id, String number, String title, int line) {}

    static ScriptOutline of(Script script, Places places, String text) {
        List<String> lines = text.lines().toList();
        var acts = new ArrayList<OutlineAct>();
        for (Act act : script.acts()) {
            var steps = new ArrayList<OutlineStep>();
            for (Step step : act.steps()) {
                int line = item(lines, places.step(step.id()).line());
                String number = (acts.size() + 1) + "." + (steps.size() + 1);
                steps.add(new OutlineStep(step.id(), number, step.title(), line));
            }
            int first = steps.isEmpty() ? 1 : steps.getFirst().line();
            int line = act.from().isPresent() ? first : around(lines, first);
            acts.add(new OutlineAct(OptionalInt.of(acts.size() + 1), act.title(), line, steps));
        }
        return new ScriptOutline(acts, false);
    }

    /// Of a part: its steps by their numbers in it.
    static ScriptOutline of(Act part, Places places, String text) {
        List<String> lines = text.lines().toList();
        var steps = new ArrayList<OutlineStep>();
        for (Step step : part.steps()) {
            int line = item(lines, places.step(step.id()).line());
            steps.add(new OutlineStep(step.id(), String.valueOf(steps.size() + 1), step.title(), line));
        }
        return new ScriptOutline(List.of(new OutlineAct(OptionalInt.empty(), part.title(), 1, steps)), false);
    }

    ScriptOutline outdated() {
        return new ScriptOutline(acts, !acts.isEmpty());
    }

    public Stream<OutlineStep> steps() {
        return acts.stream().flatMap(act -> act.steps().stream());
    }

    /// The step that a line belongs to; of several that one text was unfolded into, the first.
    public Optional<OutlineStep> stepAt(int line) {
        Optional<OutlineStep> last =
                steps().filter(step -> step.line() <= line).max(Comparator.comparingInt(OutlineStep::line));
        return last.flatMap(
                found -> steps().filter(step -> step.line() == found.line()).findFirst());
    }

    /// Where the item of a list begins that has a key on this line: a step stands in its text under its id, and begins
    /// with its kind.
    private static int item(List<String> lines, int line) {
        int key = indent(lines, line) + (isItem(lines, line) ? 2 : 0);
        for (int at = line; at > 0; at--) {
            if (isItem(lines, at) && indent(lines, at) == key - 2) {
                return at;
            }
        }
        return line;
    }

    /// Where the item begins that this item stands within.
    private static int around(List<String> lines, int line) {
        int inner = indent(lines, line);
        for (int at = line; at > 0; at--) {
            if (isItem(lines, at) && indent(lines, at) < inner) {
                return at;
            }
        }
        return line;
    }

    private static boolean isItem(List<String> lines, int line) {
        return at(lines, line).stripLeading().startsWith("- ");
    }

    private static int indent(List<String> lines, int line) {
        String text = at(lines, line);
        return text.length() - text.stripLeading().length();
    }

    private static String at(List<String> lines, int line) {
        return line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
    }
}
