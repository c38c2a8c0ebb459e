package org.quorate.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.SystemClock;
import org.quorate.app.site.EvidenceCheck;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Workplace;
import org.quorate.base.Problem;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;
import org.quorate.script.Linter;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.ui.ConsoleWindow;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The main job as people do it: the real window, the real HSM, the real ledger, and a keyboard.
@ExtendWith(ApplicationExtension.class)
class WholeCeremonyInWindowTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    static Path temporary;

    private final ScriptFiles scripts = new ScriptFiles(new Linter(new ScriptReader()), Path.of("ceremony-scripts"));
    private final SystemClock clock = new SystemClock();
    private final SiteFolder folder = new SiteFolder(temporary.resolve("site"));
    private final Overheard overheard = new Overheard();
    private SiteBackstage backstage = backstage();
    private final List<String> kinds = new ArrayList<>();

    private SiteBackstage backstage() {
        Script script = scripts.read(Optional.empty());
        return new SiteBackstage(
                folder, clock, scripts, Optional.of(script), Workplace.Supply.PRACTICE_TRAY, overheard::listen);
    }

    @Start
    void show(Stage stage) {
        new ConsoleWindow(backstage, stage).show();
    }

    @AfterEach
    void leave() {
        backstage.leave();
    }

    @Test
    void wholeCeremony_byKeyboardAlone_endsInARecordThatVerifies(FxRobot robot) throws TimeoutException {
        Optional<Question<?>> done = Optional.empty();
        while (!(done.orElse(null) instanceof Question.Closed)) {
            Question<?> asked = overheard.next(done);
            kinds.add(asked.getClass().getSimpleName());
            answer(robot, asked);
            done = Optional.of(asked);
        }

        assertThat(kinds).contains("Confirm", "Enter", "Compare", "PresentCard", "EnterSecret", "Commit", "Agree");
        assertThat(overheard.notices).isEmpty();
        Path record = singleRecord();
        EvidenceCheck.Report report = new EvidenceCheck(scripts, clock, List.of(), Optional.empty()).check(record);
        assertThat(report.wrong()).isEmpty();
        assertThat(report.held()).hasSize(5);
    }

    private Path singleRecord() {
        String[] names = folder.records().toFile().list();
        assertThat(names).hasSize(1);
        return folder.records().resolve(names[0]);
    }

    /// Keys only, as somebody without a mouse would press them.
    private void answer(FxRobot robot, Question<?> asked) throws TimeoutException {
        switch (asked) {
            case Question.Enter q -> {
                String text = q.name().equals("reference_time")
                        ? TIME.format(clock.now().time())
                        : "REF 4711";
                press(robot, asked, () -> {
                    robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
                    robot.write(text);
                });
            }
            case Question.Commit q -> press(robot, asked, () -> robot.write(q.serial()));
            case Question.EnterSecret q -> press(robot, asked, () -> robot.type(KeyCode.F8));
            case Question.OfCard q -> press(robot, asked, () -> robot.type(KeyCode.F8));
            case Question.Choose q -> throw new AssertionError(q.title() + " " + q.explanation());
            default -> press(robot, asked, () -> {});
        }
    }

    /// Prepares the answer and presses Enter until the console goes on: a key that comes before its page is drawn is
    /// lost for people too, and they press again.
    private void press(FxRobot robot, Question<?> asked, Runnable prepare) throws TimeoutException {
        for (int attempt = 0; attempt < 40 && overheard.isAsking(asked); attempt++) {
            WaitForAsyncUtils.waitForFxEvents();
            prepare.run();
            robot.type(KeyCode.ENTER);
            try {
                WaitForAsyncUtils.waitFor(250, TimeUnit.MILLISECONDS, () -> !overheard.isAsking(asked));
            } catch (TimeoutException e) {
                // Once more; after the last time the line below says which question nobody could answer.
                continue;
            }
        }
        assertThat(overheard.isAsking(asked))
                .as("still asking: %s", asked.name())
                .isFalse();
    }

    /// Listens at the desk: which question lies there, and what was refused.
    private static final class Overheard {
        private final AtomicReference<Optional<Question<?>>> asking = new AtomicReference<>(Optional.empty());
        private final List<Problem> notices = new ArrayList<>();

        Front listen(Front front) {
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

        boolean isAsking(Question<?> question) {
            return asking.get().filter(now -> now == question).isPresent();
        }

        Question<?> next(Optional<Question<?>> before) throws TimeoutException {
            WaitForAsyncUtils.waitFor(
                    120,
                    TimeUnit.SECONDS,
                    () -> asking.get()
                            .filter(now -> before.isEmpty() || now != before.get())
                            .isPresent());
            return asking.get().orElseThrow();
        }
    }
}
