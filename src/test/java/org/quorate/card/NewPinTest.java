package org.quorate.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.base.Secret;
import org.quorate.card.NewPin.Weakness;

class NewPinTest {
    private static Optional<Weakness> weakness(String pin) {
        try (Secret secret = Secret.ofChars(pin.toCharArray())) {
            return NewPin.weakness(secret);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "12345, LENGTH",
        "573190264, LENGTH",
        "57319a, NOT_DIGITS",
        "57 3190, NOT_DIGITS",
        "000000, ONE_DIGIT",
        "77777777, ONE_DIGIT",
        "123456, RUN",
        "234567, RUN",
        "789012, RUN",
        "876543, RUN",
        "21098765, RUN"
    })
    void weakPin_isRefused_withItsReason(String pin, Weakness reason) {
        assertThat(weakness(pin)).contains(reason);
        assertThat(reason.text()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"573190", "112345", "12345687", "98765401"})
    void otherPin_isTaken(String pin) {
        assertThat(weakness(pin)).isEmpty();
    }

    @Test
    void practicePin_isAnotherOneThatIsNotWeak_whateverCameBefore() {
        for (String before : new String[] {"000000", "999999", "728172", "851628", "12345678"}) {
            String next = NewPin.practiceAfter(before);

            assertThat(next).isNotEqualTo(before);
            assertThat(weakness(next)).isEmpty();
        }
    }
}
