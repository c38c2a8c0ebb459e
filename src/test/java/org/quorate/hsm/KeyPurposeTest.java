package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyPurposeTest {
    private static final List<String> SPECS = List.of(
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
            "HMAC 512");

    @ParameterizedTest
    @CsvSource({
        "CERTIFICATE_AUTHORITY, 'EC P-256,EC P-384,EC P-521,RSA 2048,RSA 3072,RSA 4096'",
        "SIGNING, 'EC P-256,EC P-384,EC P-521,RSA 2048,RSA 3072,RSA 4096,Ed25519'",
        "TRANSPORT, 'RSA 3072,RSA 4096'",
        "WRAPPING, 'AES 128,AES 192,AES 256'",
        "UNWRAPPING, 'AES 128,AES 192,AES 256'",
        "DATA_ENCRYPTION, 'AES 128,AES 192,AES 256'",
        "KEY_ENCRYPTION, 'AES 128,AES 192,AES 256'",
        "MESSAGE_AUTHENTICATION, 'HMAC 256,HMAC 384,HMAC 512'"
    })
    void kinds_thatSuit_areTheseAndNoOthers(KeyPurpose purpose, String suiting) {
        assertThat(SPECS)
                .filteredOn(text -> purpose.suits(KeySpec.parse(text).orElseThrow()))
                .containsExactly(suiting.split(",", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "DATA_ENCRYPTION, 'ENCRYPT,DECRYPT'",
        "KEY_ENCRYPTION, 'WRAP,UNWRAP'",
        "MESSAGE_AUTHENTICATION, 'SIGN,VERIFY'"
    })
    void keyThatWorksForYears_isPrivateAndCanBeBackedUpUnderATrustedKey(KeyPurpose purpose, String uses) {
        Set<Attribute> expected = Stream.concat(
                        Arrays.stream(uses.split(",", -1)).map(Attribute::valueOf),
                        Stream.of(
                                Attribute.TOKEN,
                                Attribute.PRIVATE,
                                Attribute.MODIFIABLE,
                                Attribute.DESTROYABLE,
                                Attribute.SENSITIVE,
                                Attribute.EXTRACTABLE,
                                Attribute.WRAP_WITH_TRUSTED))
                .collect(Collectors.toSet());
        assertThat(allowed(purpose.secretKey("key"))).isEqualTo(expected);

        expected.remove(Attribute.EXTRACTABLE);
        assertThat(allowed(purpose.copy("key"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(KeyPurpose.class)
    void copy_neverLeaves_ofEitherHalfOfTheWorld(KeyPurpose purpose) {
        assertThat(purpose.copy("key").get(Attribute.EXTRACTABLE)).contains(false);
        assertThat(purpose.copy("key").get(Attribute.SENSITIVE)).contains(true);
        assertThat(purpose.copy("key").get(Attribute.PRIVATE)).contains(true);
    }

    @Test
    void copyOfAWrappingKey_isTheOneThatUnwraps() {
        assertThat(KeyPurpose.WRAPPING.copy("key")).isEqualTo(KeyPurpose.UNWRAPPING.secretKey("key"));
    }

    @Test
    void envelopedKey_isOfTheSession_andOnlyLeavesAndEncrypts() {
        Template key = KeyPurpose.enveloped("data");

        assertThat(allowed(key))
                .containsExactlyInAnyOrder(
                        Attribute.PRIVATE,
                        Attribute.SENSITIVE,
                        Attribute.EXTRACTABLE,
                        Attribute.ENCRYPT,
                        Attribute.MODIFIABLE,
                        Attribute.DESTROYABLE);
        assertThat(key.attributes().keySet())
                .isEqualTo(KeyPurpose.DATA_ENCRYPTION
                        .secretKey("data")
                        .attributes()
                        .keySet());
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyPurpose.class,
            names = {"DATA_ENCRYPTION", "KEY_ENCRYPTION", "MESSAGE_AUTHENTICATION"})
    void secretKey_hasNoHalves(KeyPurpose purpose) {
        assertThatThrownBy(() -> purpose.privateHalf("key")).isInstanceOf(IllegalArgumentException.class);
        assertThat(KeyPurpose.ofWire(purpose.wire())).contains(purpose);
    }

    private static Set<Attribute> allowed(Template template) {
        return template.attributes().keySet().stream()
                .filter(attribute -> template.attributes().getOrDefault(attribute, false))
                .collect(Collectors.toSet());
    }
}
