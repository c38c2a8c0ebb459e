package org.quorate.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;

/// Our proofs against the reference cases of others (`merkle-cases.txt` says whose).
class MerkleConformanceTest {
    private static final List<Case> CASES = new ArrayList<>();

    /// Two numbers, two hashes and a path, of either kind of proof: index, size, root and leaf, or both sizes and both
    /// roots. Without a value where the reference has one that is no hash.
    private record Proof(
            boolean inclusion, long one, long two, Optional<Digest> first, Optional<Digest> second, Path path) {
        boolean holds() {
            if (first.isEmpty() || second.isEmpty() || path.hasOthers) {
                return false;
            }
            return inclusion
                    ? Proofs.includes(one, two, second.get(), path.hashes, first.get())
                    : Proofs.consistent(one, first.get(), two, second.get(), path.hashes);
        }

        Proof with(List<Digest> hashes) {
            return new Proof(inclusion, one, two, first, second, new Path(hashes, false));
        }
    }

    /// @param hasOthers whether something is in it that is no hash
    private record Path(List<Digest> hashes, boolean hasOthers) {}

    private record Case(String name, Proof proof, boolean holds) {}

    @BeforeAll
    static void read() throws Exception {
        var hashes = new HashMap<String, Digest>();
        try (InputStream stream = MerkleConformanceTest.class.getResourceAsStream("merkle-cases.txt")) {
            for (String line : new String(stream.readAllBytes(), UTF_8).lines().toList()) {
                String[] words = line.split(" \\| ", -1);
                switch (words[0]) {
                    case "hash" -> hashes.put(words[1], Digest.ofHex(words[2]).orElseThrow());
                    case "inclusion", "consistency" -> CASES.add(read(words, hashes));
                    default -> assertThat(line).startsWith("#");
                }
            }
        }
    }

    private static Case read(String[] words, Map<String, Digest> hashes) {
        List<String> path = words[6].equals("-") ? List.of() : List.of(words[6].split(" ", -1));
        var proof = new Proof(
                words[0].equals("inclusion"),
                Long.parseUnsignedLong(words[2]),
                Long.parseUnsignedLong(words[3]),
                Optional.ofNullable(hashes.get(words[4])),
                Optional.ofNullable(hashes.get(words[5])),
                new Path(
                        path.stream()
                                .filter(hashes::containsKey)
                                .map(hashes::get)
                                .toList(),
                        !hashes.keySet().containsAll(path)));
        return new Case(words[0] + " " + words[1], proof, words[7].equals("holds"));
    }

    @Test
    void proofs_ofEveryReferenceCase_areJudgedAsTheReferenceSays() {
        assertThat(CASES.stream().filter(c -> c.proof.inclusion)).hasSize(98);
        assertThat(CASES.stream().filter(c -> !c.proof.inclusion)).hasSize(98);
        assertThat(CASES.stream().filter(Case::holds)).hasSize(12);
        assertThat(CASES).allSatisfy(c -> assertThat(c.proof.holds()).as(c.name).isEqualTo(c.holds));
    }

    @Test
    void proofs_ofEveryGoodReferenceCase_areRefusedWithAnyBitFlipped() {
        for (Case good : good()) {
            Proof proof = good.proof;
            for (int bit = 0; bit < 256; bit++) {
                int flip = bit;
                assertThat(new Proof(
                                        proof.inclusion,
                                        proof.one,
                                        proof.two,
                                        proof.first.map(hash -> flipped(hash, flip)),
                                        proof.second,
                                        proof.path)
                                .holds())
                        .as(good.name)
                        .isFalse();
                assertThat(new Proof(
                                        proof.inclusion,
                                        proof.one,
                                        proof.two,
                                        proof.first,
                                        proof.second.map(hash -> flipped(hash, flip)),
                                        proof.path)
                                .holds())
                        .as(good.name)
                        .isFalse();
                for (int node = 0; node < proof.path.hashes.size(); node++) {
                    var path = new ArrayList<>(proof.path.hashes);
                    path.set(node, flipped(path.get(node), bit));
                    assertThat(proof.with(path).holds()).as(good.name).isFalse();
                }
            }
        }
    }

    @Test
    void proofs_ofEveryGoodReferenceCase_areRefusedWithANodeMoreOrLess() {
        for (Case good : good()) {
            List<Digest> path = good.proof.path.hashes;
            for (int at = 0; at <= path.size(); at++) {
                var more = new ArrayList<>(path);
                more.add(at, good.proof.second.orElseThrow());
                assertThat(good.proof.with(more).holds()).as(good.name).isFalse();
                if (at < path.size()) {
                    var less = new ArrayList<>(path);
                    less.remove(at);
                    assertThat(good.proof.with(less).holds()).as(good.name).isFalse();
                }
            }
        }
    }

    /// A path also fits further sizes, those in which the leaf has as many hashes beside it, on the same sides. That is
    /// why sizes come with their root from a signed note.
    @Test
    void proofs_ofEveryGoodReferenceCase_areRefusedForAnotherPlaceOrSize() {
        for (Case good : good()) {
            Proof proof = good.proof;
            Predicate<long[]> holds = numbers ->
                    new Proof(proof.inclusion, numbers[0], numbers[1], proof.first, proof.second, proof.path).holds();
            for (long one = -1; one <= 20; one++) {
                if (one != proof.one) {
                    assertThat(holds.test(new long[] {one, proof.two}))
                            .as(good.name + " at " + one)
                            .isFalse();
                }
            }
            assertThat(holds.test(new long[] {proof.one, proof.two * 2}))
                    .as(good.name)
                    .isFalse();
            assertThat(holds.test(new long[] {proof.one, proof.two / 2}))
                    .as(good.name)
                    .isFalse();
        }
    }

    private static List<Case> good() {
        return CASES.stream().filter(Case::holds).toList();
    }

    private static Digest flipped(Digest digest, int bit) {
        byte[] bytes = digest.bytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Digest.ofRaw(bytes);
    }
}
