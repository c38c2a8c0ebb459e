package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySpecTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EC P-256",
                "EC P-384",
                "EC P-521",
                "RSA 2048",
                "RSA 3072",
                "RSA 4096",
                "Ed25519",
                "AES 128",
                "AES 192",
                "AES 256",
                "HMAC 256",
                "HMAC 384",
                "HMAC 512"
            })
    void text_isReadBack(String text) {
        assertThat(KeySpec.parse(text)).get().extracting(KeySpec::text).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HMAC 128", "HMAC", "HMAC x", "ed25519", "Ed25519 256", "Ed448", "AES 512", ""})
    void anythingElse_isNoSpec(String text) {
        assertThat(KeySpec.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 384, 512})
    void hmac_goesWithTheHashOfItsLength(int bits) {
        SignatureScheme scheme = SignatureScheme.of(new KeySpec.Hmac(bits));

        assertThat(scheme.hash()).isEqualTo("SHA-" + bits);
        assertThat(scheme.jca()).isEqualTo("HmacSHA" + bits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HMAC_SHA256", "HMAC_SHA384", "HMAC_SHA512"})
    void onlyHmacs_haveNoPublicKey(String symmetric) {
        assertThat(SignatureScheme.valueOf(symmetric).isSymmetric()).isTrue();
        assertThat(List.of(SignatureScheme.values()))
                .filteredOn(SignatureScheme::isSymmetric)
                .hasSize(3);
    }
}
