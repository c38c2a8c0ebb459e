package org.quorate.ui.backstage;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.quorate.base.Problem;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Front;

/// What the window of a founding needs of the program behind it.
public interface FoundingBackstage {

    CardReader cards();

    Executor background();

    InstantSource clock();

    /// Founds the site on a thread of its own; returns at once.
    ///
    /// @param ended called once, from any thread; with a problem where no site was made
    void found(Front front, Consumer<Optional<Problem>> ended);

    /// The window is closed; whatever was opened is released.
    void leave();
}
