package org.quorate.ledger.sqlite.crash;

/// How finely the leftovers of a power cut are taken apart.
///
/// @param sectors how many single sectors are lost or kept, each by itself
/// @param randoms how many random choices of sectors
record Detail(int sectors, int randoms) {
    static final Detail COARSE = new Detail(1, 1);
}
