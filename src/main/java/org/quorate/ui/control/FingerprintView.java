package org.quorate.ui.control;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.quorate.base.Digest;
import org.quorate.base.Texts;

/// A digest as it is read and compared: the whole of it, in groups of four, never shortened; beneath it the words that
/// are read aloud, numbered so that nobody loses the place.
public final class FingerprintView extends VBox {
    private static final int GROUP = 4;

    private FingerprintView(String size, double spacing) {
        super(spacing);
        getStyleClass().addAll("q-fingerprint", size);
    }

    /// For reading from two metres.
    public static FingerprintView large(Digest digest, List<String> words) {
        var view = new FingerprintView("q-large", 4 * Ui.UNIT);
        view.getChildren().addAll(hex(digest, 18, 4), words(words, List.of(4, 3, 2), 3));
        return view;
    }

    /// For a panel or a box; without words where nothing is read aloud.
    public static FingerprintView small(Digest digest, List<String> words) {
        var view = new FingerprintView("q-small", 2 * Ui.UNIT);
        view.getChildren().add(hex(digest, 8, 0));
        if (!words.isEmpty()) {
            view.getChildren().add(words(words, List.of(6, 4, 3, 2), 0));
        }
        return view;
    }

    private static Node hex(Digest digest, double across, double down) {
        var cells = new Columns(List.of(16, 8, 4), across, down);
        cells.getStyleClass().add("q-hex");
        String hex = digest.hex();
        for (int at = 0; at < hex.length(); at += GROUP) {
            cells.getChildren().add(Ui.word(hex.substring(at, at + GROUP), "q-hex-group"));
        }
        cells.setAccessibleText(Texts.get("ui.fingerprint.hex", digest.grouped()));
        return cells;
    }

    private static Node words(List<String> words, List<Integer> counts, double down) {
        var cells = new Columns(counts, 2 * Ui.UNIT, down);
        cells.getStyleClass().add("q-words");
        for (int i = 0; i < words.size(); i++) {
            Label number = Ui.word(String.valueOf(i + 1), "q-word-number");
            var pair = Ui.row(1, number, Ui.word(words.get(i), "q-word"));
            pair.getStyleClass().add("q-word-pair");
            cells.getChildren().add(pair);
        }
        cells.setAccessibleText(Texts.get("ui.fingerprint.words", String.join(" ", words)));
        return cells;
    }
}
