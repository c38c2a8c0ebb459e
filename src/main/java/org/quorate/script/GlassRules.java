package org.quorate.script;

import java.util.stream.Stream;

/// Rules about who breaks the glass and who looks at it afterwards.
final class GlassRules {
    private GlassRules() {}

    /// Nobody looks over their own shoulder.
    static Stream<Finding> reviewerBreaksGlass(Script script, Places places) {
        return breaks(script)
                .filter(step -> script.cast().quorum(step.quorum()).roles().contains(step.reviewedBy()))
                .map(step -> Rule.REVIEWER_BREAKS_GLASS.at(
                        places.file(), places.step(step.id()), step.id(), step.reviewedBy(), step.quorum()));
    }

    static Stream<Finding> reviewOfItself(Script script, Places places) {
        return script.steps()
                .filter(Step.ReviewBreakGlass.class::isInstance)
                .flatMap(review -> breaks(script)
                        .map(step -> Rule.REVIEW_OF_ITSELF.at(
                                places.file(), places.step(review.id()), review.id(), step.id())));
    }

    static Stream<Step.BreakGlass> breaks(Script script) {
        return script.steps().filter(Step.BreakGlass.class::isInstance).map(Step.BreakGlass.class::cast);
    }
}
