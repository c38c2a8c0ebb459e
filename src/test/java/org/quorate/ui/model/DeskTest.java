package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.quorate.base.Secret;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.ExceptionSheet;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ui.demo.ScriptedEngine;

class DeskTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:03:41Z");

    private final Desk desk = new Desk(Runnable::run, InstantSource.fixed(NOW));
    private final Question.Confirm question = ScriptedEngine.seal();

    @Test
    void ask_blocksUntilPeopleAnswer() throws Exception {
        CompletableFuture<Answer<Verdict>> answer = ask(desk, question);
        await(() -> desk.questionProperty().get().isPresent());
        assertThat(answer).isNotDone();

        desk.answer(question, new Verdict.Yes());

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Given<>(new Verdict.Yes()));
        assertThat(desk.questionProperty().get()).isEmpty();
    }

    @Test
    void answer_twice_reachesTheEngineOnce() throws Exception {
        CompletableFuture<Answer<Verdict>> answer = ask(desk, question);
        await(() -> desk.questionProperty().get().isPresent());

        desk.answer(question, new Verdict.Yes());
        desk.answer(question, new Verdict.No("pressed twice"));

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Given<>(new Verdict.Yes()));
    }

    @Test
    void answer_toAnotherQuestion_isIgnored() {
        CompletableFuture<Answer<Verdict>> answer = ask(desk, question);
        await(() -> desk.questionProperty().get().isPresent());

        desk.answer(ScriptedEngine.agree(), new Verdict.Yes());

        assertThat(answer).isNotDone();
        assertThat(desk.questionProperty().get()).contains(question);
        desk.leave();
    }

    @Test
    void answer_thatNobodyTakes_wipesTheSecret() {
        Secret secret = Secret.ofChars("12345678".toCharArray());

        desk.answer(ScriptedEngine.secret(false), secret);

        assertThatThrownBy(secret::length).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void answer_thatIsTaken_keepsTheSecretForTheEngine() throws Exception {
        Question.EnterSecret asked = ScriptedEngine.secret(false);
        CompletableFuture<Answer<Secret>> answer = ask(desk, asked);
        await(() -> desk.questionProperty().get().isPresent());

        desk.answer(asked, Secret.ofChars("12345678".toCharArray()));

        assertThat(answer.get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Answer.Given.class,
                        given -> assertThat(((Secret) given.value()).length()).isEqualTo(8));
    }

    @Test
    void interrupt_whileAsked_isTheAnswer() throws Exception {
        CompletableFuture<Answer<Verdict>> answer = ask(desk, question);
        await(() -> desk.questionProperty().get().isPresent());

        boolean kept = desk.interrupt(new Interruption.Pause("lunch"));

        assertThat(kept).isFalse();
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Pause<>("lunch"));
    }

    @Test
    void interrupt_whileTheHsmWorks_answersTheNextQuestionOnly() throws Exception {
        desk.working("The HSM makes the key");
        var sheet = new ExceptionSheet("a", "b", "c", "okafor", "weber");

        boolean kept = desk.interrupt(new Interruption.ExceptionToRecord(sheet));

        assertThat(kept).isTrue();
        assertThat(ask(desk, question).get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.RecordException<>(sheet));
        CompletableFuture<Answer<Verdict>> again = ask(desk, question);
        await(() -> desk.questionProperty().get().isPresent());
        assertThat(again).isNotDone();
        desk.leave();
    }

    @Test
    void leave_whileAsked_answersPause() throws Exception {
        CompletableFuture<Answer<Verdict>> answer = ask(desk, question);
        await(() -> desk.questionProperty().get().isPresent());

        desk.leave();

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Pause<>("The window was closed."));
        assertThat(desk.questionProperty().get()).isEmpty();
    }

    @Test
    void ask_afterPeopleLeft_answersPauseAtOnce() throws Exception {
        desk.leave();

        assertThat(ask(desk, question).get(60, TimeUnit.SECONDS))
                .isEqualTo(new Answer.Pause<>("The window was closed."));
    }

    @Test
    void ask_whenTheEngineIsInterrupted_answersPause() throws Exception {
        var answer = new CompletableFuture<Answer<Verdict>>();
        Thread engine = Thread.ofVirtual().start(() -> answer.complete(desk.ask(question)));
        await(() -> desk.questionProperty().get().isPresent());

        engine.interrupt();

        assertThat(answer.get(60, TimeUnit.SECONDS)).isInstanceOf(Answer.Pause.class);
    }

    @Test
    void working_showsSinceWhen_untilTheNextQuestion() {
        desk.working("The HSM makes the key");
        assertThat(desk.workProperty().get()).contains(new Desk.Work("The HSM makes the key", NOW));

        CompletableFuture<Answer<Verdict>> answer = ask(desk, question);
        await(() -> desk.questionProperty().get().isPresent());

        assertThat(desk.workProperty().get()).isEmpty();
        assertThat(answer).isNotDone();
        desk.leave();
    }

    @Test
    void notice_staysWithTheQuestion_andGoesWithTheAnswer() {
        desk.notice(ScriptedEngine.notice());
        ask(desk, question);
        await(() -> desk.questionProperty().get().isPresent());
        assertThat(desk.noticeProperty().get()).contains(ScriptedEngine.notice());

        desk.answer(question, new Verdict.Yes());

        assertThat(desk.noticeProperty().get()).isEmpty();
    }

    @Test
    void ask_changesNothingThatIsObserved_outsideTheWindowsThread() {
        Queue<Runnable> window = new ArrayDeque<>();
        var far = new Desk(window::add, InstantSource.fixed(NOW));

        far.working("The HSM makes the key");
        far.notice(ScriptedEngine.notice());

        assertThat(far.workProperty().get()).isEmpty();
        assertThat(far.noticeProperty().get()).isEmpty();
        List.copyOf(window).forEach(Runnable::run);
        assertThat(far.workProperty().get()).isPresent();
        assertThat(far.noticeProperty().get()).isEqualTo(Optional.of(ScriptedEngine.notice()));
    }

    private static <T> CompletableFuture<Answer<T>> ask(Desk desk, Question<T> question) {
        var answer = new CompletableFuture<Answer<T>>();
        Thread.ofVirtual().start(() -> answer.complete(desk.ask(question)));
        return answer;
    }

    private static void await(java.util.function.BooleanSupplier done) {
        var reached = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            while (!done.getAsBoolean()) {
                Thread.onSpinWait();
            }
            reached.complete(true);
        });
        try {
            reached.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new AssertionError("the question never came", e);
        }
    }
}
