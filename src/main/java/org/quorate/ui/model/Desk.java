package org.quorate.ui.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;

/// Where the engine and the people meet. The engine's thread lays a question down and waits; the window picks it up on
/// its own thread and lays the answer back.
///
/// Anyone may stop at any moment. While the HSM works nobody waits for an answer, so what people say then is kept
/// and is the answer to the next question. Once people have left, every question is answered with a pause.
public final class Desk implements Front {

    /// A slow part is working.
    public record Work(String what, Instant since) {}

    private record Pending<T>(Question<T> question, CompletableFuture<Answer<T>> answer) {}

    private final Executor window;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Optional<Question<?>>> question = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Work>> work = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> notice = new ReadOnlyObjectWrapper<>(Optional.empty());

    private final Object lock = new Object();
    private Optional<Pending<?>> pending = Optional.empty();
    private Optional<Interruption> kept = Optional.empty();
    private boolean left;

    /// @param window runs what touches the observable state
    public Desk(Executor window, InstantSource clock) {
        this.window = window;
        this.clock = clock;
    }

    // The engine's side.

    @Override
    public <T> Answer<T> ask(Question<T> asked) {
        var waiting = new Pending<>(asked, new CompletableFuture<>());
        synchronized (lock) {
            if (left) {
                return pause();
            }
            if (kept.isPresent()) {
                Interruption said = kept.get();
                kept = Optional.empty();
                return said.answer();
            }
            pending = Optional.of(waiting);
        }
        window.execute(() -> {
            work.set(Optional.empty());
            question.set(Optional.of(asked));
        });
        try {
            return waiting.answer().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return pause();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is given or withheld, it never fails", e);
        }
    }

    @Override
    public void working(String what) {
        var begun = new Work(what, clock.instant());
        window.execute(() -> work.set(Optional.of(begun)));
    }

    @Override
    public void notice(Problem problem) {
        window.execute(() -> notice.set(Optional.of(problem)));
    }

    // The window's side.

    /// Gives `value` to the engine, unless `answered` is no longer what it asks; a secret that nobody takes is wiped.
    public <T> void answer(Question<T> answered, T value) {
        Optional<CompletableFuture<Answer<T>>> waiting = take(answered);
        if (waiting.isEmpty()) {
            wipe(value);
            return;
        }
        settle();
        waiting.get().complete(new Answer.Given<>(value));
    }

    /// Says something other than an answer; true where the engine hears it only at its next question.
    public boolean interrupt(Interruption said) {
        Optional<Pending<?>> waiting;
        synchronized (lock) {
            waiting = pending;
            pending = Optional.empty();
            if (waiting.isEmpty()) {
                kept = Optional.of(said);
                return true;
            }
        }
        settle();
        complete(waiting.get(), said);
        return false;
    }

    /// The window closes, which it says on its own thread: this question and every later one is answered with a pause.
    public void leave() {
        Optional<Pending<?>> waiting;
        synchronized (lock) {
            left = true;
            waiting = pending;
            pending = Optional.empty();
        }
        settle();
        waiting.ifPresent(p -> complete(p, closed()));
    }

    public void dismissNotice() {
        notice.set(Optional.empty());
    }

    public ReadOnlyObjectProperty<Optional<Question<?>>> questionProperty() {
        return question.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Work>> workProperty() {
        return work.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Problem>> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    private void settle() {
        question.set(Optional.empty());
        notice.set(Optional.empty());
    }

    @SuppressWarnings({"unchecked", "ReferenceEquality"
    }) // the identical question was laid down with a future of its own type
    private <T> Optional<CompletableFuture<Answer<T>>> take(Question<T> answered) {
        synchronized (lock) {
            if (pending.isEmpty() || pending.get().question() != answered) {
                return Optional.empty();
            }
            var future = (CompletableFuture<Answer<T>>)
                    (CompletableFuture<?>) pending.get().answer();
            pending = Optional.empty();
            return Optional.of(future);
        }
    }

    private static <T> void complete(Pending<T> waiting, Interruption said) {
        waiting.answer().complete(said.answer());
    }

    private static void wipe(Object value) {
        switch (value) {
            case Secret secret -> secret.close();
            case Presented presented -> presented.pin().close();
            case Question.CardPinAnswer.Typed(var card, var first, var fresh) -> {
                first.close();
                fresh.close();
            }
            default -> {
                // nothing secret in any other answer
            }
        }
    }

    private static Interruption closed() {
        return new Interruption.Pause(Texts.get("ui.window.closed"));
    }

    private static <T> Answer<T> pause() {
        return closed().answer();
    }
}
