package org.quorate.record;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.quorate.base.Json;

/// The machine, the modules and the tokens as the console saw them.
public record Equipment(List<Fact> workstation, List<Fact> clock, List<List<Fact>> modules, List<TokenFacts> tokens) {
    public Equipment {
        workstation = List.copyOf(workstation);
        clock = List.copyOf(clock);
        modules = modules.stream().map(List::copyOf).toList();
        tokens = List.copyOf(tokens);
    }

    /// One value with its label.
    ///
    /// @param hex a digest or id, set in groups of four
    public record Fact(String label, String value, boolean hex) {}

    /// @param certificateNumber of a validation such as FIPS 140-3, from the site profile
    public record TokenFacts(
            String role, List<Fact> facts, Set<String> flags, Optional<String> certificateNumber, Examined examined) {
        public TokenFacts {
            flags = Collections.unmodifiableSet(new TreeSet<>(flags));
        }
    }

    /// What was found when somebody looked closer.
    public record Examined(
            Optional<List<Json.Obj>> mechanisms, Objects objects, List<Admission> admission, Health health) {
        public Examined {
            admission = List.copyOf(admission);
        }
    }

    /// How the token was; empty where nobody looked it over.
    ///
    /// @param tests of its random bytes
    /// @param denied what it was asked and must deny
    public record Health(List<Trial> tests, List<Trial> denied, List<Speed> speeds) {
        public Health {
            tests = List.copyOf(tests);
            denied = List.copyOf(denied);
            speeds = List.copyOf(speeds);
        }

        public boolean isEmpty() {
            return tests.isEmpty() && denied.isEmpty() && speeds.isEmpty();
        }
    }

    /// @param found what came of it
    /// @param against the limit or the source that it is judged by
    public record Trial(String name, String found, String against, boolean passed) {}

    /// Times in microseconds.
    ///
    /// @param histogram calls in each class
    public record Speed(String operation, long calls, long perSecond, List<Long> percentiles, List<Long> histogram) {
        public Speed {
            percentiles = List.copyOf(percentiles);
            histogram = List.copyOf(histogram);
        }
    }

    /// What was on the token before and after; empty where nobody looked.
    public record Objects(Optional<List<String>> before, Optional<List<String>> after) {}

    /// One way in which the token was tried before it was trusted.
    ///
    /// @param verdict passed, noted, failed or not_tried
    public record Admission(String name, String verdict, String detail) {
        /// It is no reason to refuse the token.
        public boolean passed() {
            return verdict.equals("passed") || verdict.equals("noted");
        }
    }
}
