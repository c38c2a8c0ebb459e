package org.quorate.app.procedures;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.quorate.base.Digest;
import org.quorate.quorum.Quorum;
import org.quorate.script.Script;
import org.quorate.script.Sensitivity;
import org.quorate.script.Step;
import org.quorate.script.StepKind;

/// The scripts of an organisation, in the order of their ids, and what can be asked of all of them.
record Library(List<Script> scripts) {
    Library {
        scripts = scripts.stream().sorted(Comparator.comparing(Script::id)).toList();
    }

    List<Script> where(Predicate<Script> is) {
        return scripts.stream().filter(is).toList();
    }

    /// Those with a step of one of these kinds, or with one of these words in their id or kind.
    List<Script> doing(Collection<String> kinds, Collection<String> words) {
        return where(script -> script.steps().map(StepKind::of).anyMatch(kinds::contains)
                || words.stream()
                        .anyMatch(word ->
                                script.id().contains(word) || script.kind().contains(word)));
    }

    /// The quorum of each act of this script that changes an HSM or what the ledger counts on.
    static List<Quorum> quorums(Script script) {
        return script.steps()
                .flatMap(step -> Sensitivity.quorum(step).stream())
                .map(script.cast()::quorum)
                .toList();
    }

    /// How many people may approve in it.
    static int people(Quorum quorum, Script script) {
        return quorum.roles().stream()
                .mapToInt(role -> script.cast().role(role).count())
                .sum();
    }

    static int minutes(Script script) {
        return script.steps().map(Step::head).mapToInt(Step.Head::minutes).sum();
    }

    /// The most frequent owner, the first by name among equals.
    String owner() {
        var counts = new TreeMap<String, Integer>();
        scripts.forEach(script -> counts.merge(script.document().owner(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Comparator.<java.util.Map.Entry<String, Integer>>comparingInt(java.util.Map.Entry::getValue)
                        .thenComparing(java.util.Map.Entry::getKey, Comparator.reverseOrder()))
                .orElseThrow()
                .getKey();
    }

    Optional<Script> byId(String id) {
        return scripts.stream().filter(script -> script.id().equals(id)).findFirst();
    }

    TreeMap<String, Digest> digests() {
        var digests = new TreeMap<String, Digest>();
        scripts.forEach(script -> digests.put(script.id(), script.digest()));
        return digests;
    }
}
