package org.quorate.ui.shell;

import java.util.List;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.quorate.ui.control.Narrow;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.model.CeremonyViewModel;
import org.quorate.ui.records.RecordPages;
import org.quorate.ui.step.Situation;
import org.quorate.ui.step.StepView;
import org.quorate.ui.theme.Look;

/// The window of a running ceremony: strip on top, rail on the left, page in the middle, ledger on the right. Where the
/// window is narrow, rail and ledger are drawers.
public final class CeremonyView extends StackPane {
    private final CeremonyViewModel model;
    private final Look look;
    private final BorderPane frame = new BorderPane();
    private final Sheets sheets = new Sheets();
    private final StatusStrip strip;
    private final Rail rail;
    private final LedgerPanel ledger;
    private final StepView page;
    private boolean narrow;

    public CeremonyView(CeremonyViewModel model, Look look, RecordPages records) {
        this.model = model;
        this.look = look;
        getStyleClass().addAll("q-shell", model.rehearsal() ? "q-rehearsal" : "q-live");
        strip = new StatusStrip(
                model, this::openSteps, this::openLedger, () -> AboutSheet.open(model, sheets), this::openHelp);
        rail = new Rail(model);
        ledger = new LedgerPanel(model);
        page = new StepView(model, new Situation(model, sheets, records));
        sheets.onOrphaned(page::focusPage);
        frame.setTop(strip);
        frame.setCenter(page);
        frame.setLeft(rail);
        frame.setRight(ledger);
        getChildren().addAll(frame, sheets.layer());
        Narrow.watch(this, this::narrow);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        model.viewingProperty().subscribe(looked -> {
            if (narrow && sheets.showing()) {
                sheets.close();
            }
        });
    }

    private void narrow(boolean now) {
        narrow = now;
        sheets.close();
        frame.setLeft(now ? null : rail);
        frame.setRight(now ? null : ledger);
        strip.narrow(now);
        page.narrow(now);
    }

    private void key(KeyEvent event) {
        Runnable act = switch (event.getCode()) {
            case F1 -> this::openHelp;
            case F2 -> page::recordException;
            case F3 -> this::openSteps;
            case F4 -> page::pause;
            case F6 -> () -> region(event.isShiftDown() ? -1 : 1);
            case F7 -> () -> AboutSheet.open(model, sheets);
            case F8 -> page::practise;
            case F9 -> this::openLedger;
            default -> () -> {};
        };
        if (event.getCode().isFunctionKey()) {
            event.consume();
            if (!sheets.showing()) {
                act.run();
            }
        }
    }

    private void openSteps() {
        if (narrow) {
            sheets.drawer(rail, Side.LEFT, rail.first());
        }
        rail.first().requestFocus();
    }

    private void openLedger() {
        if (narrow) {
            sheets.drawer(ledger, Side.RIGHT, ledger.list());
        }
        ledger.list().requestFocus();
    }

    private void openHelp() {
        HelpSheet.open(look, sheets);
    }

    /// From strip to rail to page to ledger and round again.
    private void region(int step) {
        List<Node> regions = narrow ? List.of(strip, page) : List.of(strip, rail, page, ledger);
        Node owner = getScene().getFocusOwner();
        int at = 0;
        for (int i = 0; i < regions.size(); i++) {
            if (Sheets.inside(owner, regions.get(i))) {
                at = i;
            }
        }
        Node next = regions.get(Math.floorMod(at + step, regions.size()));
        if (next == page) {
            page.focusPage();
        } else if (next == rail) {
            rail.first().requestFocus();
        } else {
            Sheets.focusable(next).getFirst().requestFocus();
        }
    }

    public Sheets sheets() {
        return sheets;
    }
}
