package org.quorate.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
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
import org.quorate.ceremony.Question;
import org.quorate.script.Linter;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.ui.ConsoleWindow;
import org.quorate.ui.demo.Overheard;
import org.quorate.ui.model.Foreseen;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

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
    private final List<String> words = new ArrayList<>();

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
            words(asked).ifPresent(words::add);
            answer(robot, asked);
            done = Optional.of(asked);
        }

        assertThat(kinds).contains("Confirm", "Enter", "Compare", "PresentCard", "EnterSecret", "Commit", "Agree");
        assertThat(overheard.notices).isEmpty();
        assertThat(words).as("what authors were shown before").containsSubsequence(foreseen());
        Path record = singleRecord();
        EvidenceCheck.Report report = new EvidenceCheck(scripts, clock, List.of(), Optional.empty()).check(record);
        assertThat(report.wrong()).isEmpty();
        assertThat(report.held()).hasSize(5);
    }

    private List<String> foreseen() {
        List<String> foreseen = scripts.read(Optional.empty())
                .steps()
                .flatMap(step -> Foreseen.of(step).stream())
                .map(asked -> switch (asked) {
                    case Foreseen.Entered(var label) -> label;
                    case Foreseen.Stated(var statement) -> statement;
                    case Foreseen.Chosen(var question, var ways) -> question;
                })
                .toList();
        assertThat(foreseen).hasSizeGreaterThan(3);
        return foreseen;
    }

    private static Optional<String> words(Question<?> asked) {
        return switch (asked) {
            case Question.Enter enter -> Optional.of(enter.label());
            case Question.Confirm confirm -> Optional.of(confirm.statement());
            case Question.Choose choose -> Optional.of(choose.title());
            default -> Optional.empty();
        };
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
                overheard.press(robot, asked, () -> Overheard.write(robot, text));
            }
            case Question.Commit q -> overheard.press(robot, asked, () -> robot.write(q.serial()));
            case Question.EnterSecret q -> overheard.press(robot, asked, () -> robot.type(KeyCode.F8));
            case Question.OfCard q -> overheard.press(robot, asked, () -> robot.type(KeyCode.F8));
            case Question.Choose q -> throw new AssertionError(q.title() + " " + q.explanation());
            default -> overheard.press(robot, asked, () -> {});
        }
    }
}
