package org.quorate.ui.backstage;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.hsm.TokenInfo;

/// What the window needs of the program behind it; the composition root implements it.
public interface Backstage {

    /// Opens and verifies the ledger of this workstation on a thread of its own, and tells `opening` how it goes.
    /// Returns at once. Called again after a failure and after a ceremony that broke off; then whatever was open is
    /// opened anew.
    void open(Opening opening);

    /// Runs what may block, such as a look at a card reader.
    Executor background();

    InstantSource clock();

    /// The window is closed; whatever was opened is released.
    void leave();

    /// @param refused why the one before was not taken; empty at the first time
    record PinWanted(TokenInfo token, Optional<Problem> refused) {}

    /// Hears how the opening goes, from any thread.
    interface Opening {
        /// @param of entries in the whole ledger; 0 while that is not known yet
        void checked(long entries, long of);

        /// Asked between entries: whether people gave up waiting.
        boolean cancelled();

        /// Waits until people have typed the user PIN of the console's own token; whoever called wipes it.
        ///
        /// @throws java.util.concurrent.CancellationException when they gave up
        Secret pin(PinWanted wanted);

        /// The last word, where it went well.
        void opened(OpenSite site);

        /// The last word on a ledger that fails its check: it is there to be looked at, until it is opened again.
        void failed(FailedLedger ledger);

        /// The last word otherwise.
        void failed(Problem problem);
    }
}
