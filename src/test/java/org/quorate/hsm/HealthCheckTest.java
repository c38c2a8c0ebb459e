package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quorate.base.Texts;

/// On a real SoftHSM.
class HealthCheckTest {
    private static SoftHsm softHsm;

    @BeforeAll
    static void open() {
        softHsm = SoftHsm.with("health");
    }

    @AfterAll
    static void close() {
        softHsm.close();
    }

    @Test
    void random_ofSoftHsm_passesEveryTest() {
        assertThat(HealthCheck.random(softHsm.token("health")).orThrow())
                .hasSize(3)
                .allMatch(RandomTests.Result::passed);
    }

    @Test
    void denied_onSoftHsm_isEverything_andNothingIsLeft() {
        try (TokenSession session = softHsm.asUser("health")) {
            assertThat(HealthCheck.denied(session))
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(one.denied())
                            .as(one.name() + ": " + one.answer())
                            .isTrue());
            assertThat(session.objects()).isEmpty();
        }
    }

    @Test
    void latencies_onSoftHsm_timeEveryOperation_andLeaveNothing() {
        try (TokenSession session = softHsm.asUser("health")) {
            assertThat(HealthCheck.latencies(softHsm.token("health"), session, 5, System::nanoTime))
                    .extracting(Latency::operation)
                    .containsExactly(
                            "random_32_bytes",
                            "sign_ec_p256",
                            "sign_rsa_2048",
                            "sign_ed25519",
                            "hmac_256",
                            "encrypt_aes_256",
                            "decrypt_aes_256")
                    .allSatisfy(name ->
                            assertThat(Texts.get("hsm.operation." + name)).isNotEmpty());
            assertThat(session.objects()).isEmpty();
        }
    }

    @Test
    void room_ofSoftHsm_isAsItReports() {
        TokenRoom room = softHsm.token("health").info().room();

        assertThat(room.maxSessions()).contains(TokenRoom.UNLIMITED);
        assertThat(room.freePrivate()).isEmpty();
    }
}
