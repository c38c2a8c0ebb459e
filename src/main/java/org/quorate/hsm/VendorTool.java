package org.quorate.hsm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quorate.base.Digest;

/// Runs a maker's own tool.
public interface VendorTool {

    /// The profile of the maker of this module; empty where none is known.
    Optional<VendorProfile> profile(ModuleInfo module);

    /// @param words the program's absolute path and its arguments, as they are given to it
    /// @throws org.quorate.base.ProblemException where it is missing, cannot be started or overran its time
    Run run(List<String> words, int seconds);

    /// @param program digest of the program's file as it was run
    /// @param printed what it wrote to its output and its errors, in the order in which it came
    record Run(List<String> words, Digest program, int exit, byte[] printed) {}

    /// The words of a command with what is known of the token in their places.
    static List<String> words(VendorProfile.Command command, TokenInfo token) {
        Map<String, String> values = Map.of("{serial}", token.serial(), "{label}", token.label());
        return command.words().stream().map(word -> filled(word, values)).toList();
    }

    /// What speaks against the run: a pattern that is not there, or one that must not be; empty where nothing does.
    static Optional<String> objection(VendorProfile.Command command, TokenInfo token, String printed) {
        Map<String, String> quoted =
                Map.of("{serial}", Pattern.quote(token.serial()), "{label}", Pattern.quote(token.label()));
        for (String expected : command.expect()) {
            if (!Pattern.compile(filled(expected, quoted)).matcher(printed).find()) {
                return Optional.of(expected);
            }
        }
        return command.refuse().stream()
                .filter(refused -> Pattern.compile(filled(refused, quoted))
                        .matcher(printed)
                        .find())
                .findFirst();
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled;
    }
}
