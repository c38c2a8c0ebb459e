package org.quorate.ui;

import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Front;
import org.quorate.script.Script;
import org.quorate.ui.author.AuthorView;
import org.quorate.ui.backstage.Backstage;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.failed.FailedLedgerView;
import org.quorate.ui.home.HomeView;
import org.quorate.ui.model.ApprovingViewModel;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.CeremonyViewModel;
import org.quorate.ui.model.FailedLedgerViewModel;
import org.quorate.ui.model.Hands;
import org.quorate.ui.model.HomeViewModel;
import org.quorate.ui.model.Occasion;
import org.quorate.ui.model.OpeningViewModel;
import org.quorate.ui.records.RecordPages;
import org.quorate.ui.records.RecordSheet;
import org.quorate.ui.shell.ApprovingView;
import org.quorate.ui.shell.CeremonyView;
import org.quorate.ui.shell.HelpSheet;
import org.quorate.ui.shell.OpeningView;
import org.quorate.ui.theme.Look;

/// The one window. It is there before anything else is: first it checks the ledger, then it is home, then a
/// ceremony, and home again.
public final class ConsoleWindow {
    private static final Duration TICK = Duration.seconds(1);

    private final Backstage backstage;
    private final Stage stage;
    private final Hands hands;
    private final Scene scene;
    private final Look look;
    private final Timeline ticking = new Timeline();
    private Optional<CeremonyViewModel> running = Optional.empty();
    private Optional<ApprovingViewModel> approving = Optional.empty();
    private Optional<OpeningViewModel> opening = Optional.empty();

    public ConsoleWindow(Backstage backstage, Stage stage) {
        this.backstage = backstage;
        this.stage = stage;
        this.hands = new Hands(Platform::runLater, backstage.background(), backstage.clock());
        this.scene = new Scene(new StackPane(), 1366, 768);
        this.look = new Look(scene);
        ticking.setCycleCount(Animation.INDEFINITE);
        ticking.getKeyFrames().setAll(new KeyFrame(TICK, event -> tick()));
        stage.setTitle(Texts.get("ui.brand"));
        stage.setScene(scene);
        stage.setOnHidden(event -> left());
    }

    private void tick() {
        running.ifPresent(CeremonyViewModel::tick);
        approving.ifPresent(ApprovingViewModel::tick);
    }

    public void show() {
        opening().open();
        stage.show();
        ticking.play();
    }

    private OpeningViewModel opening() {
        var model = new OpeningViewModel(backstage, hands.window());
        opening = Optional.of(model);
        page(new OpeningView(model, stage::close));
        model.stateProperty().subscribe(state -> {
            if (state instanceof OpeningViewModel.State.Open(var site)) {
                site.atOnce().ifPresentOrElse(wanted -> lead(site, wanted), () -> home(site));
            } else if (state instanceof OpeningViewModel.State.Invalid(var ledger)) {
                var failed = new FailedLedgerViewModel(ledger, hands);
                page(new FailedLedgerView(failed, () -> opening().open(), stage::close));
            }
        });
        return model;
    }

    private void lead(OpenSite site, OpenSite.Wanted wanted) {
        if (wanted.deed() != OpenSite.Deed.HOLD) {
            approve(site, wanted.script(), wanted.deed());
            return;
        }
        var occasion = new Occasion(wanted.script(), site.site(), site.roster(), wanted.ceremony());
        ceremony(
                site,
                occasion,
                () -> home(site),
                (front, ended) -> wanted.ceremony()
                        .ifPresentOrElse(
                                id -> site.resume(id, front, ended), () -> site.start(wanted.script(), front, ended)));
    }

    /// Where scripts are written. A text that is not saved holds up the closing of the window until people have
    /// decided.
    ///
    /// @param back where people were before they went to a rehearsal
    private void write(OpenSite site, Optional<AuthorView.Left> back) {
        var model = new AuthoringViewModel(site, hands);
        stage.setOnCloseRequest(event -> {
            event.consume();
            model.leave(stage::close);
        });
        page(new AuthorView(model, new Writing(site)));
        model.refresh();
        back.ifPresent(left -> model.goBackTo(left.script(), left.place()));
    }

    private void home(OpenSite site) {
        var model = new HomeViewModel(site, hands);
        var sheets = new Sheets();
        var view = new HomeView(model, new Leading(site, sheets));
        view.getChildren().add(sheets.layer());
        page(view);
        model.refresh();
    }

    /// It belongs to no ceremony, so whatever comes of it leads home.
    private void approve(OpenSite site, Script script, OpenSite.Deed deed) {
        var model = new ApprovingViewModel(site, script, hands);
        approving = Optional.of(model);
        page(new ApprovingView(model, hands, () -> {
            approving = Optional.empty();
            home(site);
        }));
        site.approve(script, deed, model.front(), how -> hands.window().execute(() -> model.end(how)));
    }

    /// @param then where it leads when it is over; one that is paused is gone on with from home
    private void ceremony(
            OpenSite site, Occasion occasion, Runnable then, BiConsumer<Front, Consumer<Optional<Problem>>> conduct) {
        var model = new CeremonyViewModel(occasion, site.ledger(), site.cards(), hands);
        running = Optional.of(model);
        page(new CeremonyView(model, look, new RecordPages(site::pages, hands)));
        conduct.accept(
                model.front(),
                ended -> hands.window().execute(() -> {
                    boolean paused = model.stateProperty().get().status().equals(Optional.of(Ceremony.Status.PAUSED));
                    ended(ended, paused ? () -> home(site) : then);
                }));
    }

    /// A ceremony that broke off leads back to the check of the ledger, because nobody knows what it holds now.
    private void ended(Optional<Problem> problem, Runnable then) {
        if (!stage.isShowing()) {
            return;
        }
        end();
        problem.ifPresentOrElse(broken -> opening().brokeOff(broken), then);
    }

    private void page(Parent root) {
        scene.setRoot(root);
        if (!(root instanceof AuthorView)) {
            stage.setOnCloseRequest(event -> {});
        }
    }

    private void end() {
        running.ifPresent(CeremonyViewModel::close);
        running = Optional.empty();
        approving.ifPresent(ApprovingViewModel::leave);
        approving = Optional.empty();
    }

    private void left() {
        ticking.stop();
        opening.ifPresent(OpeningViewModel::cancel);
        end();
        backstage.leave();
    }

    /// For tests and for taking pictures.
    public Look look() {
        return look;
    }

    private final class Leading implements HomeView.Ways {
        private final OpenSite site;
        private final Sheets sheets;

        Leading(OpenSite site, Sheets sheets) {
            this.site = site;
            this.sheets = sheets;
        }

        @Override
        public void start(Occasion occasion) {
            ceremony(site, occasion, () -> home(site), (front, ended) -> site.start(occasion.script(), front, ended));
        }

        @Override
        public void approve(Script script, OpenSite.Deed deed) {
            ConsoleWindow.this.approve(site, script, deed);
        }

        @Override
        public void resume(UUID id, Occasion occasion) {
            ceremony(site, occasion, () -> home(site), (front, ended) -> site.resume(id, front, ended));
        }

        @Override
        public void show(OpenSite.RecordFile record) {
            RecordSheet.open(record.title(), record.path(), new RecordPages(site::pages, hands), sheets);
        }

        @Override
        public void writeScripts() {
            write(site, Optional.empty());
        }

        @Override
        public void help() {
            HelpSheet.open(look, sheets);
        }
    }

    private final class Writing implements AuthorView.Ways {
        private final OpenSite site;

        Writing(OpenSite site) {
            this.site = site;
        }

        @Override
        public void home() {
            ConsoleWindow.this.home(site);
        }

        @Override
        public void start(Occasion occasion, AuthorView.Left from) {
            ceremony(
                    site,
                    occasion,
                    () -> write(site, Optional.of(from)),
                    (front, ended) -> site.start(occasion.script(), front, ended));
        }

        @Override
        public void help(Sheets sheets) {
            HelpSheet.openOfScripts(look, sheets);
        }
    }
}
