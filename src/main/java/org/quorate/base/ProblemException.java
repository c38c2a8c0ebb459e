package org.quorate.base;

/// Carries a [Problem] to whoever can show it.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.id() + ": " + problem.what());
        this.problem = problem;
    }

    ProblemException(Problem problem, Throwable cause) {
        super(problem.id() + ": " + problem.what(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
