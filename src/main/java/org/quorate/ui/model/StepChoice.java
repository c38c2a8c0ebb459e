package org.quorate.ui.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.quorate.script.StepSample;

/// The kinds of step to choose from.
public final class StepChoice {
    private StepChoice() {}

    /// Those in which every word that was typed stands, in the order that they have; those first whose title or name
    /// begins with what was typed.
    public static List<StepSample> of(List<StepSample> all, String typed) {
        String wanted = plain(typed);
        List<String> words = List.of(wanted.split(" "));
        List<StepSample> found = all.stream()
                .filter(sample -> {
                    String text = plain(sample.title() + " " + sample.kind() + " " + sample.does());
                    return words.stream().allMatch(text::contains);
                })
                .toList();
        return Stream.concat(
                        found.stream().filter(sample -> begins(sample, wanted)),
                        found.stream().filter(sample -> !begins(sample, wanted)))
                .toList();
    }

    private static boolean begins(StepSample sample, String wanted) {
        return plain(sample.title()).startsWith(wanted) || plain(sample.kind()).startsWith(wanted);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', ' ').strip();
    }
}
