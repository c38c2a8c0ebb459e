package org.quorate.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    /// From the test vectors that BIP-39 names.
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, abandon abandon abandon abandon abandon abandon abandon abandon abandon"
                + " abandon abandon about",
        "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f, legal winner thank year wave sausage worth useful legal winner thank yellow",
        "80808080808080808080808080808080, letter advice cage absurd amount doctor acoustic avoid letter advice cage"
                + " above",
        "ffffffffffffffffffffffffffffffff, zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
        "9e885d952ad362caeb4efe34a8e91bd2, ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
        "0000000000000000000000000000000000000000000000000000000000000000, abandon abandon abandon abandon abandon"
                + " abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
                + " abandon abandon abandon abandon abandon abandon art",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo"
                + " zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote",
        "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c, hamster diagram private dutch cause delay"
                + " private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug"
                + " inflict delay length"
    })
    void of_theVectorsOfBip39_givesTheirWords(String hex, String words) {
        assertThat(String.join(" ", Words.of(HexFormat.of().parseHex(hex)))).isEqualTo(words);
    }

    @Test
    void of_anyBytes_keepsEveryBit() {
        List<String> list = list();
        for (int seed = 0; seed < 500; seed++) {
            byte[] bytes = new byte[seed % 2 == 0 ? 16 : 32];
            new Random(seed).nextBytes(bytes);

            BigInteger bits = BigInteger.ZERO;
            for (String word : Words.of(bytes)) {
                bits = bits.shiftLeft(11).or(BigInteger.valueOf(list.indexOf(word)));
            }

            assertThat(bits.shiftRight(bytes.length / 4)).as("seed %d", seed).isEqualTo(new BigInteger(1, bytes));
        }
    }

    @Test
    void spoken_ofADigest_areTheFirstTwelveOfItsWords() {
        Digest digest = Digest.of("a script".getBytes(StandardCharsets.UTF_8));

        assertThat(Words.spoken(digest)).hasSize(12).isEqualTo(digest.words().subList(0, 12));
    }

    @Test
    void of_anotherLength_isRefused() {
        for (int length : new int[] {0, 15, 17, 20, 31, 33}) {
            assertThatThrownBy(() -> Words.of(new byte[length])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /// The list is an artefact of others; a changed word would go unnoticed for years.
    @Test
    void list_isTheOneOfBip39() {
        assertThat(Digest.of(listBytes()).hex())
                .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
        assertThat(list().stream().map(w -> w.substring(0, Math.min(4, w.length()))))
                .doesNotHaveDuplicates()
                .hasSize(2048);
    }

    private static List<String> list() {
        return new String(listBytes(), StandardCharsets.US_ASCII).lines().toList();
    }

    private static byte[] listBytes() {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream("bip39-english.txt"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
