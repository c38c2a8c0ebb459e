package org.quorate.script;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.quorum.Quorum;

/// One ceremony as it was approved.
///
/// @param kind what the ceremony is for, such as `key_generation`
/// @param waivers what lint finds and its owners accept
/// @param source the bytes of the file, kept as an artefact of the ledger
public record Script(
        String id,
        String version,
        String title,
        String kind,
        DocumentControl document,
        Cast cast,
        List<Act> acts,
        List<Waiver> waivers,
        byte[] source) {
    public Script {
        acts = List.copyOf(acts);
        waivers = List.copyOf(waivers);
    }

    /// The files beside the script that it is made of, which its text names by their digests.
    public List<Part> parts() {
        return acts.stream().flatMap(act -> act.from().stream()).toList();
    }

    /// How long it takes on the longest course that people can decide on.
    public int plannedMinutes() {
        return Courses.of(this).all().stream()
                .mapToInt(course -> course.script()
                        .steps()
                        .mapToInt(step -> step.head().minutes())
                        .sum())
                .max()
                .orElse(0);
    }

    /// The same with only some of its steps.
    Script with(Predicate<Step> taken) {
        List<Act> kept = acts.stream()
                .map(act -> act.with(act.steps().stream().filter(taken).toList()))
                .toList();
        return new Script(id, version, title, kind, document, cast, kept, waivers, source);
    }

    public Digest digest() {
        return Digest.of(source);
    }

    public Stream<Step> steps() {
        return acts.stream().flatMap(act -> act.steps().stream());
    }

    public Optional<Step> step(String id) {
        return steps().filter(step -> step.id().equals(id)).findFirst();
    }

    /// `2.3` for the third step of the second act: how people name a step.
    public String number(Step step) {
        for (int act = 0; act < acts.size(); act++) {
            int index = acts.get(act).steps().indexOf(step);
            if (index >= 0) {
                return (act + 1) + "." + (index + 1);
            }
        }
        throw new NoSuchElementException("no step " + step.id() + " in script " + id);
    }

    public Act actOf(Step step) {
        return acts.stream()
                .filter(act -> act.steps().contains(step))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no step " + step.id() + " in script " + id));
    }

    /// Who owns the text and who let it pass.
    ///
    /// @param approvedBy how many of whom approve the file with their cards, in roles of the site's roster. They
    ///     need not take part. Empty where the site's own rule is enough.
    /// @param repeatMonths after how many months a ceremony by this script is due again
    public record DocumentControl(
            String owner,
            List<String> reviewers,
            List<String> approvers,
            String classification,
            String retention,
            String nextReview,
            String implementsPolicy,
            Optional<Quorum> approvedBy,
            Optional<Integer> repeatMonths) {
        public DocumentControl {
            reviewers = List.copyOf(reviewers);
            approvers = List.copyOf(approvers);
        }

        public DocumentControl(
                String owner,
                List<String> reviewers,
                List<String> approvers,
                String classification,
                String retention,
                String nextReview,
                String implementsPolicy) {
            this(
                    owner,
                    reviewers,
                    approvers,
                    classification,
                    retention,
                    nextReview,
                    implementsPolicy,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /// The roles, quorums, tokens and keys that steps refer to by name; the maps keep the file's order.
    public record Cast(
            Map<String, RoleSpec> roles,
            Map<String, Quorum> quorums,
            Map<String, TokenSpec> tokens,
            Map<String, KeyDefinition> keys) {

        public RoleSpec role(String name) {
            return named(roles, "role", name);
        }

        public Quorum quorum(String name) {
            return named(quorums, "quorum", name);
        }

        public TokenSpec token(String name) {
            return named(tokens, "token", name);
        }

        public KeyDefinition key(String name) {
            return named(keys, "key", name);
        }

        /// The reader refuses a script that names what it does not define, so this never fails on a read script.
        private static <T> T named(Map<String, T> map, String what, String name) {
            T value = map.get(name);
            if (value == null) {
                throw new NoSuchElementException("the script defines no " + what + " " + name);
            }
            return value;
        }
    }

    /// @param count how many people of this role take part
    public record RoleSpec(String title, int count, String duty) {}

    /// @param state `factory` before the ceremony initialises it, `in_service` where its PINs are set already
    public record TokenSpec(String title, State state) {
        public enum State {
            FACTORY,
            IN_SERVICE
        }
    }
}
