package org.quorate.ledger;

import java.util.List;
import org.quorate.base.Digest;

/// Checks proofs without having the tree (RFC 9162 sections 2.1.3.2 and 2.1.4.2).
public final class Proofs {
    private Proofs() {}

    /// SHA-256(0x00 || body): the leaf of an entry.
    public static Digest leafOf(byte[] body) {
        var sha256 = Digest.sha256();
        sha256.update((byte) 0);
        return Digest.ofRaw(sha256.digest(body));
    }

    /// Whether `path` shows that `leaf` stands at `index` of the tree with this size and root.
    public static boolean includes(long index, long size, Digest leaf, List<Digest> path, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        var node = new MerkleTree.NodeHash();
        long at = index;
        long last = size - 1;
        byte[] hash = leaf.bytes();
        for (Digest step : path) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = node.of(step.bytes(), hash);
                int skip = (at & 1) == 1 ? 0 : Long.numberOfTrailingZeros(at);
                at >>>= skip;
                last >>>= skip;
            } else {
                hash = node.of(hash, step.bytes());
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Digest.ofRaw(hash).equals(root);
    }

    /// Whether `path` shows that the tree `oldSize`/`oldRoot` is a beginning of `size`/`root`. A proof from size
    /// 0 shows nothing and is refused.
    public static boolean consistent(long oldSize, Digest oldRoot, long size, Digest root, List<Digest> path) {
        if (oldSize < 1 || oldSize > size) {
            return false;
        }
        if (oldSize == size) {
            return path.isEmpty() && oldRoot.equals(root);
        }
        boolean complete = Long.bitCount(oldSize) == 1;
        if (path.isEmpty()) {
            return false;
        }
        int skip = Long.numberOfTrailingZeros(oldSize);
        long at = (oldSize - 1) >>> skip;
        long last = (size - 1) >>> skip;
        byte[] first = complete ? oldRoot.bytes() : path.getFirst().bytes();
        byte[] second = first;
        var node = new MerkleTree.NodeHash();
        for (Digest step : complete ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                first = node.of(step.bytes(), first);
                second = node.of(step.bytes(), second);
                int shift = (at & 1) == 1 ? 0 : Long.numberOfTrailingZeros(at);
                at >>>= shift;
                last >>>= shift;
            } else {
                second = node.of(second, step.bytes());
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0
                && Digest.ofRaw(first).equals(oldRoot)
                && Digest.ofRaw(second).equals(root);
    }
}
