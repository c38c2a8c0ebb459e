package org.quorate.ui.home;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.Site;
import org.quorate.script.Script;
import org.quorate.ui.backstage.OpenSite.Deed;
import org.quorate.ui.backstage.OpenSite.RecordFile;
import org.quorate.ui.control.FollowingScroll;
import org.quorate.ui.control.Narrow;
import org.quorate.ui.control.ProblemCard;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.HomeViewModel;
import org.quorate.ui.model.Occasion;

/// Between ceremonies: where this is, what can be gone on with or started, and which records there are.
public final class HomeView extends StackPane {

    /// Where a press on this page leads.
    public interface Ways {
        void start(Occasion occasion);

        void approve(Script script, Deed deed);

        void resume(UUID ceremony, Occasion occasion);

        void show(RecordFile record);

        void writeScripts();

        void help();
    }

    private final HomeViewModel model;
    private final Ways ways;
    private final VBox notices = Ui.column(3);
    private final VBox lists = Ui.column(8);
    private final FollowingScroll scroll;
    private final BorderPane frame = new BorderPane();

    public HomeView(HomeViewModel model, Ways ways) {
        this.model = model;
        this.ways = ways;
        getStyleClass().addAll("q-shell", model.rehearsal() ? "q-rehearsal" : "q-live");
        Site site = model.site();
        var names = Ui.column(
                1,
                Ui.text(Texts.get("ui.home.place", site.organisation(), site.place()), "q-eyebrow"),
                Ui.text(site.name(), "q-title"));
        Button write = Ui.button(Texts.get("ui.author.open"), ways::writeScripts);
        write.setId("write-scripts");
        var head = Ui.row(4, Ui.grow(names), write);
        var page = Ui.column(6, head, notices, lists);
        page.getStyleClass().add("q-home");
        scroll = new FollowingScroll(new StackPane(page));
        frame.setTop(strip());
        frame.setCenter(scroll);
        getChildren().add(frame);
        Narrow.watch(this, narrow -> {});
        model.problemProperty().subscribe(this::tell);
        model.listsProperty().subscribe(this::show);
    }

    private void tell(Optional<Problem> problem) {
        notices.getChildren()
                .setAll(problem.<List<Node>>map(known -> List.of(new ProblemCard(known)))
                        .orElse(List.of()));
        Ui.show(notices, problem.isPresent());
    }

    private HBox strip() {
        Label mode = Ui.word(Texts.get(model.rehearsal() ? "ui.mode.rehearsal" : "ui.mode.live"), "q-mode");
        mode.setGraphic(Ui.icon(
                model.rehearsal() ? MaterialDesignS.SCHOOL_OUTLINE : MaterialDesignA.ACCESS_POINT, "q-mode-icon"));
        Button help = Ui.button(Texts.get("ui.strip.help"), "F1", ways::help, "q-strip-button");
        var strip = new HBox(5 * Ui.UNIT, mode, Ui.word(Texts.get("ui.brand"), "q-strong"), Ui.spring(), help);
        strip.getStyleClass().add("q-strip");
        return strip;
    }

    private void show(HomeViewModel.Lists now) {
        lists.getChildren().clear();
        Optional<HomeViewModel.Row> unfinished = now.unfinished();
        if (!now.due().isEmpty()) {
            section(
                    "ui.home.due",
                    "ui.home.due",
                    now.due().stream().map(HomeView::due).toList());
        }
        section(
                "ui.home.ceremonies",
                "ui.home.ceremonies.none",
                now.ceremonies().stream().map(this::ceremony).toList());
        if (unfinished.isPresent()) {
            section("ui.home.scripts", "ui.home.scripts.wait", List.of());
        } else {
            section(
                    "ui.home.scripts",
                    "ui.home.scripts.none",
                    now.scripts().stream().map(this::offer).toList());
        }
        section(
                "ui.home.records",
                "ui.home.records.none",
                now.records().stream().map(this::record).toList());
        lists.lookupAll(".button").stream().findFirst().ifPresent(scroll::focusFromTop);
    }

    private void section(String title, String none, List<Node> rows) {
        var box = Ui.column(0, Ui.text(Texts.get(title), "q-panel-title"));
        if (rows.isEmpty()) {
            Label empty = Ui.text(Texts.get(none), "q-muted");
            empty.setMaxWidth(Double.MAX_VALUE);
            empty.getStyleClass().add("q-home-row");
            box.getChildren().add(empty);
        }
        box.getChildren().addAll(rows);
        lists.getChildren().add(box);
    }

    private Node ceremony(HomeViewModel.Row row) {
        Button go = Ui.button(
                Texts.get("ui.home.resume"),
                () -> ways.resume(row.id(), model.occasion(row.script(), Optional.of(row.id()))),
                Styles.ACCENT);
        go.setAccessibleText(Texts.get("ui.home.resume.of", row.title()));
        return row(row.title(), row.detail(), Ui.word(row.status(), "q-strong"), row.open() ? List.of(go) : List.of());
    }

    private static Node due(HomeViewModel.Due due) {
        Label status = Ui.word(due.status(), "q-strong");
        if (due.overdue()) {
            status.setGraphic(Ui.icon(MaterialDesignA.ALERT_OUTLINE, "q-error-icon"));
        }
        return row(due.title(), due.detail(), status, List.of());
    }

    private Node offer(HomeViewModel.Offer offer) {
        Button go = Ui.button(Texts.get("ui.home.start"), () -> begin(offer));
        go.setAccessibleText(Texts.get("ui.home.start.of", offer.title()));
        String act = offer.approved() ? "ui.home.withdraw" : "ui.home.approve";
        Deed deed = offer.approved() ? Deed.WITHDRAW : Deed.APPROVE;
        Button approve = Ui.button(Texts.get(act), () -> ways.approve(offer.script(), deed), Styles.FLAT);
        approve.setAccessibleText(Texts.get(act + ".of", offer.title()));
        return row(offer.title(), offer.detail() + "\n" + offer.standing(), Ui.word(""), List.of(go, approve));
    }

    /// What is missing is said above the lists.
    private void begin(HomeViewModel.Offer offer) {
        model.begin(offer, ways::start);
        if (offer.objection().isPresent()) {
            scroll.setVvalue(0);
        }
    }

    private Node record(RecordFile record) {
        Button go = Ui.button(Texts.get("ui.home.show"), () -> ways.show(record));
        go.setAccessibleText(Texts.get("ui.home.show.of", record.title()));
        Label icon = Ui.word("");
        icon.setGraphic(Ui.icon(MaterialDesignF.FILE_DOCUMENT_OUTLINE, "q-muted-icon"));
        return row(record.title(), record.path().toString(), icon, List.of(go));
    }

    private static HBox row(String title, String detail, Label status, List<Button> buttons) {
        var texts = Ui.column(0.5, Ui.text(title, "q-home-title"), Ui.text(detail, "q-muted", "q-small-text"));
        var row = Ui.row(4, Ui.grow(texts), status);
        row.getChildren().addAll(buttons);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("q-home-row");
        return row;
    }
}
