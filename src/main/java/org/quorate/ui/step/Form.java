package org.quorate.ui.step;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Pane;

/// What one question puts on the step's page: its own control, and the buttons that name the act.
interface Form {

    /// @param body the form itself
    /// @param first where the focus goes when the page appears
    /// @param primary empty where every answer is a button of its own within the body
    record Laid(Node body, Node first, Optional<Button> primary, Optional<Button> secondary) {}

    Laid laid();

    /// The imperative on top of the page, where the question has one of its own; otherwise it is the step's title.
    default Optional<String> title() {
        return Optional.empty();
    }

    /// Whether the words of the step belong above the question.
    default boolean withWords() {
        return true;
    }

    /// Where a refusal is told: right above what has to be done again. Otherwise it stands above the question.
    default Optional<Pane> noticePlace() {
        return Optional.empty();
    }

    default Node body() {
        return laid().body();
    }

    default Node first() {
        return laid().first();
    }

    default Optional<Button> primary() {
        return laid().primary();
    }

    default Optional<Button> secondary() {
        return laid().secondary();
    }

    /// Whether the page was there a moment ago and need not be read from the top again.
    default boolean again() {
        return false;
    }

    /// Fills in the practice PIN, where the page shows one.
    default void practise() {}

    /// The page goes away: whatever secret is left in it is wiped.
    default void close() {}
}
