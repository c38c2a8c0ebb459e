package org.quorate.script;

import java.util.List;

/// A part of a ceremony with a title of its own.
public record Act(String id, String title, List<Step> steps) {
    public Act {
        steps = List.copyOf(steps);
    }
}
