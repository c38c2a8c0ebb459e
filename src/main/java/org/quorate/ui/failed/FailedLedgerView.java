package org.quorate.ui.failed;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Texts;
import org.quorate.ui.control.ActionBar;
import org.quorate.ui.control.ExhibitList;
import org.quorate.ui.control.FollowingScroll;
import org.quorate.ui.control.Narrow;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.FailedLedgerViewModel;
import org.quorate.ui.model.FailedLedgerViewModel.Page;

/// The window while its ledger is not valid: one page at a time, with the ways out always at the foot. Enter presses
/// the coloured button, Escape goes back, and the keys for pages turn what is longer than the window.
public final class FailedLedgerView extends BorderPane {
    private static final double WIDEST = 820;

    private final FailedLedgerViewModel model;
    private final ActionBar actions = new ActionBar();
    private List<Button> acts = List.of();

    /// @param again checks the ledger again
    /// @param leave closes the console
    public FailedLedgerView(FailedLedgerViewModel model, Runnable again, Runnable leave) {
        this.model = model;
        getStyleClass().addAll("q-window", "q-failed-ledger");
        actions.always(List.of(
                Ui.button(Texts.get("ui.opening.again"), again, Styles.FLAT),
                Ui.button(Texts.get("ui.opening.leave"), leave, Styles.FLAT)));
        setBottom(actions);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        // Before the list sees it, which takes it for the end of an edit.
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                model.back();
            }
        });
        Narrow.watch(this, narrow -> {});
        model.pageProperty().subscribe(this::show);
    }

    private void show(Page page) {
        if (page instanceof Page.Comparing now && getCenter() instanceof ComparingPage same) {
            same.show(now);
            return;
        }
        FailedPage shown = switch (page) {
            case Page.Verdict() -> verdict();
            case Page.Entries() -> EntriesPage.of(model);
            case Page.Entry(var title, var text) -> EntriesPage.whole(title, text, model);
            case Page.Mirror(var problem) -> MirrorPages.choose(model, problem, this::chosenFrom);
            case Page.Comparing now -> new ComparingPage(now, model).page();
            case Page.Stopping() -> MirrorPages.stopping();
            case Page.Compared(var words) -> MirrorPages.compared(words, model);
        };
        acts = shown.acts();
        actions.acts(acts);
        setCenter(shown.content());
        focus(shown);
    }

    private static void focus(FailedPage shown) {
        if (shown.content() instanceof FollowingScroll scroll) {
            scroll.focusFromTop(shown.first());
        } else {
            Ui.focus(shown.first());
        }
    }

    private Optional<String> chosenFrom() {
        return MirrorPages.chooseFile(getScene().getWindow());
    }

    private FailedPage verdict() {
        Button look = primary(Texts.get("ui.failed.look"), model::look);
        Button compare = Ui.button(Texts.get("ui.failed.compare"), model::chooseMirror);
        var wrong = card(Texts.get("ui.failed.word"), ExhibitList.written(model.exhibits()));
        wrong.getStyleClass().add("q-failed-card");
        FollowingScroll content = page(
                Ui.text(model.title(), "q-title"),
                Ui.text(Texts.get("ui.failed.say"), "q-say"),
                wrong,
                attention(List.of(Texts.get("ui.failed.next"))));
        return new FailedPage(content, List.of(look, compare), look);
    }

    private void pressed(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> {
                Optional<? extends ButtonBase> button = event.getTarget() instanceof ButtonBase focused
                        ? Optional.of(focused)
                        : acts.stream().findFirst();
                button.ifPresent(ButtonBase::fire);
                event.consume();
            }
            case PAGE_DOWN, PAGE_UP -> turn(event.getCode());
            default -> {
                // no other key means anything on every page
            }
        }
    }

    private void turn(KeyCode key) {
        if (getCenter() instanceof ScrollPane scroll) {
            double view = scroll.getViewportBounds().getHeight();
            double room = scroll.getContent().getLayoutBounds().getHeight() - view;
            double by = room <= 0 ? 0 : 0.9 * view / room;
            scroll.setVvalue(Math.clamp(scroll.getVvalue() + (key == KeyCode.PAGE_DOWN ? by : -by), 0, 1));
        }
    }

    // What several pages are made of.

    static Button primary(String text, Runnable act) {
        return Ui.button(text, act, Styles.ACCENT, "q-primary");
    }

    /// What is to be read from the top.
    static FollowingScroll page(Node... content) {
        VBox page = Ui.column(4, content);
        page.setMaxWidth(WIDEST);
        page.getStyleClass().add("q-page");
        return new FollowingScroll(new StackPane(page));
    }

    static VBox card(String title, Node... content) {
        VBox card = Ui.column(3, content);
        card.getChildren().addFirst(Ui.text(title, "q-item-word"));
        card.getStyleClass().add("q-card");
        return card;
    }

    static Node attention(List<String> lines) {
        VBox texts = Ui.column(1.5);
        lines.forEach(line -> texts.getChildren().add(Ui.text(line)));
        var box = Ui.row(3, Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-attention-icon"), Ui.grow(texts));
        box.getStyleClass().add("q-attention-box");
        return box;
    }
}
