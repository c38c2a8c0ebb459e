package org.quorate.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.SystemClock;
import org.quorate.app.practice.PracticeNetwork;
import org.quorate.app.site.CardsAtHand;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Workplace;
import org.quorate.base.Problem;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;
import org.quorate.script.Linter;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.ui.ConsoleWindow;
import org.quorate.ui.demo.Overheard;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// A networked HSM stands still in the middle of a step. The window goes on drawing and hearing keys, says what it
/// knows
/// when the deadline is over, and the step is done once the HSM moves again.
@ExtendWith(ApplicationExtension.class)
class StoppedHsmInWindowTest {
    private static final String SCRIPT = """
            format: quorate-script/1
            id: stopped
            version: "1.0"
            title: A stopped HSM
            kind: drill

            document:
              owner: Policy authority of the certification authority
              reviewers:
                - Head of PKI operations
                - Information security officer
              approvers:
                - Chair of the policy authority
              classification: Internal
              retention: Seven years after the last certificate under this root has expired
              next_review: 2027-11-30
              repeat_months: 12
              implements: Security monitoring policy, denied decrypts and alerts

            roles:
              administrator:
                title: Ceremony administrator
                count: 1
                duty: Reads the script aloud, operates the console and keeps order in the room.
              witness:
                title: Witness
                count: 1
                duty: Belongs to no line of command of the others, watches every step and compares every value read aloud.

            tokens:
              primary:
                title: Primary HSM
                state: in_service
            acts:
              - id: only
                title: The only act
                steps:
                  - kind: identify_token
                    id: identify
                    title: Do it
                    say: Do it now.
                    by: administrator
                    witnessed_by: witness
                    minutes: 1
                    token: primary
                  - kind: confirm
                    id: ready
                    title: Do it
                    say: Do it now.
                    by: administrator
                    witnessed_by: witness
                    minutes: 1
                    statement: All are ready.
                  - kind: identify_token
                    id: again
                    title: Do it
                    say: Do it now.
                    by: administrator
                    witnessed_by: witness
                    minutes: 1
                    token: primary
                  - kind: read_exceptions
                    id: exceptions
                    title: Do it
                    say: Do it now.
                    by: administrator
                    witnessed_by: witness
                    minutes: 1
                  - kind: close_ceremony
                    id: close
                    title: Do it
                    say: Do it now.
                    by: administrator
                    witnessed_by: witness
                    minutes: 1
            """;

    @TempDir
    static Path temporary;

    private final ScriptFiles scripts = new ScriptFiles(new Linter(new ScriptReader()), Path.of("ceremony-scripts"));
    private final SystemClock clock = new SystemClock();
    private final Overheard overheard = new Overheard();
    private final List<ProcessHandle> stopped = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger pulses = new AtomicInteger();
    private Optional<Stage> window = Optional.empty();
    private final AtomicBoolean stood = new AtomicBoolean();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final SiteBackstage backstage = new SiteBackstage(
            new SiteFolder(temporary.resolve("site")),
            clock,
            scripts,
            Optional.of(scripts.read(Optional.of(script()))),
            Workplace.Supply.rehearsal(CardsAtHand::tray, PracticeNetwork::open),
            front -> stopping(overheard.listen(front)));

    private static Path script() {
        try {
            return Files.writeString(temporary.resolve("stopped.yaml"), SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Start
    void show(Stage stage) {
        window = Optional.of(stage);
        new ConsoleWindow(backstage, stage).show();
    }

    @AfterEach
    void leave() throws Exception {
        timer.shutdownNow();
        signal("CONT");
        Platform.runLater(() -> window.orElseThrow().hide());
        WaitForAsyncUtils.waitForFxEvents();
        backstage.leave();
    }

    private Front stopping(Front front) {
        return new Front() {
            @Override
            public <T> Answer<T> ask(Question<T> question) {
                waiting.set(false);
                Answer<T> answer = front.ask(question);
                if (question instanceof Question.Confirm && stood.compareAndSet(false, true)) {
                    ProcessHandle.current()
                            .descendants()
                            .filter(one -> one.info().commandLine().orElse("").contains("p11-kit"))
                            .forEach(stopped::add);
                    signal("STOP");
                    waiting.set(true);
                }
                return answer;
            }

            @Override
            public void working(String what) {
                front.working(what);
            }

            @Override
            public void notice(Problem problem) {
                waiting.set(false);
                front.notice(problem);
            }
        };
    }

    private void signal(String name) {
        for (ProcessHandle one : stopped) {
            try {
                new ProcessBuilder("kill", "-" + name, String.valueOf(one.pid()))
                        .start()
                        .waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void hsmThatStandsStill_leavesTheWindowAlive_isSaid_andTheStepGoesOn(FxRobot robot) throws Exception {
        ScheduledFuture<?> pulse = timer.scheduleWithFixedDelay(this::askTheWindow, 0, 20, TimeUnit.MILLISECONDS);
        Question<?> asked = overheard.next(Optional.empty());
        while (!(asked instanceof Question.Choose)) {
            overheard.press(robot, asked, () -> {});
            asked = overheard.next(Optional.of(asked));
        }

        pulse.cancel(false);
        // It stood still for the deadline of a status call, and so did the window if it waits for an HSM.
        assertThat(pulses.get()).isGreaterThan(5);
        assertThat(overheard.notices).extracting(Problem::id).containsExactly("hsm.no_answer");

        signal("CONT");
        Overheard.goTo(robot, (Question.Choose) asked, "retry");
        overheard.press(robot, asked, () -> {});
        assertThat(overheard.next(Optional.of(asked))).isInstanceOf(Question.Compare.class);
        assertThat(overheard.notices).hasSize(1);
    }

    /// Counts how often the window hears that it is asked, while the ceremony waits for the HSM that stands still.
    private void askTheWindow() {
        var heard = new CompletableFuture<Void>();
        Platform.runLater(() -> heard.complete(null));
        heard.join();
        if (waiting.get()) {
            pulses.incrementAndGet();
        }
    }
}
