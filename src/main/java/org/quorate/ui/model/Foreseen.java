package org.quorate.ui.model;

import java.util.List;
import java.util.stream.Stream;
import org.quorate.script.Step;

/// What a step asks of people whatever the devices say, so that it is known from the script alone.
public sealed interface Foreseen {

    record Entered(String label) implements Foreseen {}

    record Stated(String statement) implements Foreseen {}

    /// @param ways the paths, as their buttons say them
    record Chosen(String question, List<String> ways) implements Foreseen {
        public Chosen {
            ways = List.copyOf(ways);
        }
    }

    /// In the order in which it is asked; empty for a step whose questions come from the devices.
    static List<Foreseen> of(Step step) {
        return switch (step) {
            case Step.Confirm confirm ->
                Stream.concat(
                                confirm.enter().stream().<Foreseen>map(field -> new Entered(field.label())),
                                Stream.of(new Stated(confirm.statement())))
                        .toList();
            case Step.Decide decide ->
                decide.question().stream()
                        .<Foreseen>map(question -> new Chosen(
                                question,
                                decide.paths().stream()
                                        .map(Step.Decide.Path::label)
                                        .toList()))
                        .toList();
            default -> List.of();
        };
    }
}
