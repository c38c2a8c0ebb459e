package org.quorate.ui.failed;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.ExhibitList;
import org.quorate.ui.control.FieldBox;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.ComparedWords;
import org.quorate.ui.model.FailedLedgerViewModel;

/// Which mirror, and what comparing with it showed.
final class MirrorPages {
    private MirrorPages() {}

    /// @param dialog lets people choose a file with the mouse; the field does the same by keyboard
    static FailedPage choose(
            FailedLedgerViewModel model, Optional<Problem> problem, Supplier<Optional<String>> dialog) {
        var path = new TextField(model.mirror());
        var field = new FieldBox(Texts.get("ui.mirror.label"), Texts.get("ui.mirror.hint"), path);
        var summary = new ErrorSummary().check(field, () -> model.wrongMirror(path.getText()));
        Button choose =
                Ui.button(Texts.get("ui.mirror.choose"), () -> dialog.get().ifPresent(path::setText));
        Button compare = FailedLedgerView.primary(Texts.get("ui.mirror.compare"), () -> {
            if (summary.passes()) {
                model.compare(path.getText());
            }
        });
        Button back = Ui.button(Texts.get("ui.failed.back"), model::back);
        VBox notice = Ui.column(0);
        problem.map(ProblemCard::new).ifPresent(notice.getChildren()::add);
        Ui.show(notice, problem.isPresent());
        var content = FailedLedgerView.page(
                Ui.text(Texts.get("ui.mirror.title"), "q-title"),
                Ui.text(Texts.get("ui.mirror.say"), "q-say"),
                notice,
                summary,
                field,
                Ui.row(2, choose));
        return new FailedPage(content, List.of(compare, back), path);
    }

    static Optional<String> chooseFile(Window owner) {
        var chooser = new FileChooser();
        chooser.setTitle(Texts.get("ui.mirror.title"));
        return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::getAbsolutePath);
    }

    static FailedPage stopping() {
        var content = FailedLedgerView.page(Ui.text(Texts.get("ui.mirror.stopping"), "q-title"));
        return new FailedPage(content, List.of(), content);
    }

    static FailedPage compared(ComparedWords words, FailedLedgerViewModel model) {
        Button back = FailedLedgerView.primary(Texts.get("ui.failed.back"), model::back);
        Button again = Ui.button(Texts.get("ui.compared.again"), model::chooseMirror);
        var nodes = new ArrayList<Node>(List.of(Ui.text(words.title(), "q-title"), agreement(words), mirror(words)));
        words.parted()
                .ifPresent(parted -> nodes.addAll(List.of(
                        FailedLedgerView.card(
                                Texts.get("ui.compared.here", parted.seq()), ExhibitList.written(parted.here())),
                        FailedLedgerView.card(
                                Texts.get("ui.compared.there", parted.seq()), ExhibitList.written(parted.mirror())))));
        nodes.add(Ui.text(Texts.get("ui.compared.next"), "q-section"));
        nodes.add(FailedLedgerView.attention(words.next()));
        var content = FailedLedgerView.page(nodes.toArray(Node[]::new));
        return new FailedPage(content, List.of(back, again), back);
    }

    private static VBox agreement(ComparedWords words) {
        VBox lines = FailedLedgerView.card(Texts.get("ui.compared.agreement"));
        words.agreement().forEach(line -> lines.getChildren().add(Ui.text(line)));
        return lines;
    }

    private static VBox mirror(ComparedWords words) {
        var icon = words.mirrorSound()
                ? Ui.icon(MaterialDesignC.CHECK, "q-good-icon")
                : Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-error-icon");
        var verdict = Ui.row(2, icon, Ui.grow(Ui.text(words.verdict(), "q-strong")));
        return FailedLedgerView.card(Texts.get("ui.compared.mirror"), verdict, new ExhibitList(words.aboutMirror()));
    }
}
