package org.quorate.ui.model;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.Backstage;
import org.quorate.ui.backstage.Backstage.PinWanted;
import org.quorate.ui.backstage.FailedLedger;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.text.Counts;

/// The window is there before the ledger is: it shows how far the check has come, and what stands in the way if it
/// fails.
public final class OpeningViewModel {

    /// Where the opening stands.
    public sealed interface State {
        /// @param progress 0 to 1, or below 0 while nobody knows
        record Checking(double progress, String words) implements State {}

        record Cancelling() implements State {}

        /// The ledger is in order, and the console's own token wants its PIN.
        record Pin(PinWanted wanted) implements State {}

        record Failed(Problem problem) implements State {}

        /// The ledger can be read, and nothing can be held on it.
        record Invalid(FailedLedger ledger) implements State {}

        record Open(OpenSite site) implements State {}
    }

    private record Count(long entries, long of) {}

    private static final State BEGINNING = new State.Checking(-1, Texts.get("ui.opening.begins"));

    private final Backstage backstage;
    private final Executor window;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(BEGINNING);

    /// The newest count that the window has not drawn; a million entries are not a million drawings.
    private final AtomicReference<Optional<Count>> newest = new AtomicReference<>(Optional.empty());

    private AtomicBoolean cancelled = new AtomicBoolean();
    private Optional<CompletableFuture<Secret>> pin = Optional.empty();

    public OpeningViewModel(Backstage backstage, Executor window) {
        this.backstage = backstage;
        this.window = window;
    }

    public void open() {
        cancelled = new AtomicBoolean();
        state.set(BEGINNING);
        backstage.open(new Listening(cancelled));
    }

    /// Shows what broke off a ceremony; from here the ledger is opened, and so checked, again.
    public void brokeOff(Problem problem) {
        state.set(new State.Failed(problem));
    }

    /// What was typed where a PIN is wanted; a PIN that nobody takes is wiped.
    public void type(Secret typed) {
        if (state.get() instanceof State.Pin && pin.isPresent() && pin.get().complete(typed)) {
            state.set(BEGINNING);
        } else {
            typed.close();
        }
    }

    public void cancel() {
        pin.ifPresent(waiting -> waiting.cancel(false));
        if (state.get() instanceof State.Checking || state.get() instanceof State.Pin) {
            cancelled.set(true);
            state.set(new State.Cancelling());
        }
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    private void draw() {
        newest.getAndSet(Optional.empty()).ifPresent(count -> {
            if (state.get() instanceof State.Checking) {
                state.set(checking(count));
            }
        });
    }

    private static State checking(Count count) {
        return new State.Checking(
                Counts.share(count.entries(), count.of()), Counts.checked(count.entries(), count.of()));
    }

    private final class Listening implements Backstage.Opening {
        private final AtomicBoolean givenUp;

        Listening(AtomicBoolean givenUp) {
            this.givenUp = givenUp;
        }

        @Override
        public void checked(long entries, long of) {
            if (newest.getAndSet(Optional.of(new Count(entries, of))).isEmpty()) {
                window.execute(OpeningViewModel.this::draw);
            }
        }

        @Override
        public boolean cancelled() {
            return givenUp.get();
        }

        @Override
        public Secret pin(PinWanted wanted) {
            var typed = new CompletableFuture<Secret>();
            window.execute(() -> {
                if (givenUp.get()) {
                    typed.cancel(false);
                } else {
                    pin = Optional.of(typed);
                    state.set(new State.Pin(wanted));
                }
            });
            try {
                return typed.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the console is closed");
            } catch (ExecutionException e) {
                throw new IllegalStateException("a PIN is typed or not, it never fails", e);
            }
        }

        @Override
        public void opened(OpenSite site) {
            window.execute(() -> state.set(new State.Open(site)));
        }

        @Override
        public void failed(FailedLedger ledger) {
            window.execute(() -> state.set(new State.Invalid(ledger)));
        }

        @Override
        public void failed(Problem problem) {
            window.execute(() -> state.set(new State.Failed(problem)));
        }
    }
}
