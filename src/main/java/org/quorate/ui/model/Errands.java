package org.quorate.ui.model;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;

/// What may block, done in order beside the window's thread, whose outcome comes back to it. Whatever goes wrong is
/// said and holds up nothing that comes after.
public final class Errands {
    private final Executor inOrder;
    private final Executor window;
    private final Consumer<Problem> failed;

    public Errands(Hands hands, Consumer<Problem> failed) {
        this.inOrder = new InOrder(hands.background());
        this.window = hands.window();
        this.failed = failed;
    }

    public <T> void run(Supplier<T> work, Consumer<T> then) {
        run(() -> true, work, then);
    }

    /// @param wanted asked when its turn comes, from another thread; where it is not wanted any more, nothing is done
    <T> void run(BooleanSupplier wanted, Supplier<T> work, Consumer<T> then) {
        inOrder.execute(() -> {
            if (!wanted.getAsBoolean()) {
                return;
            }
            try {
                T found = work.get();
                window.execute(() -> then.accept(found));
            } catch (ProblemException e) {
                window.execute(() -> failed.accept(e.problem()));
            } catch (RuntimeException e) {
                window.execute(() -> failed.accept(Problem.of("app.unexpected").withTechnical(e)));
            }
        });
    }
}
