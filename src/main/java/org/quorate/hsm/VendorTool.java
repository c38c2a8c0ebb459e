package org.quorate.hsm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.Secret;

/// Runs a maker's own tool.
public interface VendorTool {

    /// The profile of the maker of this module; empty where none is known.
    Optional<VendorProfile> profile(ModuleInfo module);

    /// The program's file as it is now, for people to approve.
    ///
    /// @throws org.quorate.base.ProblemException where it is missing or cannot be read
    Digest digest(String program);

    /// @throws org.quorate.base.ProblemException where it is missing, is not the approved one, cannot be started or
    /// overran its time
    Run run(Request request);

    /// @param words the program's absolute path and its arguments, as they are given to it
    /// @param program the digest that people approved, of any other nothing is run
    /// @param stdin PINs for its input, a line each; lent for the call
    record Request(List<String> words, int seconds, Optional<Digest> program, List<Secret> stdin) {
        public Request {
            words = List.copyOf(words);
            stdin = List.copyOf(stdin);
        }

        /// A run that needs no approval and no PIN.
        public static Request of(List<String> words, int seconds) {
            return new Request(words, seconds, Optional.empty(), List.of());
        }
    }

    /// @param program digest of the program's file as it was run
    /// @param printed what it wrote to its output and its errors, in the order in which it came, with stars in
    /// the place of a PIN that it was given
    record Run(List<String> words, Digest program, int exit, byte[] printed) {}

    /// The words of a command with what is known of the token in their places.
    ///
    /// @throws org.quorate.base.ProblemException where a token calls itself what a tool would take for an option
    static List<String> words(VendorProfile.Command command, TokenInfo token) {
        Map<String, String> values = values(token.serial(), token.label());
        List<String> templates = command.call().words();
        List<String> words =
                templates.stream().map(word -> filled(word, values)).toList();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith("-") && !templates.get(i).startsWith("-")) {
                throw Problem.of("hsm.vendor.word_is_option", words.get(i)).asException();
            }
        }
        return words;
    }

    /// The label that the token must have after a command, where the profile names one.
    static Optional<String> labelAfter(VendorProfile.Change change, String serial, String labelBefore) {
        return change.label().map(label -> filled(label, values(serial, labelBefore)));
    }

    private static Map<String, String> values(String serial, String label) {
        return Map.of("{serial}", serial, "{label}", label);
    }

    /// What speaks against the run: a pattern that is not there, or one that must not be; empty where nothing does.
    static Optional<String> objection(VendorProfile.Command command, TokenInfo token, String printed) {
        Map<String, String> quoted = Map.of(
                "{serial}", Pattern.quote(token.serial()),
                "{label}", Pattern.quote(token.label()),
                "{firmware}", Pattern.quote(token.firmwareVersion()));
        for (String expected : command.output().expect()) {
            if (!Pattern.compile(filled(expected, quoted)).matcher(printed).find()) {
                return Optional.of(expected);
            }
        }
        return command.output().refuse().stream()
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
