package org.quorate.ledger;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.quorate.base.Digest;

/// A tree that only grows. It keeps the hash of every complete subtree, so that a root or a proof for any size costs
/// about log2(size) steps; that is 64 bytes an entry.
public final class MerkleTree {
    private static final int HASH = 32;

    private final List<Level> levels = new ArrayList<>();
    private final NodeHash node = new NodeHash();
    private long size;

    public synchronized long size() {
        return size;
    }

    public synchronized void append(byte[] leaf) {
        if (leaf.length != HASH) {
            throw new IllegalArgumentException("a leaf has 32 bytes, not " + leaf.length);
        }
        byte[] hash = leaf;
        long index = size;
        int height = 0;
        level(height).add(hash);
        while ((index & 1) == 1) {
            hash = level(height).parent(node, index - 1, hash);
            index >>>= 1;
            height++;
            level(height).add(hash);
        }
        size++;
    }

    public synchronized byte[] leaf(long index) {
        Objects.checkIndex(index, size);
        return level(0).get(index);
    }

    /// The root over the first `of` leaves.
    public synchronized byte[] root(long of) {
        if (of < 0 || of > size) {
            throw new IllegalArgumentException("the tree has " + size + " leaves, not " + of);
        }
        return of == 0 ? Digest.sha256().digest() : subtree(0, of);
    }

    /// The tree as it was with `of` leaves; later appends do not change it.
    public Tree first(long of) {
        root(of);
        return new Beginning(of);
    }

    private Level level(int height) {
        if (height == levels.size()) {
            levels.add(new Level());
        }
        return levels.get(height);
    }

    private byte[] subtree(long from, long to) {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            int height = Long.numberOfTrailingZeros(count);
            return levels.get(height).get(from >>> height);
        }
        long split = from + Long.highestOneBit(count);
        return node.of(subtree(from, split), subtree(split, to));
    }

    private synchronized List<Digest> inclusion(long index, long of) {
        Objects.checkIndex(index, of);
        var path = new ArrayList<Digest>();
        inclusion(path, index, 0, of);
        return path;
    }

    private void inclusion(List<Digest> path, long index, long from, long to) {
        if (to - from == 1) {
            return;
        }
        long split = split(from, to);
        if (index < split) {
            inclusion(path, index, from, split);
            path.add(Digest.ofRaw(subtree(split, to)));
        } else {
            inclusion(path, index, split, to);
            path.add(Digest.ofRaw(subtree(from, split)));
        }
    }

    private synchronized List<Digest> consistency(long old, long of) {
        if (old < 1 || old > of) {
            throw new IllegalArgumentException("no proof leads from size " + old + " to size " + of);
        }
        var path = new ArrayList<Digest>();
        consistency(path, old, 0, of, true);
        return path;
    }

    private void consistency(List<Digest> path, long old, long from, long to, boolean known) {
        if (old == to) {
            if (!known) {
                path.add(Digest.ofRaw(subtree(from, to)));
            }
            return;
        }
        long split = split(from, to);
        if (old <= split) {
            consistency(path, old, from, split, known);
            path.add(Digest.ofRaw(subtree(split, to)));
        } else {
            consistency(path, old, split, to, false);
            path.add(Digest.ofRaw(subtree(from, split)));
        }
    }

    /// The largest power of two that is smaller than the count.
    private static long split(long from, long to) {
        return from + Long.highestOneBit(to - from - 1);
    }

    private final class Beginning implements Tree {
        private final long of;

        Beginning(long of) {
            this.of = of;
        }

        @Override
        public long size() {
            return of;
        }

        @Override
        public Digest root() {
            return Digest.ofRaw(MerkleTree.this.root(of));
        }

        @Override
        public Digest leaf(long index) {
            Objects.checkIndex(index, of);
            return Digest.ofRaw(MerkleTree.this.leaf(index));
        }

        @Override
        public List<Digest> inclusion(long index) {
            return MerkleTree.this.inclusion(index, of);
        }

        @Override
        public List<Digest> consistency(long oldSize) {
            return MerkleTree.this.consistency(oldSize, of);
        }
    }

    /// Hashes of one height, in blocks that never move.
    private static final class Level {
        private static final int PER_BLOCK = 2048;
        private final List<byte[]> blocks = new ArrayList<>();
        private int inLast = PER_BLOCK;

        void add(byte[] hash) {
            if (inLast == PER_BLOCK) {
                blocks.add(new byte[blocks.isEmpty() ? HASH * 64 : HASH * PER_BLOCK]);
                inLast = 0;
            }
            int last = blocks.size() - 1;
            if (inLast * HASH == blocks.get(last).length) {
                blocks.set(last, Arrays.copyOf(blocks.get(last), HASH * PER_BLOCK));
            }
            System.arraycopy(hash, 0, blocks.get(last), inLast * HASH, HASH);
            inLast++;
        }

        /// The node over `left` of this level and the hash right of it.
        byte[] parent(NodeHash node, long left, byte[] right) {
            return node.of(blocks.get((int) (left / PER_BLOCK)), (int) (left % PER_BLOCK) * HASH, right);
        }

        byte[] get(long index) {
            int at = (int) (index % PER_BLOCK) * HASH;
            return Arrays.copyOfRange(blocks.get((int) (index / PER_BLOCK)), at, at + HASH);
        }
    }

    /// SHA-256(0x01 || left || right), with one digest object and one buffer for all.
    static final class NodeHash {
        private final MessageDigest sha256 = Digest.sha256();
        private final byte[] node = new byte[1 + 2 * HASH];

        NodeHash() {
            node[0] = 1;
        }

        byte[] of(byte[] left, byte[] right) {
            return of(left, 0, right);
        }

        /// @param from where in `left` the 32 bytes of the left child begin
        byte[] of(byte[] left, int from, byte[] right) {
            System.arraycopy(left, from, node, 1, HASH);
            System.arraycopy(right, 0, node, 1 + HASH, HASH);
            return sha256.digest(node);
        }
    }
}
