package org.quorate.ceremony;

import org.quorate.base.Problem;

/// Whoever faces people. The engine calls it from a thread of its own and waits for answers; what is recorded meanwhile
/// the front learns from the ledger.
public interface Front {

    /// Blocks until people have answered.
    <T> Answer<T> ask(Question<T> question);

    /// The HSM, or another slow part, is working; shown until the next question or the next call.
    ///
    /// @param what in words, such as "The HSM makes the key"
    void working(String what);

    /// Something was refused and the same question comes again: a wrong PIN, a card that does not count.
    void notice(Problem problem);
}
