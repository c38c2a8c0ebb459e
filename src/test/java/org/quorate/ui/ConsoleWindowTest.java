package org.quorate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Site;
import org.quorate.ui.demo.DemoBackstage;
import org.quorate.ui.demo.DemoFailed;
import org.quorate.ui.demo.Fx;
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
        Fx.await(() -> focusedText().equals("Start"));
        press(KeyCode.ENTER);
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

    /// A page that has just appeared takes no press for a moment.
    private boolean settled() {
        return stage.getScene().getRoot().lookup(".q-step").getPseudoClassStates().stream()
                .noneMatch(state -> state.getPseudoClassName().equals("settling"));
    }

    @Test
    void aCeremonyThatEnds_leadsHome() {
        Fx.await(() -> focusedText().equals("Start"));
        press(KeyCode.ENTER);
        Fx.await(() -> focusedText().equals("It matches the paper"));

        pause();

        Fx.await(() -> focusedText().equals("Go on"));
    }

    @Test
    void aCeremonyThatBreaksOff_leadsToTheCheckOfTheLedger() {
        Fx.await(() -> focusedText().equals("Start"));
        press(KeyCode.ENTER);
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
        Fx.await(() -> focusedText().equals("Start"));
        press(KeyCode.ENTER);
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
