package org.quorate.ui.model;

import java.util.List;

/// One act of the rail with its steps.
public record RailAct(int number, String title, List<RailStep> steps) {
    public RailAct {
        steps = List.copyOf(steps);
    }

    /// One step of the rail.
    ///
    /// @param note where it stands in words, such as `done 14:02:10Z`
    /// @param hasRecord whether there is anything to look at yet
    public record RailStep(String id, String number, String title, StepStatus status, String note, boolean hasRecord) {}

    public long done() {
        return steps.stream()
                .filter(step -> step.status() == StepStatus.DONE || step.status() == StepStatus.OVERRIDDEN)
                .count();
    }

    public boolean current() {
        return steps.stream().anyMatch(step -> step.status() == StepStatus.NOW);
    }

    /// Nothing of it is left to do: a step that was decided against will not be done.
    public boolean complete() {
        return done()
                        + steps.stream()
                                .filter(step -> step.status() == StepStatus.NOT_TAKEN)
                                .count()
                == steps.size();
    }
}
