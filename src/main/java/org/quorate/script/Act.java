package org.quorate.script;

import java.util.List;
import java.util.Optional;

/// A part of a ceremony with a title of its own.
///
/// @param from the file that it stands in, where that is not the script itself
public record Act(String id, String title, List<Step> steps, Optional<Part> from) {
    public Act {
        steps = List.copyOf(steps);
    }

    public Act(String id, String title, List<Step> steps) {
        this(id, title, steps, Optional.empty());
    }

    Act with(List<Step> others) {
        return new Act(id, title, others, from);
    }
}
