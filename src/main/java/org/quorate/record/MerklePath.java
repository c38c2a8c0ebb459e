package org.quorate.record;

import java.security.MessageDigest;
import java.util.List;
import org.quorate.base.Digest;

/// Checks inclusion proofs without having the tree (RFC 9162 section 2.1.3.2).
final class MerklePath {
    private MerklePath() {}

    /// SHA-256(0x00 || body).
    static Digest leafOf(byte[] body) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 0);
        return Digest.ofRaw(sha256.digest(body));
    }

    static boolean includes(long index, long size, Digest leaf, List<Digest> path, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long at = index;
        long last = size - 1;
        Digest hash = leaf;
        for (Digest step : path) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = node(step, hash);
                int skip = (at & 1) == 1 ? 0 : Long.numberOfTrailingZeros(at);
                at >>>= skip;
                last >>>= skip;
            } else {
                hash = node(hash, step);
            }
            at >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    private static Digest node(Digest left, Digest right) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 1);
        sha256.update(left.bytes());
        return Digest.ofRaw(sha256.digest(right.bytes()));
    }
}
