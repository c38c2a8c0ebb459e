package org.quorate.ui.control;

import java.util.function.Consumer;
import javafx.scene.layout.Region;

/// Tells a page when the window is too narrow for three columns: below 1000 logical pixels, which is what 1366×768 at
/// 200 % leaves.
public final class Narrow {
    private static final double LIMIT = 1000;
    private static final String STYLE = "q-narrow";

    private Narrow() {}

    /// Marks `page` while it is narrow, and tells `changed`.
    public static void watch(Region page, Consumer<Boolean> changed) {
        page.widthProperty().subscribe(width -> {
            boolean narrow = width.doubleValue() > 0 && width.doubleValue() < LIMIT;
            if (narrow != page.getStyleClass().contains(STYLE)) {
                page.getStyleClass().remove(STYLE);
                if (narrow) {
                    page.getStyleClass().add(STYLE);
                }
                changed.accept(narrow);
            }
        });
    }
}
