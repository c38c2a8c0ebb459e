package org.quorate.quorum.securitydomain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;

class SecurityDomainTest {
    private static Optional<byte[]> joined(List<byte[]> shares) {
        List<Secret> secrets =
                shares.stream().map(share -> Secret.ofBytes(share.clone())).toList();
        return DomainShares.join(secrets).map(secret -> secret.use(byte[]::clone));
    }

    /// Every two of four, and every three; all bytes are in the secret, since 256 is the number that no byte is.
    @Test
    void anySharesThatAreEnough_giveTheSecret_andFewerDoNot() {
        byte[] secret = new byte[256];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        List<byte[]> shares = ManagedHsm.split(secret, 3, 5);

        for (int a = 0; a < 5; a++) {
            for (int b = a + 1; b < 5; b++) {
                for (int c = b + 1; c < 5; c++) {
                    assertThat(joined(List.of(shares.get(c), shares.get(a), shares.get(b))))
                            .get()
                            .isEqualTo(secret);
                }
                assertThat(joined(List.of(shares.get(a), shares.get(b))).filter(found -> Arrays.equals(found, secret)))
                        .isEmpty();
            }
        }
    }

    @Test
    void sharesThatDoNotBelongTogether_giveNothing() {
        byte[] secret = new byte[32];
        new Random(1).nextBytes(secret);
        List<byte[]> shares = ManagedHsm.split(secret, 2, 3);
        byte[] mixed = shares.get(1).clone();
        mixed[3] ^= 2;

        assertThat(joined(List.of(shares.get(0), shares.get(0)))).isEmpty();
        assertThat(joined(List.of(shares.get(0), mixed))).isEmpty();
        assertThat(joined(List.of(shares.get(0), Arrays.copyOf(shares.get(1), 62))))
                .isEmpty();
        assertThat(joined(List.of(new byte[0], new byte[0]))).isEmpty();
    }

    /// openssl computes the same from the same label, with an empty context.
    @Test
    void derivedKeys_areThoseOfAnotherProgram() throws Exception {
        try (Secret master = Secret.ofBytes("A".repeat(32).getBytes(StandardCharsets.US_ASCII));
                Secret derived = SecurityDomain.derived(master, "label")) {
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "kdf",
                            "-keylen",
                            "64",
                            "-kdfopt",
                            "mac:HMAC",
                            "-kdfopt",
                            "digest:SHA512",
                            "-kdfopt",
                            "hexkey:" + "41".repeat(32),
                            "-kdfopt",
                            "salt:label",
                            "-kdfopt",
                            "mode:COUNTER",
                            "-binary",
                            "KBKDF")
                    .start();
            byte[] expected = openssl.getInputStream().readAllBytes();
            assertThat(openssl.waitFor()).isZero();
            String hex = derived.use(bytes -> HexFormat.of().formatHex(bytes));
            assertThat(hex).isEqualTo(HexFormat.of().formatHex(expected));
        }
    }

    @Test
    void encryptedText_isOpenedByItsKeyOnly_andNotWhenAltered() {
        var random = new SecureRandom();
        byte[] key = new byte[64];
        random.nextBytes(key);
        try (Secret right = Secret.ofBytes(key.clone());
                Secret content = Secret.ofBytes(new byte[] {1, 2, 3})) {
            Jwe jwe = Jwe.encrypt("dir", "tag", new byte[0], right, content, random);
            assertThat(Jwe.parse(jwe.compact(), "dir").decrypt(right)).isPresent();
            key[0] ^= 1;
            try (Secret wrong = Secret.ofBytes(key)) {
                assertThat(jwe.decrypt(wrong)).isEmpty();
            }
            var altered = new ArrayList<Jwe>();
            byte[] ciphertext = jwe.ciphertext().clone();
            ciphertext[0] ^= 1;
            altered.add(new Jwe(jwe.header(), jwe.encryptedKey(), jwe.iv(), ciphertext, jwe.tag()));
            byte[] iv = jwe.iv().clone();
            iv[0] ^= 1;
            altered.add(new Jwe(jwe.header(), jwe.encryptedKey(), iv, jwe.ciphertext(), jwe.tag()));
            altered.add(new Jwe(jwe.header() + "A", jwe.encryptedKey(), jwe.iv(), jwe.ciphertext(), jwe.tag()));
            assertThat(altered).allMatch(one -> one.decrypt(right).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not JSON                                                       | {
            SharedKeys is missing                                          | {"EncData": {"data": []}}
            enc_shares is not a list                                       | {"SharedKeys": {}}
            a JWE has five parts                                           | {"SharedKeys": {"enc_shares": [{"x5t_256": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "enc_key": "a.b"}]}}
            x5t_256 is no SHA-256                                          | {"SharedKeys": {"enc_shares": [{"x5t_256": "AAAA", "enc_key": "a"}]}}
            2 of 0 shares                                                  | {"SharedKeys": {"enc_shares": [], "required": 2}}
            """)
    void whatIsNoDomain_isRefused_withItsPlace(String place, String text) {
        assertThatThrownBy(() -> SecurityDomain.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().id()).isEqualTo("quorum.security_domain.not_read");
                    assertThat(e.problem().cause()).contains(place);
                });
    }

    @Test
    void exchangeKey_mustBeACertificate() {
        assertThatThrownBy(() -> SecurityDomain.exchangeKey("no PEM".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("quorum.security_domain.no_exchange_key"));
    }
}
