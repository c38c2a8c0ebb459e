package org.quorate.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void of_fillsAllThreeLines() {
        Problem problem = Problem.of("hsm.refused", "C_Login", "CKR_PIN_LOCKED");

        assertThat(problem.lines())
                .isEqualTo(List.of(
                        "The HSM refused C_Login.",
                        "It answered CKR_PIN_LOCKED.",
                        "Read the meaning of CKR_PIN_LOCKED in docs/hsm-errors.md, mend the cause and try the step"
                                + " again."));
    }

    @Test
    void of_aValueWithBracesOrDollars_takesItAsItIs() {
        assertThat(Problem.of("hsm.refused", "{1} $1 \\", "x").what()).isEqualTo("The HSM refused {1} $1 \\.");
    }

    @Test
    void of_anUnknownId_orTooFewValues_isAnErrorOfTheProgram() {
        assertThatThrownBy(() -> Problem.of("no.such")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Problem.of("hsm.refused", "only one")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toJson_hasTheTechnicalTextOnlyWhereThereIsOne() {
        Problem problem = Problem.of("hsm.unknown", "C_GenerateKeyPair");

        assertThat(problem.toJson().members()).containsOnlyKeys("problem", "what", "cause", "next");
        assertThat(problem.withTechnical("CKR_DEVICE_ERROR").toJson().string("technical"))
                .isEqualTo("CKR_DEVICE_ERROR");
    }

    @Test
    void causedBy_keepsTheCauseAndShowsIt() {
        var cause = new IllegalStateException("pipe closed");

        ProblemException exception = Problem.of("hsm.unknown", "C_Sign").causedBy(cause);

        assertThat(exception).hasCause(cause);
        assertThat(exception.problem().technical()).contains("java.lang.IllegalStateException: pipe closed");
    }
}
