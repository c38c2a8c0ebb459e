package org.quorate.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.event.ActionEvent;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Question;
import org.quorate.ui.demo.DemoCards;
import org.quorate.ui.demo.Fx;
import org.quorate.ui.demo.ScriptedEngine;
import org.quorate.ui.model.FoundingViewModel;
import org.quorate.ui.model.Hands;

class FoundingViewTest {
    private static Fx fx;

    private final AtomicInteger left = new AtomicInteger();
    private FoundingViewModel model;

    @BeforeAll
    static void window() throws TimeoutException {
        fx = Fx.open(1366, 768);
    }

    @BeforeEach
    void show() {
        model = Fx.on(() -> {
            var hands = new Hands(Platform::runLater, task -> Thread.ofVirtual().start(task), InstantSource.system());
            var made = new FoundingViewModel(new DemoCards(), hands);
            fx.scene.setRoot(new FoundingView(made, hands, left::incrementAndGet));
            return made;
        });
    }

    private <T> CompletableFuture<Answer<T>> ask(Question<T> question) {
        var answer = new CompletableFuture<Answer<T>>();
        Thread.ofVirtual().start(() -> answer.complete(model.front().ask(question)));
        fx.ready();
        return answer;
    }

    @Test
    void question_isAnsweredWithTheKeyboard() throws Exception {
        CompletableFuture<Answer<Question.Verdict>> answer = ask(ScriptedEngine.fingerprint());

        fx.press(KeyCode.ENTER);

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Given<>(new Question.Verdict.Yes()));
    }

    @Test
    void practicePin_isFilledIn_byTheKeyThatItsButtonNames() throws Exception {
        CompletableFuture<Answer<Secret>> answer = ask(ScriptedEngine.secret(false));

        fx.press(KeyCode.F8);
        fx.press(KeyCode.ENTER);

        assertThat(answer.get(60, TimeUnit.SECONDS)).isInstanceOf(Answer.Given.class);
    }

    @Test
    void stop_isAnsweredWithTheReason() throws Exception {
        CompletableFuture<Answer<Question.Verdict>> answer = ask(ScriptedEngine.fingerprint());
        Fx.on(() -> {
            fx.scene.getRoot().lookup("#stop").fireEvent(new ActionEvent());
            return true;
        });
        fx.type("late");
        fx.press(KeyCode.CONTROL, KeyCode.ENTER);

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Pause<>("late"));
    }

    @Test
    void end_saysWhatBecameOfIt_andLeads_out() {
        Fx.on(() -> {
            model.end(Optional.of(Problem.of("app.founding.stopped", "It is late.")));
            return true;
        });
        fx.press(KeyCode.ENTER);

        assertThat(left).hasValue(1);
    }
}
