package org.quorate.script;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Ceremonies and documents over weeks, and what they must bring.
///
/// @param criteria what must be true of the whole
public record Plan(String id, String version, String title, String goal, List<Stage> stages, List<Target> criteria) {
    public Plan {
        stages = List.copyOf(stages);
        criteria = List.copyOf(criteria);
    }

    /// Some weeks of it.
    ///
    /// @param firstWeek counted from 1
    /// @param optional why it may be left out; nothing of it counts then
    /// @param work what is done, for people
    public record Stage(
            String id,
            String title,
            int firstWeek,
            int lastWeek,
            Optional<String> optional,
            List<String> work,
            List<Target> deliverables) {
        public Stage {
            work = List.copyOf(work);
            deliverables = List.copyOf(deliverables);
        }
    }

    /// A deliverable or a criterion.
    ///
    /// @param accepted what must be so, for people
    /// @param ceremonies ids of the scripts of which each must have been held to its close
    /// @param documents what must be on record on paper
    public record Target(String id, String title, String accepted, List<String> ceremonies, List<Document> documents) {
        public Target {
            ceremonies = List.copyOf(ceremonies);
            documents = List.copyOf(documents);
        }
    }

    /// A document that is no ceremony's record. It is there when people typed in its reference at a step.
    ///
    /// @param name of the value that is typed in
    public record Document(String name, String title) {}

    /// Everything that counts, in order: deliverables of stages that are not optional, and criteria.
    public Stream<Target> needed() {
        return Stream.concat(
                stages.stream()
                        .filter(stage -> stage.optional().isEmpty())
                        .flatMap(stage -> stage.deliverables().stream()),
                criteria.stream());
    }

    public Stream<Target> targets() {
        return Stream.concat(stages.stream().flatMap(stage -> stage.deliverables().stream()), criteria.stream());
    }
}
