package org.quorate.script.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a text takes one step more: behind the step that a line belongs to, or first in the act whose head it belongs
/// to. It goes by the shape of the lines, so that a text which cannot be read has gaps too.
///
/// @param after how many lines stand before it
/// @param indentation of the item
/// @param neighbour the text of the step before it; of the step after it where it is the first
record StepGap(int after, int indentation, Optional<String> neighbour) {
    private static final Pattern ITEM = Pattern.compile("( *)- (?:\\{ *)?([a-z_]+):.*");
    private static final Pattern STEPS = Pattern.compile("( *(?:- )?)steps:\\s*(?:#.*)?");

    /// @param from its first line, counted from 0
    /// @param to behind its last line
    private record Item(int from, int to, int indentation) {
        boolean has(int line) {
            return from <= line && line < to;
        }
    }

    /// @param line counted from 1; empty where nothing looks like a list of steps
    static Optional<StepGap> at(List<String> lines, int line) {
        List<Item> steps = steps(lines);
        int caret = Math.clamp(line - 1L, 0, Math.max(0, lines.size() - 1));
        Optional<Item> own = steps.stream().filter(step -> step.has(caret)).findFirst();
        return own.map(step -> behind(lines, step))
                .or(() -> head(lines, caret, steps))
                .or(() -> steps.stream()
                        .filter(step -> step.from() <= caret)
                        .reduce((one, other) -> other)
                        .or(() -> steps.stream().findFirst())
                        .map(step -> behind(lines, step)))
                .or(() -> lines.stream()
                        .filter(text -> STEPS.matcher(text).matches())
                        .findFirst()
                        .map(text -> first(lines, lines.indexOf(text), steps)));
    }

    private static StepGap behind(List<String> lines, Item step) {
        return new StepGap(step.to(), step.indentation(), Optional.of(text(lines, step)));
    }

    /// Between the beginning of an act and its steps.
    private static Optional<StepGap> head(List<String> lines, int caret, List<Item> steps) {
        for (int at = caret; at < lines.size(); at++) {
            Matcher key = STEPS.matcher(lines.get(at));
            int next = at + 1;
            boolean ends = steps.stream().anyMatch(step -> step.has(next - 1));
            if (ends) {
                return Optional.empty();
            } else if (key.matches()) {
                int column = key.group(1).length();
                return startOf(lines, at, column)
                        .filter(from -> from <= caret)
                        .map(from -> first(lines, next - 1, steps));
            }
        }
        return Optional.empty();
    }

    /// Where the mapping begins that has a key in this column.
    private static Optional<Integer> startOf(List<String> lines, int key, int column) {
        for (int at = key; at >= 0; at--) {
            Matcher item = ITEM.matcher(lines.get(at));
            if (item.matches() && item.group(1).length() + 2 == column) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static StepGap first(List<String> lines, int key, List<Item> steps) {
        Matcher shape = STEPS.matcher(lines.get(key));
        int column = shape.matches() ? shape.group(1).length() : 0;
        Optional<Item> after = steps.stream()
                .filter(step -> step.from() > key)
                .findFirst()
                .filter(step -> lines.subList(key + 1, step.from()).stream().allMatch(StepGap::says));
        return new StepGap(
                key + 1, after.map(Item::indentation).orElse(column + 2), after.map(step -> text(lines, step)));
    }

    private static boolean says(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#");
    }

    private static String text(List<String> lines, Item step) {
        return String.join(
                "\n",
                lines.subList(step.from(), step.to()).stream()
                        .map(line -> line.substring(Math.min(step.indentation(), line.length())))
                        .toList());
    }

    private static List<Item> steps(List<String> lines) {
        var found = new ArrayList<Item>();
        for (int at = 0; at < lines.size(); at++) {
            Matcher item = ITEM.matcher(lines.get(at));
            if (item.matches()) {
                int indentation = item.group(1).length();
                int end = end(lines, at, indentation);
                String kind = " ".repeat(indentation + 2) + "kind:";
                boolean step = item.group(2).equals("kind")
                        || lines.subList(at + 1, end).stream().anyMatch(line -> line.startsWith(kind));
                if (step) {
                    found.add(new Item(at, end, indentation));
                    at = end - 1;
                }
            }
        }
        return found;
    }

    /// Behind the last line that is indented under the item; what stands between it and the next one belongs to
    /// neither.
    private static int end(List<String> lines, int from, int indentation) {
        int end = from + 1;
        for (int at = end; at < lines.size(); at++) {
            String line = lines.get(at);
            if (!line.isBlank()) {
                if (line.length() - line.stripLeading().length() <= indentation) {
                    break;
                }
                end = at + 1;
            }
        }
        return end;
    }
}
