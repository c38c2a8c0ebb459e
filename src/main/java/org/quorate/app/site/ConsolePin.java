package org.quorate.app.site;

import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.hsm.TokenInfo;

/// Whoever asks for the user PIN of the console's own token when a live site is opened. It stands in no file.
@FunctionalInterface
public interface ConsolePin {

    /// @param refused why the one before was not taken; empty at the first time
    /// @throws java.util.concurrent.CancellationException when people give up
    Secret ask(TokenInfo token, Optional<Problem> refused);
}
