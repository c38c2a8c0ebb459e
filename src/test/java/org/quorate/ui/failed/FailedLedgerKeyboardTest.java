package org.quorate.ui.failed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quorate.ui.demo.DemoFailed;
import org.quorate.ui.demo.Fx;
import org.quorate.ui.model.EntryPages;
import org.quorate.ui.model.FailedLedgerViewModel;
import org.quorate.ui.model.FailedLedgerViewModel.Page;
import org.quorate.ui.model.Hands;

/// A ledger that failed its check, gone through with the keyboard alone in a real window.
class FailedLedgerKeyboardTest {
    private static final int SIZE = 5000;
    private static Fx fx;

    private final AtomicInteger again = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private FailedLedgerViewModel model;

    @BeforeAll
    static void window() throws TimeoutException {
        fx = Fx.open(1366, 768);
    }

    @BeforeEach
    void open() {
        var hands = new Hands(Platform::runLater, task -> Thread.ofVirtual().start(task), InstantSource.system());
        model = Fx.on(() -> new FailedLedgerViewModel(DemoFailed.edited(SIZE), hands));
        fx.root(Fx.on(() -> new FailedLedgerView(model, again::incrementAndGet, left::incrementAndGet)));
        Fx.await(() -> focusedText().equals("Look at the entries"));
    }

    @Test
    void entries_showTheFirstBadOneMarked_andEnterShowsItWhole() {
        fx.press(KeyCode.ENTER);
        Fx.await(() -> shown("First bad entry"));
        assertThat(fx.focused()).isInstanceOf(ListView.class);

        fx.press(KeyCode.ENTER);
        Fx.await(() -> fx.scene.getFocusOwner() instanceof TextArea);
        assertThat(((TextArea) fx.focused()).getText()).contains("Leaf of its body");
        assertThat(((TextArea) fx.focused()).isEditable()).isFalse();

        fx.press(KeyCode.ESCAPE);
        Fx.await(() -> shown("First bad entry"));
        fx.press(KeyCode.ESCAPE);
        Fx.await(() -> focusedText().equals("Look at the entries"));
    }

    @Test
    void entries_ofALongLedger_areFewCells_andTheEndIsOneKeyAway() {
        fx.press(KeyCode.ENTER);
        Fx.await(() -> shown("First bad entry"));

        fx.press(KeyCode.END);
        Fx.await(() -> shown("Sensed: Fingerprint of the key pair, read " + (SIZE - 1)));
        assertThat(Fx.on(() -> fx.scene.getRoot().lookupAll(".q-row").size())).isLessThan(100);
        assertThat(shown("First bad entry")).isFalse();

        fx.press(KeyCode.TAB);
        fx.press(KeyCode.TAB);
        assertThat(focusedText()).isEqualTo("Go to the first bad entry");
        fx.press(KeyCode.ENTER);
        Fx.await(() -> shown("First bad entry"));
        assertThat(selected().getSelectionModel().getSelectedIndex()).isEqualTo(DemoFailed.EDITED);
    }

    @Test
    void anEntry_isLeftByTab() {
        fx.press(KeyCode.ENTER);
        Fx.await(() -> shown("First bad entry"));
        fx.press(KeyCode.ENTER);
        Fx.await(() -> fx.scene.getFocusOwner() instanceof TextArea);

        fx.press(KeyCode.CONTROL, KeyCode.TAB);

        assertThat(focusedText()).isEqualTo("Back");
    }

    @Test
    void mirror_isTypedAndCompared() {
        fx.press(KeyCode.TAB);
        assertThat(focusedText()).isEqualTo("Compare with the mirror");
        fx.press(KeyCode.ENTER);
        Fx.await(() -> fx.scene.getFocusOwner() instanceof TextField);
        fx.press(KeyCode.ENTER);
        assertThat(shown("Enter where the mirror is.")).isTrue();

        fx.press(KeyCode.ENTER); // follows the line to its field
        fx.type("mirror");
        fx.press(KeyCode.ENTER);
        Fx.await(() -> shown("There is no ledger at"));
        Fx.on(() -> {
            ((TextField) fx.find(".text-field")).setText("mirror.db"); // the dot's key differs between keyboards
            return true;
        });
        fx.press(KeyCode.ENTER);

        Fx.await(() -> model.pageProperty().get() instanceof Page.Compared);
        assertThat(shown("The two part at entry 9")).isTrue();
        assertThat(focusedText()).isEqualTo("Back");
        assertThat(scroll().getVvalue()).isZero();
        fx.press(KeyCode.PAGE_DOWN);
        assertThat(scroll().getVvalue()).isPositive();
        fx.press(KeyCode.ENTER);
        Fx.await(() -> focusedText().equals("Look at the entries"));
    }

    @Test
    void waysOut_areAlwaysThere() {
        fx.press(KeyCode.TAB);
        fx.press(KeyCode.TAB);
        assertThat(focusedText()).isEqualTo("Check the ledger again");
        fx.press(KeyCode.ENTER);
        assertThat(again).hasValue(1);
        fx.press(KeyCode.TAB);
        fx.press(KeyCode.ENTER);
        assertThat(left).hasValue(1);
    }

    private ScrollPane scroll() {
        return (ScrollPane) fx.find(".q-scroll");
    }

    @SuppressWarnings("unchecked")
    private ListView<EntryPages.Row> selected() {
        return (ListView<EntryPages.Row>) fx.find(".q-rows");
    }

    private static boolean shown(String text) {
        return Fx.on(() -> fx.scene.getRoot().lookupAll(".label").stream()
                .filter(Node::isVisible)
                .anyMatch(node -> node instanceof Label label && label.getText().contains(text)));
    }

    private static String focusedText() {
        Node owner = fx.scene.getFocusOwner();
        return owner instanceof Button button ? button.getText() : "";
    }
}
