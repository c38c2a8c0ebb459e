package org.quorate.ui.shell;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Texts;
import org.quorate.base.Words;
import org.quorate.ceremony.Question;
import org.quorate.quorum.Tally;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.CeremonyViewModel;
import org.quorate.ui.text.Times;

/// What everybody in the room must be able to see at any moment: rehearsal or live, which script, which HSM, what time,
/// how many have approved. A digest is not cut short here: four of its words stand for it and lead to the whole.
final class StatusStrip extends HBox {
    /// How many of the twelve words a strip has room for.
    private static final int WORDS = 4;

    private final CeremonyViewModel model;
    private final Label clock = Ui.word("", "q-clock");
    private final Label serial = Ui.word("");
    private final Label quorum = Ui.word("");
    private final Label exceptions = Ui.word("", "q-strip-exceptions");
    private final Label glass = Ui.word("", "q-strip-exceptions");
    private final List<Node> wide;
    private final List<Node> narrow;

    StatusStrip(CeremonyViewModel model, Runnable steps, Runnable ledger, Runnable about, Runnable help) {
        super(5 * Ui.UNIT);
        this.model = model;
        getStyleClass().add("q-strip");
        setId("strip");
        Label mode = Ui.word(Texts.get(model.rehearsal() ? "ui.mode.rehearsal" : "ui.mode.live"), "q-mode");
        mode.setGraphic(Ui.icon(
                model.rehearsal() ? MaterialDesignS.SCHOOL_OUTLINE : MaterialDesignA.ACCESS_POINT, "q-mode-icon"));
        var script = model.occasion().script();
        Label title = Ui.text(Texts.get("ui.strip.script", script.title(), script.version()), "q-strong");
        String words = String.join(" ", Words.spoken(model.scriptDigest()).subList(0, WORDS));
        Button digest = Ui.button(words, about, "q-strip-button", "q-strip-words");
        digest.setGraphic(Ui.icon(MaterialDesignF.FINGERPRINT, "q-strip-icon"));
        digest.setAccessibleText(Texts.get("ui.strip.digest", words));
        Button helpButton = Ui.button(Texts.get("ui.strip.help"), "F1", help, "q-strip-button");
        exceptions.setGraphic(Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-strip-icon"));
        Button stepsButton = Ui.button(Texts.get("ui.strip.steps"), "F3", steps, "q-strip-button");
        Button aboutButton = Ui.button(Texts.get("ui.strip.about"), "F7", about, "q-strip-button");
        Button ledgerButton = Ui.button(Texts.get("ui.strip.ledger"), "F9", ledger, "q-strip-button");
        glass.setText(model.occasion().breakGlass().orElse(""));
        glass.setId("break-glass");
        glass.setGraphic(Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-strip-icon"));
        Ui.show(glass, model.occasion().breakGlass().isPresent());
        wide = List.of(mode, glass, Ui.grow(title), digest, exceptions, serial, quorum, clock, helpButton);
        narrow = List.of(mode, glass, stepsButton, ledgerButton, aboutButton, Ui.spring(), clock);
        getChildren().setAll(wide);
        model.nowProperty().subscribe(now -> clock.setText(Times.clock(now)));
        model.stateProperty().subscribe(state -> describe());
        model.desk().questionProperty().subscribe(question -> describe());
    }

    private void describe() {
        int count = model.stateProperty().get().exceptions();
        exceptions.setText(Texts.get(count == 1 ? "ui.strip.exception" : "ui.strip.exceptions", count));
        Ui.show(exceptions, count > 0);
        Optional<String> known = model.stateProperty().get().serial();
        serial.setText(known.map(text -> Ui.visible(Texts.get("ui.strip.serial", text)))
                .orElse(""));
        Ui.show(serial, known.isPresent());
        quorum.setText(model.desk()
                .questionProperty()
                .get()
                .filter(Question.OfCard.class::isInstance)
                .map(asked -> approvals(((Question.OfCard) asked).tally()))
                .orElse(Texts.get(
                        "ui.strip.present", model.stateProperty().get().people().present())));
    }

    private static String approvals(Tally tally) {
        return Texts.get(
                "ui.strip.quorum", tally.approved().size(), tally.quorum().m());
    }

    /// Where there is no room for how many may, it still says that the glass is broken.
    void narrow(boolean now) {
        model.occasion()
                .breakGlass()
                .ifPresent(whole -> glass.setText(now ? Texts.get("ui.strip.break_glass.narrow") : whole));
        setSpacing((now ? 3 : 5) * Ui.UNIT);
        getChildren().setAll(now ? narrow : wide);
    }
}
