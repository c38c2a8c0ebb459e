package org.quorate.ui.model;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/// Runs one thing after the other on an executor that would run them side by side. So a draft that is kept cannot
/// overtake the saving that makes it needless.
final class InOrder implements Executor {
    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    InOrder(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::work);
    }

    private void work() {
        for (Optional<Runnable> task = next(); task.isPresent(); task = next()) {
            task.get().run();
        }
    }

    private Optional<Runnable> next() {
        synchronized (waiting) {
            Optional<Runnable> task = Optional.ofNullable(waiting.poll());
            running = task.isPresent();
            return task;
        }
    }
}
