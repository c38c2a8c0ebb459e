package org.quorate.ledger;

/// Told now and then how far a verification has come.
@FunctionalInterface
public interface VerifyProgress {
    VerifyProgress NONE = (done, total) -> {};

    void at(long done, long total);
}
