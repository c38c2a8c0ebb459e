package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ceremony.Question.Choose;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenSession;

class AdmissionActsTest {
    @TempDir
    private Path folder;

    /// As an HSM behind a network that carries none of the mechanisms.
    @Test
    void tokenThatLetsNoAttackComeAbout_isNotSaidToHaveFallen() {
        var real = new TestHsm("S1");
        TokenSession mute = proxy(TokenSession.class, (self, method, arguments) -> switch (method.getReturnType()
                .getSimpleName()) {
            case "Outcome" -> new Outcome.Refused<>("C_GenerateKey", "CKR_MECHANISM_INVALID");
            case "Optional" -> Optional.empty();
            case "List" -> List.of();
            default -> null;
        });
        Token token = proxy(
                Token.class,
                (self, method, arguments) -> method.getName().equals("open")
                        ? new Outcome.Done<>(mute)
                        : method.invoke(real.present.getFirst(), arguments));
        Hsm hsm = proxy(
                Hsm.class,
                (self, method, arguments) ->
                        method.getName().equals("tokens") ? List.of(token) : method.invoke(real, arguments));
        try (TestRoom room = new TestRoom(
                folder, hsm, Map.of("primary", "S1", "backup", "S2"), step("admit_token", "admit", "token: primary"))) {
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.not_attacked");
            assertThat(room.observed("admission").getFirst().string("verdict")).isEqualTo("differs");
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
