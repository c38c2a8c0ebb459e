package org.quorate.ceremony;

import org.quorate.base.Problem;

/// Ends an attempt at a step; people then choose to try again, to go on with an exception, or to abort.
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final boolean overridable;

    private StepFailed(Problem problem, boolean overridable) {
        super(problem.what());
        this.problem = problem;
        this.overridable = overridable;
    }

    /// What later steps stand on: there is no going on without it.
    static StepFailed hard(Problem problem) {
        return new StepFailed(problem, false);
    }

    /// A check that people may overrule on record; the override stays visible to the end.
    static StepFailed overridable(Problem problem) {
        return new StepFailed(problem, true);
    }

    Problem problem() {
        return problem;
    }

    boolean isOverridable() {
        return overridable;
    }
}
