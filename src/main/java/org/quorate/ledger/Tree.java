package org.quorate.ledger;

import org.quorate.base.Digest;

/// The Merkle tree over the leaves in order (RFC 9162 section 2.1, SHA-256).
public interface Tree {
    long size();

    Digest root();
}
