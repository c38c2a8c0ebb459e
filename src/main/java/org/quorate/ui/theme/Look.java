package org.quorate.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javafx.application.Application;
import javafx.css.PseudoClass;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// How everything looks: AtlantaFX's Primer beneath, our own sheet above, IBM Plex for all text, light or dark, and the
/// size of the text.
public final class Look {
    /// In percent of the usual size.
    public static final List<Integer> SIZES = List.of(100, 115, 130);

    private static final double BASE = 16;
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final List<String> FONTS = List.of(
            "IBMPlexSans-Regular",
            "IBMPlexSans-Italic",
            "IBMPlexSans-SemiBold",
            "IBMPlexSans-Bold",
            "IBMPlexSerif-Regular",
            "IBMPlexSerif-SemiBold",
            "IBMPlexMono-Regular",
            "IBMPlexMono-SemiBold");

    private final Scene scene;
    private boolean dark;
    private int size = SIZES.getFirst();

    public Look(Scene scene) {
        this.scene = scene;
        FONTS.forEach(Look::load);
        scene.getStylesheets().add(String.valueOf(Look.class.getResource("quorate.css")));
        scene.rootProperty().subscribe(root -> apply());
    }

    private static void load(String name) {
        try (InputStream in = Look.class.getResourceAsStream("/org/quorate/fonts/" + name + ".ttf")) {
            if (in == null) {
                throw new IllegalStateException("the font " + name + " is missing from this build");
            }
            Font.loadFont(in, BASE);
        } catch (IOException e) {
            throw new IllegalStateException("the font " + name + " cannot be read", e);
        }
    }

    public boolean dark() {
        return dark;
    }

    public void dark(boolean now) {
        dark = now;
        apply();
    }

    public int size() {
        return size;
    }

    public void size(int percent) {
        size = percent;
        apply();
    }

    private void apply() {
        Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        Parent root = scene.getRoot();
        root.pseudoClassStateChanged(DARK, dark);
        root.setStyle("-fx-font-size: %.1fpx;".formatted(BASE * size / 100));
    }
}
