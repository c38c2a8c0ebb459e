package org.quorate.ledger;

import org.quorate.base.Digest;

/// Where a ledger ends.
///
/// @param size number of entries
/// @param leaf leaf of the last entry
/// @param root root of the tree over all of them (RFC 9162)
public record Head(long size, Digest leaf, Digest root) {}
