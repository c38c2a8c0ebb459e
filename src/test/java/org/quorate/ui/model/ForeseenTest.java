package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.ui.demo.Demo;

class ForeseenTest {

    @Test
    void whatIsEntered_comesBeforeWhatIsStated() {
        Step.Confirm step = (Step.Confirm)
                Demo.shipped("site-founding").step("check-elsewhere").orElseThrow();

        assertThat(Foreseen.of(step))
                .containsExactly(
                        new Foreseen.Entered(step.enter().getFirst().label()), new Foreseen.Stated(step.statement()));
    }

    @Test
    void aDecision_isSeenWithItsWays() {
        Script script = Demo.shipped("hsm-health");
        Step.Decide step = script.steps()
                .filter(Step.Decide.class::isInstance)
                .map(Step.Decide.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(Foreseen.of(step)).singleElement().isInstanceOfSatisfying(Foreseen.Chosen.class, chosen -> {
            assertThat(chosen.question()).isEqualTo(step.question().orElseThrow());
            assertThat(chosen.ways()).hasSameSizeAs(step.paths());
        });
    }

    @Test
    void ofWhatDevicesSay_nothingIsForeseen() {
        assertThat(Demo.shipped("site-founding").steps().filter(Step.RollCall.class::isInstance))
                .singleElement()
                .satisfies(step -> assertThat(Foreseen.of(step)).isEqualTo(List.of()));
    }
}
