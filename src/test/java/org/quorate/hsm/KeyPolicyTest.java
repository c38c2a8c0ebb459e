package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPolicyTest {
    private static KeySpec spec(String text) {
        return KeySpec.parse(text).orElseThrow();
    }

    /// SP 800-57 Part 1 Rev. 5, table 2.
    @Test
    void strength_isThatOfTheTable() {
        assertThat(List.of("RSA 2048", "RSA 3072", "EC P-256", "EC P-384", "EC P-521", "AES 128", "AES 192", "AES 256"))
                .extracting(text -> KeyPolicy.strength(spec(text)))
                .containsExactly(112, 128, 128, 192, 256, 128, 192, 256);
        assertThat(List.of("Ed25519", "HMAC 256", "HMAC 384", "HMAC 512"))
                .extracting(text -> KeyPolicy.strength(spec(text)))
                .containsExactly(128, 256, 256, 256);
    }

    @Test
    void refusal_of112Bits_beginsAfter2030_andNamesTheTable() {
        assertThat(KeyPolicy.refusal(spec("RSA 2048"), 2030)).isEmpty();
        assertThat(KeyPolicy.refusal(spec("RSA 2048"), 2031))
                .get()
                .extracting(KeyPolicy.Refusal::section)
                .isEqualTo("SP 800-57 Part 1 Rev. 5, table 4");
        assertThat(KeyPolicy.refusal(spec("EC P-256"), 2060)).isEmpty();
    }

    @Test
    void forbidden_ofWhatIsTooWeakForAnyTime_namesTheSection() {
        assertThat(List.of("RSA 1024", "DSA 1024", "EC P-192", "3DES", "DES 56", "HMAC 80", "HMAC 111"))
                .allSatisfy(text -> assertThat(KeyPolicy.forbidden(text)).isPresent());
        assertThat(List.of(
                        "RSA 2048", "RSA 2049", "EC P-256", "EC P-224", "AES 128", "HMAC 112", "HMAC 128", "nonsense"))
                .allSatisfy(text -> assertThat(KeyPolicy.forbidden(text)).isEmpty());
    }
}
