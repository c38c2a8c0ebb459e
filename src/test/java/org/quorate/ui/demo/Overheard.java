package org.quorate.ui.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.quorate.base.Problem;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// Listens between the engine and the window: which question lies on the desk, and what was refused.
public final class Overheard {
    public final List<Problem> notices = new ArrayList<>();
    private final AtomicReference<Optional<Question<?>>> asking = new AtomicReference<>(Optional.empty());

    public Front listen(Front front) {
        return new Front() {
            @Override
            public <T> Answer<T> ask(Question<T> question) {
                asking.set(Optional.of(question));
                Answer<T> answer = front.ask(question);
                asking.set(Optional.empty());
                return answer;
            }

            @Override
            public void working(String what) {
                front.working(what);
            }

            @Override
            public void notice(Problem problem) {
                notices.add(problem);
                front.notice(problem);
            }
        };
    }

    /// The question that comes after the one that was answered.
    public Question<?> next(Optional<Question<?>> before) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                120,
                TimeUnit.SECONDS,
                () -> asking.get()
                        .filter(now -> before.isEmpty() || now != before.get())
                        .isPresent());
        return asking.get().orElseThrow();
    }

    /// Prepares the answer and presses Enter until the console goes on: a key that comes before its page is drawn is
    /// lost for people too, and they press again.
    public void press(FxRobot robot, Question<?> asked, Runnable prepare) throws TimeoutException {
        for (int attempt = 0; attempt < 40 && isAsking(asked); attempt++) {
            WaitForAsyncUtils.waitForFxEvents();
            prepare.run();
            robot.type(KeyCode.ENTER);
            try {
                WaitForAsyncUtils.waitFor(250, TimeUnit.MILLISECONDS, () -> !isAsking(asked));
            } catch (TimeoutException e) {
                // Once more; after the last time the line below says which question nobody could answer.
                continue;
            }
        }
        assertThat(isAsking(asked)).as("still asking: %s", asked.name()).isFalse();
    }

    /// Types over whatever stands in the field.
    public static void write(FxRobot robot, String text) {
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
        robot.write(text, 0);
    }

    /// Waits until its page is drawn, then tabs until the focus is on the option.
    public static void goTo(FxRobot robot, Question.Choose asked, String id) {
        Question.Option wanted = asked.options().stream()
                .filter(option -> option.id().equals(id))
                .findFirst()
                .orElseThrow();
        Fx.await(() -> asked.options().stream().map(Overheard::words).anyMatch(focused()::equals));
        while (!Fx.on(Overheard::focused).equals(words(wanted))) {
            robot.type(KeyCode.TAB);
            WaitForAsyncUtils.waitForFxEvents();
        }
    }

    /// As a screen reader says it.
    private static String words(Question.Option option) {
        return option.button() + ". " + option.consequence();
    }

    private static String focused() {
        Node owner = Window.getWindows().getFirst().getScene().getFocusOwner();
        return owner == null ? "" : String.valueOf(owner.getAccessibleText());
    }

    private boolean isAsking(Question<?> question) {
        return asking.get().filter(now -> now == question).isPresent();
    }
}
