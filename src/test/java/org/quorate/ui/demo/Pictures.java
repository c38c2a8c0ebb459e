package org.quorate.ui.demo;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.quorate.ceremony.Site;
import org.quorate.ui.shell.CeremonyView;
import org.quorate.ui.theme.Look;

/// Takes a picture of every page: `Pictures <folder> <width> <height> <light|dark> [name…]`.
public final class Pictures extends Application {
    private File folder = new File(".");

    public static void main(String[] arguments) {
        Application.launch(Pictures.class, arguments);
    }

    @Override
    public void start(Stage stage) {
        List<String> arguments = getParameters().getRaw();
        folder = new File(arguments.get(0));
        folder.mkdirs();
        int width = Integer.parseInt(arguments.get(1));
        int height = Integer.parseInt(arguments.get(2));
        boolean dark = arguments.get(3).equals("dark");
        List<String> wanted = arguments.subList(4, arguments.size());
        var scene = new Scene(new StackPane(), width, height);
        var look = new Look(scene);
        look.dark(dark);
        stage.setScene(scene);
        stage.show();
        String suffix = "-" + width + (dark ? "-dark" : "");
        Thread.ofVirtual().start(() -> {
            try {
                for (Screens screen : Screens.all()) {
                    if (wanted.isEmpty() || wanted.contains(screen.name())) {
                        take(screen, scene, look, Site.Mode.REHEARSAL, suffix);
                    }
                }
                if (wanted.isEmpty() || wanted.contains("live")) {
                    take(
                            Screens.of("live", "fingerprint", ScriptedEngine.fingerprint()),
                            scene,
                            look,
                            Site.Mode.LIVE,
                            suffix);
                }
                for (var page : Pages.all().entrySet()) {
                    if (wanted.isEmpty() || wanted.contains(page.getKey())) {
                        onWindow(() -> {
                            scene.setRoot(page.getValue().apply(look));
                            return true;
                        });
                        settle();
                        snap(scene, page.getKey() + suffix);
                    }
                }
            } finally {
                Platform.exit();
            }
        });
    }

    private void take(Screens screen, Scene scene, Look look, Site.Mode mode, String suffix) {
        Bench bench = onWindow(() -> new Bench(mode, Platform::runLater));
        CeremonyView view = onWindow(() -> {
            var made = new CeremonyView(bench.model, look, bench.records);
            scene.setRoot((Parent) made);
            return made;
        });
        screen.before().accept(bench);
        settle();
        onWindow(() -> {
            bench.model.tick();
            screen.then().accept(bench, view);
            return true;
        });
        settle();
        snap(scene, screen.name() + suffix);
        bench.close();
    }

    private void snap(Scene scene, String name) {
        onWindow(() -> {
            write(scene.snapshot(null), new File(folder, name + ".png"));
            return true;
        });
    }

    private static void settle() {
        for (int i = 0; i < 6; i++) {
            onWindow(() -> true);
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T onWindow(Callable<T> task) {
        var done = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                e.printStackTrace();
                done.completeExceptionally(e);
            }
        });
        return done.join();
    }

    private static void write(WritableImage image, File file) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                copy.setRGB(x, y, image.getPixelReader().getArgb(x, y));
            }
        }
        try {
            ImageIO.write(copy, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
