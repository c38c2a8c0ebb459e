package org.quorate.ui.shell;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.TokenInfo;
import org.quorate.ui.backstage.Backstage.PinWanted;
import org.quorate.ui.control.ActionBar;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.FollowingScroll;
import org.quorate.ui.control.PinField;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Ui;

/// A live site asks for the PIN of the console's own token before anything of it shows, and says first that it is live.
final class PinPage extends BorderPane {
    private static final int LONGEST = 64;
    private static final double WIDEST = 820;

    private final Consumer<Secret> typed;
    private final PinField pin = new PinField(LONGEST);
    private final ErrorSummary summary = new ErrorSummary();

    PinPage(PinWanted wanted, Consumer<Secret> typed, Runnable stop) {
        this.typed = typed;
        getStyleClass().addAll("q-shell", "q-live");
        Label mode = Ui.word(Texts.get("ui.mode.live"), "q-mode");
        mode.setGraphic(Ui.icon(MaterialDesignA.ACCESS_POINT, "q-mode-icon"));
        var strip = new HBox(5 * Ui.UNIT, mode, Ui.word(Texts.get("ui.brand"), "q-strong"));
        strip.getStyleClass().add("q-strip");
        Button open = Ui.button(Texts.get("ui.opening.pin.enter"), this::answer, Styles.ACCENT, "q-primary");
        Button closed = Ui.button(Texts.get("ui.opening.pin.stop"), () -> {
            pin.wipe();
            stop.run();
        });
        var actions = new ActionBar();
        actions.acts(List.of(open, closed));
        setTop(strip);
        setCenter(new FollowingScroll(page(wanted)));
        setBottom(actions);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && event.getTarget() == pin) {
                event.consume();
                open.fire();
            }
        });
    }

    private VBox page(PinWanted wanted) {
        TokenInfo token = wanted.token();
        var page = Ui.column(
                4,
                Ui.text(Texts.get("ui.opening.pin.title"), "q-title"),
                Ui.text(Texts.get("ui.opening.pin.lead"), "q-say"));
        page.getStyleClass().add("q-page");
        page.setMaxWidth(WIDEST);
        wanted.refused().map(ProblemCard::new).ifPresent(page.getChildren()::add);
        token.lastTry(PinKind.USER)
                .ifPresent(flag -> page.getChildren().add(Ui.text(Texts.get("ui.opening.pin.last_try"), "q-strong")));
        var field = new FieldBox(
                Texts.get("ui.opening.pin", token.label(), token.serial()), Texts.get("ui.opening.pin.promise"), pin);
        summary.check(
                field, () -> pin.length() == 0 ? Optional.of(Texts.get("ui.opening.pin.missing")) : Optional.empty());
        page.getChildren().addAll(summary, field);
        return page;
    }

    private void answer() {
        if (summary.passes()) {
            Secret secret = pin.secret();
            pin.wipe();
            typed.accept(secret);
        }
    }

    Node first() {
        return pin;
    }
}
