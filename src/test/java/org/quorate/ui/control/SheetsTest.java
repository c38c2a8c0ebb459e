package org.quorate.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.ui.demo.Fx;

class SheetsTest {
    private static Fx fx;

    @BeforeAll
    static void window() throws TimeoutException {
        fx = Fx.open(1366, 768);
    }

    /// What was drawn elsewhere first stayed on the screen beneath the sheet, though no snapshot of the scene showed
    /// it.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSheet_isAtItsPlace_fromTheFirstPulseOn(boolean drawer) {
        Button close = Fx.on(() -> Ui.button("Close", () -> {}));
        Sheet sheet = Fx.on(() -> new Sheet("A sheet", Ui.column(1, Ui.text("What it says")), close));
        Set<Bounds> places = new LinkedHashSet<>();
        Runnable look = () -> places.add(sheet.localToScene(sheet.getLayoutBounds()));
        Fx.on(() -> {
            var sheets = new Sheets();
            fx.scene.setRoot(new StackPane(Ui.text("The page"), sheets.layer()));
            fx.scene.getRoot().applyCss();
            fx.scene.getRoot().layout();
            fx.scene.addPostLayoutPulseListener(look);
            if (drawer) {
                sheets.drawer(sheet, Side.RIGHT, close);
            } else {
                sheets.open(sheet, close);
            }
            return true;
        });
        for (int i = 0; i < 3; i++) {
            pulse();
        }

        assertThat(places).hasSize(1);
        assertThat(places.iterator().next().getMinX()).isGreaterThan(100);
        Fx.on(() -> {
            fx.scene.removePostLayoutPulseListener(look);
            return true;
        });
    }

    private static void pulse() {
        var drawn = new java.util.concurrent.atomic.AtomicBoolean();
        Runnable once = () -> drawn.set(true);
        Fx.on(() -> {
            fx.scene.addPostLayoutPulseListener(once);
            javafx.application.Platform.requestNextPulse();
            return true;
        });
        Fx.await(drawn::get);
        Fx.on(() -> {
            fx.scene.removePostLayoutPulseListener(once);
            return true;
        });
    }
}
