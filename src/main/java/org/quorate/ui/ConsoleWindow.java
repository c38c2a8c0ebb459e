package org.quorate.ui;

import atlantafx.base.theme.PrimerLight;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import org.quorate.base.Texts;

/// The console's window.
public final class ConsoleWindow {
    private static final List<String> FONTS = List.of(
            "IBMPlexSans-Regular",
            "IBMPlexSans-Italic",
            "IBMPlexSans-SemiBold",
            "IBMPlexSans-Bold",
            "IBMPlexMono-Regular",
            "IBMPlexMono-SemiBold",
            "IBMPlexSerif-Regular",
            "IBMPlexSerif-SemiBold");

    private ConsoleWindow() {}

    /// Dresses `stage` as the console and shows it.
    public static void show(Stage stage) {
        FONTS.forEach(ConsoleWindow::load);
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        stage.setTitle(Texts.get("ui.window.title"));
        stage.setScene(new Scene(new BorderPane(), 1280, 720));
        stage.show();
    }

    private static void load(String font) {
        InputStream file = ConsoleWindow.class.getResourceAsStream("/org/quorate/fonts/" + font + ".ttf");
        Font.loadFont(Objects.requireNonNull(file, font), 16);
    }
}
