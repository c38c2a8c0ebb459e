package org.quorate.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.base.Secret;
import org.quorate.card.SecretSplitter.Joined;

class SecretSplitterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Random seeded = new Random(20261122);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        seeded.nextBytes(bytes);
        return bytes;
    }

    private static List<Share> split(byte[] secret, int m, int n) {
        try (Secret whole = Secret.ofBytes(secret.clone())) {
            return SecretSplitter.split(whole, m, n, RANDOM);
        }
    }

    private static byte[] value(Share share) {
        return share.value().use(byte[]::clone);
    }

    private static byte[] whole(Joined joined) {
        assertThat(joined).isInstanceOf(Joined.Whole.class);
        try (Secret secret = ((Joined.Whole) joined).secret()) {
            return secret.use(byte[]::clone);
        }
    }

    private static Joined join(List<Share> shares) {
        return SecretSplitter.join(shares.getFirst().split(), shares);
    }

    /// Every choice of `m` of them.
    private static List<List<Share>> subsets(List<Share> shares, int m) {
        var all = new ArrayList<List<Share>>();
        for (int mask = 0; mask < 1 << shares.size(); mask++) {
            if (Integer.bitCount(mask) == m) {
                var some = new ArrayList<Share>();
                for (int i = 0; i < shares.size(); i++) {
                    if ((mask & 1 << i) != 0) {
                        some.add(shares.get(i));
                    }
                }
                all.add(some);
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"2, 2", "2, 3", "3, 5", "4, 7", "5, 5", "7, 9"})
    void everySubsetOfM_inAnyOrder_givesTheSecret_andNoneOfLessDoes(int m, int n) {
        for (int length : List.of(1, 16, 26, 64, 170)) {
            byte[] secret = bytes(length);
            List<Share> shares = split(secret, m, n);
            for (List<Share> some : subsets(shares, m)) {
                Collections.shuffle(some, seeded);
                assertThat(whole(join(some))).isEqualTo(secret);
            }
            for (List<Share> few : subsets(shares, m - 1)) {
                assertThat(join(few)).isEqualTo(new Joined.TooFew(m - 1, m));
            }
            assertThat(whole(join(shares))).isEqualTo(secret);
        }
    }

    @Test
    void oneShareTwice_countsOnce() {
        List<Share> shares = split(bytes(16), 3, 5);

        assertThat(join(List.of(shares.get(0), shares.get(1), shares.get(1)))).isEqualTo(new Joined.TooFew(2, 3));
    }

    @Test
    void lessThanM_tellNothing_everyByteCanStandForEverySecret() {
        var seen = new HashSet<Byte>();
        for (int i = 0; i < 8_000; i++) {
            seen.add(value(split(new byte[] {42}, 2, 2).getLast())[0]);
        }

        assertThat(seen).hasSize(256);
    }

    /// Lagrange's formula over x^8+x^4+x^3+x+1, written once more: shares outlive the library that made them.
    @Test
    void shares_arePointsOfAPolynomialOverTheFieldOfAes_andTheSecretIsItsValueAtZero() {
        byte[] secret = bytes(26);
        List<Share> shares = split(secret, 3, 5);
        byte[] found = new byte[secret.length];
        for (Share share : shares.subList(1, 4)) {
            int weight = 1;
            for (Share other : shares.subList(1, 4)) {
                if (other != share) {
                    weight = times(weight, times(other.number(), inverse(other.number() ^ share.number())));
                }
            }
            byte[] value = value(share);
            for (int i = 0; i < found.length; i++) {
                found[i] ^= (byte) times(weight, value[i] & 0xff);
            }
        }

        assertThat(found).isEqualTo(secret);
    }

    private static int times(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int left = b; left > 0; left >>= 1) {
            product ^= (left & 1) * shifted;
            shifted <<= 1;
            shifted ^= shifted > 0xff ? 0x11b : 0;
        }
        return product;
    }

    private static int inverse(int a) {
        int inverse = 1;
        while (times(a, inverse) != 1) {
            inverse++;
        }
        return inverse;
    }

    @Test
    void splittingTheSameAgain_takesAnotherIdAndAnotherPolynomial() {
        byte[] secret = bytes(26);
        var ids = new HashSet<String>();
        var values = new HashSet<String>();
        for (int i = 0; i < 200; i++) {
            List<Share> shares = split(secret, 2, 3);
            assertThat(ids.add(shares.getFirst().split().id())).isTrue();
            assertThat(shares)
                    .allSatisfy(share -> assertThat(values.add(HexFormat.of().formatHex(value(share))))
                            .isTrue());
        }
    }

    @Test
    void sharesOfTwoSplittings_areNamed() {
        byte[] secret = bytes(16);
        List<Share> current = split(secret, 2, 3);
        List<Share> older = split(secret, 2, 3);

        assertThat(SecretSplitter.join(current.getFirst().split(), List.of(current.get(0), older.get(1), older.get(2))))
                .isEqualTo(new Joined.Strangers(Set.of(2, 3)));
        Split other = current.getFirst().split();
        var larger = new Share(new Split(other.id(), 3, 3), 2, Secret.ofBytes(value(current.get(1))));
        assertThat(SecretSplitter.join(other, List.of(current.get(0), larger)))
                .isEqualTo(new Joined.Strangers(Set.of(2)));
    }

    @Test
    void twoOfOneNumberThatDiffer_orOneOfAnotherLength_areNamed() {
        List<Share> shares = split(bytes(16), 2, 3);
        Split split = shares.getFirst().split();
        var altered = new Share(split, 2, Secret.ofBytes(bytes(16)));
        var shorter = new Share(split, 3, Secret.ofBytes(bytes(15)));

        assertThat(SecretSplitter.join(split, List.of(shares.get(0), shares.get(1), altered)))
                .isEqualTo(new Joined.Strangers(Set.of(2)));
        assertThat(SecretSplitter.join(split, List.of(shares.get(0), shares.get(1), shorter)))
                .isEqualTo(new Joined.Strangers(Set.of(3)));
    }

    @Test
    void share_isReadAsItWasWritten_andNothingElseIs() {
        for (Share share : split(bytes(26), 3, 255)) {
            try (Secret written = share.toSecret();
                    Share read = Share.of(written).orElseThrow()) {
                assertThat(read.split()).isEqualTo(share.split());
                assertThat(read.number()).isEqualTo(share.number());
                assertThat(read.value().sameAs(share.value())).isTrue();
            }
        }
        byte[] good = split(bytes(4), 2, 3).getFirst().toSecret().use(byte[]::clone);
        for (int wrong : List.of(0, 17, 18, 19)) {
            byte[] altered = good.clone();
            altered[wrong] = 0;
            assertThat(Share.of(Secret.ofBytes(altered))).as("byte %d", wrong).isEmpty();
        }
        for (int length = 0; length <= 20; length++) {
            assertThat(Share.of(Secret.ofBytes(Arrays.copyOf(good, length)))).isEmpty();
        }
    }

    @Test
    void shareThatWasClosed_isWiped_andItsTextTellsNothing() {
        Share share = split(bytes(4), 2, 3).getFirst();
        share.close();

        assertThatThrownBy(() -> share.value().length()).isInstanceOf(IllegalStateException.class);
        assertThat(share.toString()).isEqualTo("share 1 of " + share.split());
    }

    @Test
    void splitThatOneCouldOpen_cannotBeMade() {
        for (int[] wrong : List.of(new int[] {1, 3}, new int[] {0, 3}, new int[] {4, 3}, new int[] {2, 256})) {
            assertThatThrownBy(() -> split(bytes(4), wrong[0], wrong[1])).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
