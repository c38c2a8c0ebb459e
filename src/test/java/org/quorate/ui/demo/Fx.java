package org.quorate.ui.demo;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.quorate.ceremony.Site;
import org.quorate.ui.shell.CeremonyView;
import org.quorate.ui.theme.Look;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A real window for tests; without a display it fails.
public final class Fx {
    private static final PseudoClass SETTLING = PseudoClass.getPseudoClass("settling");

    private static final List<String> ASKING = List.of(".q-card", ".q-option", ".q-work");

    public final FxRobot robot = new FxRobot();
    public final Stage stage;
    public final Scene scene;
    public final Look look;

    private Fx(Stage stage, int width, int height) {
        this.stage = stage;
        this.scene = new Scene(new StackPane(), width, height);
        this.look = new Look(scene);
        stage.setScene(scene);
        stage.sizeToScene();
        stage.setX(0);
        stage.setY(0);
        stage.show();
        stage.requestFocus();
    }

    public static Fx open(int width, int height) throws TimeoutException {
        Stage stage = FxToolkit.registerPrimaryStage();
        return on(() -> new Fx(stage, width, height));
    }

    public CeremonyView show(Bench bench) {
        return on(() -> {
            var view = new CeremonyView(bench.model, look, bench.records);
            scene.setRoot(view);
            return view;
        });
    }

    public void root(Parent root) {
        on(() -> {
            scene.setRoot(root);
            return root;
        });
    }

    public Bench bench(Site.Mode mode) {
        return on(() -> new Bench(mode, Platform::runLater));
    }

    /// Until the page takes presses.
    public void ready() {
        asked();
        steady();
    }

    /// Until there is a page.
    public void asked() {
        await(() -> ASKING.stream().anyMatch(style -> scene.getRoot().lookup(style) != null));
    }

    public void steady() {
        await(() -> {
            Node page = scene.getRoot().lookup(".q-step");
            return page != null && !page.getPseudoClassStates().contains(SETTLING);
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Types keys that exist on every keyboard. A field that was only just opened takes keys from its first pulse on,
    /// since that gives it its skin; a robot may be there sooner.
    public void type(String text) {
        await(() -> !(scene.getFocusOwner() instanceof Control field) || field.getSkin() != null);
        robot.write(text);
        WaitForAsyncUtils.waitForFxEvents();
    }

    public void press(KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    public Node focused() {
        return on(scene::getFocusOwner);
    }

    public Node find(String selector) {
        Node found = on(() -> scene.getRoot().lookup(selector));
        if (found == null) {
            throw new AssertionError("nothing on the page is " + selector);
        }
        return found;
    }

    public static void await(BooleanSupplier done) {
        try {
            WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> on(done::getAsBoolean));
        } catch (TimeoutException e) {
            throw new AssertionError("the window never came that far", e);
        }
    }

    public static <T> T on(Callable<T> task) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, task);
    }
}
