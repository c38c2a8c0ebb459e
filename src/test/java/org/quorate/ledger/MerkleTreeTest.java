package org.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;

class MerkleTreeTest {
    /// The eight entries that implementations of Certificate Transparency have been tried on since RFC 6962.
    private static final List<String> KNOWN_ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> KNOWN_ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final int SIZES = 65;

    private static MerkleTree known() {
        var tree = new MerkleTree();
        for (String entry : KNOWN_ENTRIES) {
            tree.append(Proofs.leafOf(HexFormat.of().parseHex(entry)).bytes());
        }
        return tree;
    }

    private static MerkleTree numbered(int size) {
        var tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(Proofs.leafOf(new byte[] {(byte) i, (byte) (i >> 8)}).bytes());
        }
        return tree;
    }

    @Test
    void root_ofTheKnownEntries_isTheKnownRootAtEverySize() {
        MerkleTree tree = known();
        for (int size = 1; size <= 8; size++) {
            assertThat(tree.first(size).root().hex()).isEqualTo(KNOWN_ROOTS.get(size - 1));
        }
    }

    @Test
    void root_ofNothing_isTheHashOfNothing() {
        assertThat(new MerkleTree().first(0).root()).isEqualTo(Digest.of(new byte[0]));
    }

    @Test
    void inclusion_ofTheKnownTree_isTheKnownPath() {
        Tree tree = known().first(8);

        assertThat(tree.inclusion(5).stream().map(Digest::hex))
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Test
    void root_whileTheTreeGrows_isThatOfTheRecursiveDefinition() {
        var leaves = new ArrayList<byte[]>();
        var tree = new MerkleTree();
        for (int size = 1; size < 300; size++) {
            leaves.add(Proofs.leafOf(new byte[] {(byte) size, 7}).bytes());
            tree.append(leaves.getLast());
            assertThat(tree.root(size)).isEqualTo(defined(leaves));
        }
        assertThat(tree.root(100)).isEqualTo(defined(leaves.subList(0, 100)));
    }

    /// RFC 9162 section 2.1.1, word for word.
    private static byte[] defined(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return new MerkleTree.NodeHash()
                .of(defined(leaves.subList(0, split)), defined(leaves.subList(split, leaves.size())));
    }

    @Test
    void first_afterMoreWasAppended_staysAsItWas() {
        MerkleTree tree = numbered(5);
        Tree five = tree.first(5);
        Digest root = five.root();
        List<Digest> path = five.inclusion(3);
        tree.append(new byte[32]);

        assertThat(five.root()).isEqualTo(root);
        assertThat(five.inclusion(3)).isEqualTo(path);
        assertThatThrownBy(() -> five.leaf(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void includes_forEveryLeafOfEverySize_holdsAndNoMutationDoes() {
        MerkleTree all = numbered(SIZES);
        for (int size = 1; size <= SIZES; size++) {
            Tree tree = all.first(size);
            for (int index = 0; index < size; index++) {
                List<Digest> path = tree.inclusion(index);
                assertThat(Proofs.includes(index, size, tree.leaf(index), path, tree.root()))
                        .as("%d of %d", index, size)
                        .isTrue();
                refuseMutatedInclusions(tree, index, path);
            }
        }
    }

    private static void refuseMutatedInclusions(Tree tree, int index, List<Digest> path) {
        long size = tree.size();
        Digest leaf = tree.leaf(index);
        Digest root = tree.root();
        assertThat(Proofs.includes(index + 1, size, leaf, path, root)).isFalse();
        assertThat(Proofs.includes(index - 1, size, leaf, path, root)).isFalse();
        assertThat(Proofs.includes(index ^ 2, size, leaf, path, root)).isFalse();
        assertThat(Proofs.includes(index, size * 2, leaf, path, root)).isFalse();
        assertThat(Proofs.includes(index, 0, leaf, path, root)).isFalse();
        assertThat(Proofs.includes(index, size, flipped(leaf), path, root)).isFalse();
        assertThat(Proofs.includes(index, size, leaf, path, flipped(root))).isFalse();
        for (List<Digest> wrong : mutations(path, leaf, root)) {
            assertThat(Proofs.includes(index, size, leaf, wrong, root)).isFalse();
        }
    }

    @Test
    void consistent_forEveryPairOfSizes_holdsAndNoMutationDoes() {
        MerkleTree all = numbered(SIZES);
        for (int size = 1; size <= SIZES; size++) {
            Tree tree = all.first(size);
            for (int old = 1; old <= size; old++) {
                Tree before = all.first(old);
                List<Digest> path = tree.consistency(old);
                assertThat(Proofs.consistent(old, before.root(), size, tree.root(), path))
                        .as("%d to %d", old, size)
                        .isTrue();
                if (old < size) {
                    refuseMutatedConsistency(before, tree, path);
                }
            }
        }
    }

    private static void refuseMutatedConsistency(Tree before, Tree tree, List<Digest> path) {
        long old = before.size();
        long size = tree.size();
        assertThat(Proofs.consistent(old + 1, before.root(), size, tree.root(), path))
                .isFalse();
        assertThat(Proofs.consistent(old - 1, before.root(), size, tree.root(), path))
                .isFalse();
        assertThat(Proofs.consistent(old, before.root(), size * 2, tree.root(), path))
                .isFalse();
        assertThat(Proofs.consistent(old, tree.root(), size, before.root(), path))
                .isFalse();
        assertThat(Proofs.consistent(old, flipped(before.root()), size, tree.root(), path))
                .isFalse();
        assertThat(Proofs.consistent(old, before.root(), size, flipped(tree.root()), path))
                .isFalse();
        for (List<Digest> wrong : mutations(path, before.root(), tree.root())) {
            assertThat(Proofs.consistent(old, before.root(), size, tree.root(), wrong))
                    .isFalse();
        }
    }

    /// The ways in which the test data of transparency-dev/merkle spoils a path: emptied, cut, each hash changed, and
    /// each of some hashes put before or after.
    private static List<List<Digest>> mutations(List<Digest> path, Digest one, Digest two) {
        var wrong = new ArrayList<List<Digest>>();
        if (!path.isEmpty()) {
            wrong.add(List.of());
            wrong.add(path.subList(0, path.size() - 1));
            wrong.add(path.subList(1, path.size()));
        }
        for (int i = 0; i < path.size(); i++) {
            var changed = new ArrayList<>(path);
            changed.set(i, flipped(path.get(i)));
            wrong.add(changed);
        }
        for (Digest extra : List.of(one, two, Digest.ZERO)) {
            var before = new ArrayList<>(path);
            before.addFirst(extra);
            wrong.add(before);
            var after = new ArrayList<>(path);
            after.addLast(extra);
            wrong.add(after);
        }
        wrong.removeIf(mutated -> mutated.equals(path));
        return wrong;
    }

    private static Digest flipped(Digest digest) {
        byte[] bytes = digest.bytes();
        bytes[0] ^= 0x10;
        return Digest.ofRaw(bytes);
    }

    @Test
    void consistent_fromSizeZero_isRefused() {
        Tree tree = numbered(3).first(3);

        assertThat(Proofs.consistent(0, numbered(0).first(0).root(), 3, tree.root(), List.of()))
                .isFalse();
        assertThat(Proofs.consistent(0, Digest.ZERO, 0, Digest.ZERO, List.of())).isFalse();
        assertThatThrownBy(() -> tree.consistency(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void proofs_ofALargeTree_hold() {
        int size = 20_001;
        MerkleTree tree = numbered(size);
        var random = new Random(9162);
        for (int round = 0; round < 200; round++) {
            int of = 1 + random.nextInt(size);
            int index = random.nextInt(of);
            Tree some = tree.first(of);
            assertThat(Proofs.includes(index, of, some.leaf(index), some.inclusion(index), some.root()))
                    .isTrue();
            int old = 1 + random.nextInt(of);
            assertThat(Proofs.consistent(old, tree.first(old).root(), of, some.root(), some.consistency(old)))
                    .isTrue();
        }
    }
}
