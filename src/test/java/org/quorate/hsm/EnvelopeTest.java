package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the keys that work for years are for, as one story on a real SoftHSM.
class EnvelopeTest {
    private static final KeySpec.Aes AES = new KeySpec.Aes(256);
    private static final KeyId OLD = new KeyId("01".repeat(16));
    private static final KeyId NEW = new KeyId("02".repeat(16));
    private static final KeyId DATA = new KeyId("03".repeat(16));
    private static final KeyId AGAIN = new KeyId("04".repeat(16));

    @Test
    void dataKey_goesFromOneEnvelopeToTheNext_withTheSameCheckValue_andIsNeverOnTheToken() {
        try (SoftHsm softHsm = SoftHsm.with("one");
                TokenSession session = softHsm.asUser("one")) {
            Template carrier = KeyPurpose.KEY_ENCRYPTION.secretKey("carrier");
            session.generateKey(AES, OLD, carrier).orThrow();
            session.generateKey(AES, NEW, carrier).orThrow();
            session.generateKey(AES, DATA, KeyPurpose.enveloped("data")).orThrow();
            KeyCheckValue before = checkValue(session, DATA);
            byte[] envelope = session.wrap(OLD, WrapScheme.AES_KWP, DATA, ObjectClass.SECRET_KEY)
                    .orThrow();
            destroy(session, DATA);

            session.unwrap(OLD, WrapScheme.AES_KWP, envelope, AES, DATA, KeyPurpose.enveloped("data"))
                    .orThrow();
            assertThat(checkValue(session, DATA)).isEqualTo(before);
            byte[] next = session.wrap(NEW, WrapScheme.AES_KWP, DATA, ObjectClass.SECRET_KEY)
                    .orThrow();
            destroy(session, DATA);
            session.unwrap(NEW, WrapScheme.AES_KWP, next, AES, AGAIN, KeyPurpose.enveloped("data"))
                    .orThrow();

            assertThat(checkValue(session, AGAIN)).isEqualTo(before);
            assertThat(session.decrypt(AGAIN, CipherScheme.AES_BLOCKS, new byte[16]))
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(session.objects())
                    .filteredOn(TokenObject::onToken)
                    .extracting(object -> object.id().orElseThrow())
                    .containsExactlyInAnyOrder(OLD, NEW);
            // The carriers themselves leave under trusted keys only.
            assertThat(session.wrap(NEW, WrapScheme.AES_KWP, OLD, ObjectClass.SECRET_KEY))
                    .isEqualTo(new Outcome.Refused<>("C_WrapKey", "CKR_KEY_NOT_WRAPPABLE"));
        }
    }

    /// RFC 3394, whose result is as long as the key and eight bytes.
    @Test
    void dataKey_goesInAnEnvelopeWithoutPaddingToo_andBothAreFoundWithoutALogin() {
        try (SoftHsm softHsm = SoftHsm.with("one")) {
            try (TokenSession anybody = softHsm.withoutLogin("one")) {
                assertThat(anybody.keyWraps().orThrow()).containsExactly(WrapScheme.AES_KWP, WrapScheme.AES_KW);
                assertThat(anybody.mechanismOf(WrapScheme.AES_KW)).contains("0x2109, found to be RFC 3394");
                assertThat(anybody.objects()).isEmpty();
            }
            try (TokenSession session = softHsm.asUser("one")) {
                session.generateKey(AES, OLD, KeyPurpose.KEY_ENCRYPTION.secretKey("carrier"))
                        .orThrow();
                session.generateKey(AES, DATA, KeyPurpose.enveloped("data")).orThrow();

                byte[] envelope = session.wrap(OLD, WrapScheme.AES_KW, DATA, ObjectClass.SECRET_KEY)
                        .orThrow();
                session.unwrap(OLD, WrapScheme.AES_KW, envelope, AES, AGAIN, KeyPurpose.enveloped("data"))
                        .orThrow();

                assertThat(envelope).hasSize(40);
                assertThat(checkValue(session, AGAIN)).isEqualTo(checkValue(session, DATA));
            }
        }
    }

    private static KeyCheckValue checkValue(TokenSession session, KeyId id) {
        return session.checkValue(session.find(id, ObjectClass.SECRET_KEY).orElseThrow())
                .orThrow();
    }

    private static void destroy(TokenSession session, KeyId id) {
        session.find(id).forEach(object -> session.destroy(object).orThrow());
    }
}
