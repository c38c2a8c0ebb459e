package org.quorate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Site;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.demo.DemoBackstage;
import org.quorate.ui.demo.DemoFailed;
import org.quorate.ui.demo.Fx;
import org.quorate.ui.shell.CeremonyView;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The whole way: the ledger is checked, home, a ceremony is started, the window is closed in the middle of it.
class ConsoleWindowTest {
    private final DemoBackstage backstage = new DemoBackstage(Site.Mode.REHEARSAL);
    private final FxRobot robot = new FxRobot();
    private Stage stage;

    @BeforeEach
    void open() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        stage = Fx.on(() -> {
            var made = new Stage();
            new ConsoleWindow(backstage, made).show();
            made.requestFocus();
            return made;
        });
        // Asked before the display has shown the window, it may not hear of it.
        Fx.await(() -> {
            if (!stage.isFocused()) {
                stage.requestFocus();
            }
            return stage.isFocused();
        });
    }

    @AfterEach
    void close() {
        Fx.on(() -> {
            stage.close();
            return true;
        });
    }

    @Test
    void aCeremonyIsStartedByKeyboard_andPausedWhenTheWindowCloses() {
        start();
        Fx.await(() -> focusedText().equals("It matches the paper"));

        Fx.on(() -> {
            stage.close();
            return true;
        });

        Fx.await(() -> !backstage.held.isEmpty());
        assertThat(backstage.held.getFirst().ceremony().status()).isEqualTo(Ceremony.Status.PAUSED);
        assertThat(backstage
                        .held
                        .getFirst()
                        .ceremony()
                        .entries()
                        .getLast()
                        .data()
                        .string("why"))
                .isEqualTo("The window was closed.");
        assertThat(backstage.left).hasValue(1);
    }

    @Test
    void aScriptIsApprovedByKeyboard_andThatLeadsHome() {
        Fx.await(() -> focusedText().equals("Start"));
        press(KeyCode.TAB);
        Fx.await(() -> focusedText().equals("Approve"));
        press(KeyCode.ENTER);
        Fx.await(() -> focusedText().equals("Yes, approve") && settled());
        press(KeyCode.ENTER);
        Fx.await(() -> focusedText().equals("Go home"));
        press(KeyCode.ENTER);
        Fx.await(() -> focusedText().equals("Start"));
    }

    /// A key that comes while a page is being drawn is lost for people too, and they press again.
    private void start() {
        Fx.await(() -> focusedText().equals("Start"));
        for (int presses = 0; presses < 10 && focusedText().equals("Start"); presses++) {
            press(KeyCode.ENTER);
            try {
                WaitForAsyncUtils.waitFor(
                        2, TimeUnit.SECONDS, () -> Fx.on(() -> !focusedText().equals("Start")));
            } catch (TimeoutException e) {
                continue;
            }
        }
    }

    /// A page that has just appeared takes no press for a moment.
    private boolean settled() {
        return stage.getScene().getRoot().lookup(".q-step").getPseudoClassStates().stream()
                .noneMatch(state -> state.getPseudoClassName().equals("settling"));
    }

    @Test
    void aCeremonyThatEnds_leadsHome() {
        start();
        Fx.await(() -> focusedText().equals("It matches the paper"));

        pause();

        Fx.await(() -> focusedText().equals("Go on"));
    }

    @Test
    void aCeremonyThatBreaksOff_leadsToTheCheckOfTheLedger() {
        start();
        Fx.await(() -> focusedText().equals("It matches the paper"));
        pause();
        Fx.await(() -> focusedText().equals("Go on"));

        press(KeyCode.ENTER); // this demonstration cannot resume and says so

        Fx.await(() -> focusedText().equals("Check the ledger again"));
        press(KeyCode.ENTER);
        Fx.await(() -> focusedText().equals("Go on"));
    }

    @Test
    void aLedgerThatFails_isShownReadOnly_untilACheckPasses() {
        start();
        Fx.await(() -> focusedText().equals("It matches the paper"));
        pause();
        Fx.await(() -> focusedText().equals("Go on"));
        backstage.failing = Optional.of(DemoFailed.edited(20));
        press(KeyCode.ENTER); // breaks off
        Fx.await(() -> focusedText().equals("Check the ledger again"));

        press(KeyCode.ENTER);
        Fx.await(() -> focusedText().equals("Look at the entries"));
        backstage.failing = Optional.empty();
        press(KeyCode.TAB);
        press(KeyCode.TAB);
        assertThat(focusedText()).isEqualTo("Check the ledger again");
        press(KeyCode.ENTER);

        Fx.await(() -> focusedText().equals("Go on"));
    }

    /// From the first page to the rehearsal of a script that did not exist before.
    @Test
    void aScriptIsWritten_mended_savedAndRehearsed_byKeyboard() {
        Fx.await(() -> focusedText().equals("Start"));
        robot.push(KeyCode.SHIFT, KeyCode.TAB);
        Fx.await(() -> focusedText().equals("Write scripts"));
        press(KeyCode.ENTER);
        Fx.await(() -> focusedId().equals("library"));

        robot.push(KeyCode.CONTROL, KeyCode.N);
        Fx.await(() -> focusedId().equals("new-name"));
        write("ours");
        press(KeyCode.TAB);
        write("Our title");
        press(KeyCode.ENTER);
        Fx.await(() -> focusedId().equals("script") && findings().startsWith("Nothing found"));

        replace("confirm", "confrm");
        Fx.await(() -> findings().startsWith("Errors: "));
        assertThat(state()).isEqualTo("not saved, kept as a draft");
        press(KeyCode.F9);
        Fx.await(() -> focusedId().equals("findings"));
        press(KeyCode.ENTER);
        Fx.await(() -> focusedId().equals("script"));

        // Closing the window loses nothing: it asks.
        Fx.on(() -> {
            stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
            return true;
        });
        Fx.await(() -> focusedText().equals("Save"));
        press(KeyCode.ESCAPE);
        assertThat(stage.isShowing()).isTrue();
        Fx.await(() -> focusedId().equals("script"));

        replace("confrm", "confirm");
        Fx.await(() -> findings().startsWith("Nothing found"));
        replace("Say here", "Do");
        press(KeyCode.F2);
        Fx.await(() -> state().equals("saved") && findings().startsWith("Nothing found"));
        assertThat(backstage.library.text(new ScriptName(ScriptName.Shelf.OWN, false, "ours.yaml")))
                .contains("id: ours\n", "title: \"Our title\"\n", "Do what people do");
        press(KeyCode.F7);
        Fx.await(() -> stage.getScene().getRoot().lookup("#paper-large") != null);

        // A rehearsal that is over leads back to the place in the text that it was begun from.
        replace("what people do", "what is done");
        press(KeyCode.F2);
        Fx.await(() -> state().equals("saved") && findings().startsWith("Nothing found"));
        String place = caret();
        assertThat(place).isNotEqualTo("Line 1, column 1");
        press(KeyCode.F5);
        Fx.await(() -> stage.getScene().getRoot() instanceof CeremonyView
                && focusedText().equals("It matches the paper"));
        Fx.on(() -> {
            ((Button) stage.getScene().getRoot().lookup("#abort")).fire();
            return true;
        });
        write("enough");
        press(KeyCode.ENTER);
        Fx.await(() -> focusedId().equals("script") && caret().equals(place));
        assertThat(label(".q-author-head .q-strong")).isEqualTo("ours.yaml");
    }

    private String caret() {
        return label("#caret");
    }

    /// Finds words in the text and types others over them.
    private void replace(String old, String by) {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        Fx.await(() -> focusedId().equals("find"));
        write(old);
        press(KeyCode.ENTER);
        press(KeyCode.ESCAPE);
        Fx.await(() -> focusedId().equals("script"));
        robot.write(by);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void write(String text) {
        Fx.await(() -> stage.getScene().getFocusOwner() instanceof TextInputControl field && field.getSkin() != null);
        robot.write(text);
        Fx.await(() -> stage.getScene().getFocusOwner() instanceof TextInputControl field
                && field.getText().equals(text));
    }

    private String focusedId() {
        Node owner = stage.getScene().getFocusOwner();
        return owner == null || owner.getId() == null ? "" : owner.getId();
    }

    private String findings() {
        return label("#findings-count");
    }

    private String state() {
        return label("#state");
    }

    private String label(String selector) {
        return stage.getScene().getRoot().lookup(selector) instanceof Label label ? label.getText() : "";
    }

    /// Types as people do, who see the field before they type into it.
    private void pause() {
        press(KeyCode.F4);
        Fx.await(() -> stage.getScene().getFocusOwner() instanceof TextInputControl);
        robot.write("noon");
        Fx.await(() -> stage.getScene().getFocusOwner() instanceof TextInputControl field
                && field.getText().equals("noon"));
        press(KeyCode.ENTER);
    }

    private void press(KeyCode key) {
        robot.push(key);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private String focusedText() {
        Node owner = stage.getScene().getFocusOwner();
        return owner instanceof Button button ? button.getText() : "";
    }
}
