package org.quorate.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What one step needs of the world and what it changes in it.
record Effect(List<Need> needs, List<Fact> begins, List<Fact> ends) {
    Effect {
        needs = List.copyOf(needs);
        begins = List.copyOf(begins);
        ends = List.copyOf(ends);
    }

    /// One thing that must be so before the step, and the rule that is broken where it is not.
    ///
    /// @param when asked only where these are all true, so that one mistake is not reported twice
    /// @param anyOf one of these must be true, or with `absent` none of them
    /// @param values what the words of the rule are filled with
    record Need(Rule rule, List<Fact> when, List<Fact> anyOf, boolean absent, List<Object> values) {
        boolean isMet(Set<Fact> world) {
            return !world.containsAll(when) || anyOf.stream().anyMatch(world::contains) != absent;
        }
    }

    /// Collects needs and changes in the order in which they are written down.
    static final class Builder {
        private final List<Need> needs = new ArrayList<>();
        private final List<Fact> begins = new ArrayList<>();
        private final List<Fact> ends = new ArrayList<>();

        Builder needs(Rule rule, Fact fact, Object... values) {
            return needsAny(rule, List.of(fact), values);
        }

        Builder needsAny(Rule rule, List<Fact> facts, Object... values) {
            needs.add(new Need(rule, List.of(), facts, false, List.of(values)));
            return this;
        }

        Builder needsWhen(Fact when, Rule rule, Fact fact, Object... values) {
            needs.add(new Need(rule, List.of(when), List.of(fact), false, List.of(values)));
            return this;
        }

        Builder refuses(Rule rule, Fact fact, Object... values) {
            needs.add(new Need(rule, List.of(), List.of(fact), true, List.of(values)));
            return this;
        }

        Builder begins(Fact fact) {
            begins.add(fact);
            return this;
        }

        Builder ends(Fact fact) {
            ends.add(fact);
            return this;
        }

        Effect build() {
            return new Effect(needs, begins, ends);
        }
    }
}
