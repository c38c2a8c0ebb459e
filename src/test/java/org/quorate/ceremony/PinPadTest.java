package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.EnterSecret;

/// A PIN that is entered at the device never comes to the console.
class PinPadTest {
    private static final String MAKE =
            step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers");

    @TempDir
    private Path folder;

    private TestRoom room(String... steps) {
        TestRoom room = new TestRoom(folder, steps);
        room.hsm.token("S1").moreFlags = Set.of("CKF_PROTECTED_AUTHENTICATION_PATH");
        return room;
    }

    @Test
    void login_atAPad_asksForNoPin_andSaysWhereToEnterIt() {
        try (TestRoom room = room(MAKE)) {
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.count(EnterSecret.class)).isZero();
            assertThat(room.hsm.token("S1").atThePad).isPositive();
            assertThat(room.front.told)
                    .contains("Enter it at the device itself: User PIN of the Primary HSM, serial S1");
        }
    }

    @Test
    void initialisationAndChange_atAPad_askForNoPinEither() {
        try (TestRoom room = room(
                step(
                        "initialise_token",
                        "init",
                        "token: primary",
                        "label: fresh",
                        "quorum: officers",
                        "so_pin_by: security_officer",
                        "user_pin_by: officer"),
                step("change_pin", "change", "token: primary", "pin: user", "quorum: officers"))) {
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.count(EnterSecret.class)).isZero();
        }
    }

    /// Asked again by itself it would be locked before anybody understood.
    @Test
    void wrongPin_atAPad_isNotTriedAgainByItself() {
        try (TestRoom room = room(MAKE)) {
            room.hsm.token("S1").refusedLogin = Optional.of("CKR_PIN_INCORRECT");
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("hsm.pin_incorrect");
        }
    }
}
