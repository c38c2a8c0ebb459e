package org.quorate.ledger;

import java.util.List;
import org.quorate.base.Digest;

/// The Merkle tree over the leaves in order (RFC 9162 section 2.1, SHA-256). A tree of one size never changes, however
/// many entries the ledger grows by.
public interface Tree {
    long size();

    /// The root over all `size` leaves; of no leaves it is SHA-256 of nothing.
    Digest root();

    Digest leaf(long index);

    /// Proves that the leaf `index` is in this tree, nearest node first (RFC 9162 section 2.1.3).
    List<Digest> inclusion(long index);

    /// Proves that the tree of the first `oldSize` leaves is a beginning of this one (RFC 9162 section 2.1.4).
    ///
    /// @param oldSize at least 1: from an empty tree there is nothing to prove
    List<Digest> consistency(long oldSize);
}
