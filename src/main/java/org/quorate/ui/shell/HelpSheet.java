package org.quorate.ui.shell;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;
import org.quorate.base.Texts;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.theme.Look;

/// Keys, light or dark, and how large the text is.
public final class HelpSheet {
    private static final List<String> KEYS = List.of("f1", "f2", "f3", "f4", "f6", "f7", "f8", "f9", "enter", "esc");

    private static final List<String> KEYS_OF_SCRIPTS = List.of(
            "f1",
            "f2",
            "f3",
            "f4",
            "f5",
            "f6",
            "f7",
            "f8",
            "f9",
            "ctrl_i",
            "ctrl_n",
            "ctrl_f",
            "ctrl_z",
            "tab",
            "ctrl_tab",
            "esc");

    private HelpSheet() {}

    public static void open(Look look, Sheets sheets) {
        open(look, sheets, "ui.key.", KEYS);
    }

    /// For the page on which scripts are written.
    public static void openOfScripts(Look look, Sheets sheets) {
        open(look, sheets, "ui.author.key.", KEYS_OF_SCRIPTS);
    }

    private static void open(Look look, Sheets sheets, String prefix, List<String> names) {
        var theme = new SegmentedButton(
                toggle("ui.look.light", !look.dark(), () -> look.dark(false)),
                toggle("ui.look.dark", look.dark(), () -> look.dark(true)));
        var size = new SegmentedButton();
        for (int percent : Look.SIZES) {
            size.getButtons()
                    .add(toggle(
                            Texts.get("ui.look.percent", percent), look.size() == percent, () -> look.size(percent)));
        }
        var keys = new VBox(Ui.UNIT);
        for (String key : names) {
            var cap = Ui.word(Texts.get(prefix + key), "q-keycap");
            cap.setMinWidth(64);
            keys.getChildren().add(Ui.row(3, cap, Ui.grow(Ui.text(Texts.get(prefix + key + ".does")))));
        }
        Button close = Ui.button(Texts.get("ui.sheet.close"), sheets::close);
        var body = Ui.column(
                5,
                Ui.row(
                        8,
                        new FieldBox(Texts.get("ui.look.theme"), "", theme),
                        new FieldBox(Texts.get("ui.look.size"), "", size)),
                Ui.text(Texts.get("ui.help.keys"), "q-section"),
                keys);
        sheets.open(new Sheet(Texts.get("ui.help.title"), body, close), close);
    }

    private static ToggleButton toggle(String text, boolean on, Runnable act) {
        var button = new ToggleButton(Texts.has(text) ? Texts.get(text) : text);
        button.setSelected(on);
        button.setOnAction(event -> {
            button.setSelected(true);
            act.run();
        });
        return button;
    }
}
