package org.quorate.ui.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.FollowedPlan;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.quorum.Tally;
import org.quorate.script.Script;
import org.quorate.script.yaml.PlanReader;
import org.quorate.ui.author.AuthorView;
import org.quorate.ui.backstage.Backstage;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.backstage.ScriptLibrary;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.failed.FailedLedgerView;
import org.quorate.ui.home.HomeView;
import org.quorate.ui.model.ApprovingViewModel;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.Caret;
import org.quorate.ui.model.Desk;
import org.quorate.ui.model.FailedLedgerViewModel;
import org.quorate.ui.model.FoundingViewModel;
import org.quorate.ui.model.Hands;
import org.quorate.ui.model.HomeViewModel;
import org.quorate.ui.model.Occasion;
import org.quorate.ui.model.OpeningViewModel;
import org.quorate.ui.shell.ApprovingView;
import org.quorate.ui.shell.CeremonyView;
import org.quorate.ui.shell.FoundingView;
import org.quorate.ui.shell.OpeningView;
import org.quorate.ui.theme.Look;

/// The pages outside a ceremony by name.
public final class Pages {
    private Pages() {}

    public static Map<String, Function<Look, Parent>> all() {
        var pages = new LinkedHashMap<String, Function<Look, Parent>>();
        pages.put("opening", look -> opening(opening -> opening.checked(412_300, 1_000_000)));
        pages.put(
                "held",
                look -> opening(opening -> opening.failed(new Problem(
                        "ledger.held",
                        "The ledger is held by another console.",
                        "Quorate already runs on this workstation, as process 4711 since 13:58:02Z.",
                        "Go to that window, or end it first.",
                        Optional.of("/var/lib/quorate/ledger.sqlite: SQLITE_BUSY")))));
        pages.put("pin", look -> pin());
        pages.put("founding-compare", look -> founding(certificate()));
        pages.put("founding-choose", look -> founding(ScriptedEngine.choice()));
        pages.put(
                "founding-sign",
                look -> founding(
                        ScriptedEngine.cards(ScriptedEngine.statement(), Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER))));
        pages.put("founding-pick", look -> founding(ScriptedEngine.newCard()));
        pages.put("founding-broken", look -> {
            var model = foundingModel();
            var view = new FoundingView(model, hands(), () -> {});
            model.end(Optional.of(Problem.of("app.founding.stopped", "It is late.")));
            return view;
        });
        pages.put("approving-difference", look -> approving(whatIsNew()));
        pages.put("approving-done", look -> {
            var model = approvingModel();
            var view = new ApprovingView(model, hands(), () -> {});
            model.end(new OpenSite.Approved(
                    "Approved by Amara Okafor, 2026-11-22 14:00:00Z; Bo Lindqvist, 2026-11-22 14:03:00Z.",
                    Optional.empty()));
            return view;
        });
        pages.put("failed", look -> failed(20, model -> {}));
        pages.put("failed-entries", look -> failed(5000, FailedLedgerViewModel::look));
        pages.put(
                "failed-entry",
                look -> failed(20, model -> {
                    model.look();
                    model.entries().get(0); // there from now on
                    model.show(DemoFailed.EDITED);
                }));
        pages.put("failed-mirror", look -> failed(20, FailedLedgerViewModel::chooseMirror));
        pages.put("failed-no-mirror", look -> failed(20, model -> model.compare("/mnt/stick")));
        pages.put("failed-compared", look -> failed(20, model -> model.compare("/mnt/stick/quorate/ledger.db")));
        pages.put("failed-comparing", look -> comparing());
        pages.put("break-glass", Pages::brokenGlass);
        pages.put("home", look -> home(Site.Mode.REHEARSAL, false));
        pages.put("home-live", look -> home(Site.Mode.LIVE, true));
        pages.put("author-none", look -> author((model, view) -> {}));
        pages.put(
                "author",
                look -> author((model, view) -> {
                    model.open(DemoLibrary.OWN);
                    press(view, KeyCode.F8);
                }));
        pages.put(
                "author-findings",
                look -> author((model, view) -> {
                    wrong(model);
                    press(view, KeyCode.F8);
                }));
        pages.put(
                "author-mend",
                look -> author((model, view) -> {
                    model.open(DemoLibrary.OWN);
                    String text = model.openProperty().get().orElseThrow().text();
                    model.type(text.replace("max_offset_seconds: 30", "max_offset: 30")
                            .replace("kind: confirm", "kind: confrm"));
                    model.check();
                    press(view, KeyCode.F8);
                }));
        pages.put(
                "author-confirm",
                look -> author((model, view) -> {
                    model.open(DemoLibrary.OWN);
                    model.outlineProperty()
                            .get()
                            .steps()
                            .filter(step -> step.id().equals("first-step"))
                            .forEach(step -> model.caret(new Caret(step.line(), 1)));
                }));
        pages.put("author-part", look -> author((model, view) -> model.open(DemoLibrary.PART)));
        pages.put(
                "author-problem",
                look -> author(new DemoBackstage(Site.Mode.LIVE), (model, view) -> {
                    model.open(DemoLibrary.ROOT);
                    press(view, KeyCode.F5);
                }));
        pages.put(
                "author-paper",
                look -> author((model, view) -> {
                    model.open(DemoLibrary.OWN);
                    press(view, KeyCode.F7);
                }));
        pages.put(
                "author-insert",
                look -> author((model, view) -> {
                    model.open(DemoLibrary.OWN);
                    press(view, KeyCode.I);
                }));
        pages.put("author-new", look -> author((model, view) -> press(view, KeyCode.N)));
        pages.put(
                "author-unsaved",
                look -> author((model, view) -> {
                    wrong(model);
                    model.leave(() -> {});
                }));
        pages.put("author-draft", look -> {
            var site = new DemoBackstage(Site.Mode.REHEARSAL);
            String text = site.library.text(DemoLibrary.OWN).replace("minutes: 3", "minutes: 8");
            site.library.drafts.put(DemoLibrary.OWN, new ScriptLibrary.Draft(text, Digest.ZERO));
            return author(site, (model, view) -> model.open(DemoLibrary.OWN));
        });
        return pages;
    }

    /// A key that is not known, and marks that hide.
    private static void wrong(AuthoringViewModel model) {
        model.open(DemoLibrary.OWN);
        String text = model.openProperty().get().orElseThrow().text();
        model.type(text.replace("max_offset_seconds: 30", "max_offset: 30"));
        model.check();
        model.type(text.replace("max_offset_seconds: 30", "max_offset: 30 # \u202e\tthirty"));
        model.check();
    }

    private static Parent author(BiConsumer<AuthoringViewModel, AuthorView> then) {
        return author(new DemoBackstage(Site.Mode.REHEARSAL), then);
    }

    /// What people do is done once the page is in the window: a sheet that is opened before is not seen.
    private static Parent author(DemoBackstage site, BiConsumer<AuthoringViewModel, AuthorView> then) {
        var model = new AuthoringViewModel(site, new Hands(Runnable::run, Runnable::run, site.clock()));
        var view = new AuthorView(model, new Elsewhere());
        model.refresh();
        Platform.runLater(() -> then.accept(model, view));
        return view;
    }

    private static void press(AuthorView view, KeyCode key) {
        view.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, !key.isFunctionKey(), false, false));
    }

    private static final class Elsewhere implements AuthorView.Ways {
        @Override
        public void home() {}

        @Override
        public void start(Occasion occasion, AuthorView.Left from) {}

        @Override
        public void help(Sheets sheets) {}
    }

    public interface Opens extends java.util.function.Consumer<org.quorate.ui.backstage.Backstage.Opening> {}

    private static Parent opening(Opens opens) {
        var backstage = new DemoBackstage(Site.Mode.REHEARSAL);
        var model = new OpeningViewModel(new Playing(backstage, opens), Runnable::run);
        var view = new OpeningView(model, () -> {});
        model.open();
        return view;
    }

    /// As a founder sees the certificate on a card.
    private static Question.Compare certificate() {
        return new Question.Compare(
                "certificate",
                Exhibit.of(
                        Texts.get(
                                "app.founding.certificate",
                                "CN=Amara Okafor,O=Example Trust Services,C=SE",
                                "CN=Staff CA 3,O=Example Trust Services,C=SE",
                                "4d2f81aa06",
                                "2029-03-01 00:00:00Z",
                                "0417"),
                        Digest.of(new byte[] {1})),
                Texts.get("app.founding.certificate.against"),
                List.of(),
                Texts.get("app.founding.same"));
    }

    private static Hands hands() {
        return new Hands(Runnable::run, Runnable::run, InstantSource.system());
    }

    private static ApprovingViewModel approvingModel() {
        return new ApprovingViewModel(new DemoBackstage(Site.Mode.LIVE), Demo.script(), hands());
    }

    private static Parent approving(Question<?> question) {
        var model = approvingModel();
        return asked(model.desk(), new ApprovingView(model, hands(), () -> {}), question);
    }

    /// Of a new version of a script.
    private static Question.Confirm whatIsNew() {
        return new Question.Confirm(
                "difference",
                Texts.get("approval.difference", "1.2", """
                        Version 1.2 against version 1.3. Differences: 3, of them sensitive: 2. Steps that differ: 1.
                        Sensitive: The quorum officers: m was "3", is "2"
                        Sensitive: Step 2.4, Forbid extraction of the root key: removed
                        Step 1.3, Check the workstation: minutes was "3", is "5\""""),
                List.of(),
                Texts.get("approval.difference.button"),
                Optional.empty());
    }

    /// The strip that has most to say.
    private static Parent brokenGlass(Look look) {
        Script script = Demo.shipped("break-glass");
        var bench = new Bench(Site.Mode.REHEARSAL, Runnable::run, script);
        var view = new CeremonyView(bench.model, look, bench.records);
        bench.engine.open();
        bench.engine.begin(script.steps().findFirst().orElseThrow().id());
        return asked(bench.model.desk(), view, ScriptedEngine.seal());
    }

    private static FoundingViewModel foundingModel() {
        return new FoundingViewModel(new DemoCards(), hands());
    }

    private static Parent founding(Question<?> question) {
        var model = foundingModel();
        return asked(model.desk(), new FoundingView(model, hands(), () -> {}), question);
    }

    private static Parent asked(Desk desk, Parent view, Question<?> question) {
        var shown = new CountDownLatch(1);
        desk.questionProperty().subscribe(asked -> {
            if (asked.isPresent()) {
                shown.countDown();
            }
        });
        Thread.ofVirtual().start(() -> desk.ask(question));
        await(shown);
        return view;
    }

    private static void await(CountDownLatch shown) {
        try {
            if (!shown.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the page does not come");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The opening waits on a thread of its own, which ends when somebody gives up.
    private static Parent pin() {
        var backstage = new DemoBackstage(Site.Mode.LIVE);
        var wanted = new Backstage.PinWanted(
                DemoBackstage.consoleToken(),
                Optional.of(Problem.of("hsm.pin_incorrect", "C_Login", "CKR_PIN_INCORRECT")));
        var shown = new CountDownLatch(1);
        var model = new OpeningViewModel(
                new Playing(backstage, opening -> Thread.ofVirtual().start(() -> opening.pin(wanted))), Runnable::run);
        var view = new OpeningView(model, () -> {});
        model.stateProperty().subscribe(state -> {
            if (state instanceof OpeningViewModel.State.Pin) {
                shown.countDown();
            }
        });
        model.open();
        await(shown);
        return view;
    }

    private static Parent failed(int size, Consumer<FailedLedgerViewModel> then) {
        var hands = new Hands(Runnable::run, Runnable::run, InstantSource.system());
        var model = new FailedLedgerViewModel(DemoFailed.edited(size), hands);
        var view = new FailedLedgerView(model, () -> {}, () -> {});
        then.accept(model);
        return view;
    }

    private static Parent comparing() {
        var hands = new Hands(Runnable::run, task -> {}, InstantSource.system());
        var model = new FailedLedgerViewModel(DemoFailed.edited(20), hands);
        model.compare("/mnt/stick/quorate/ledger.db");
        return new FailedLedgerView(model, () -> {}, () -> {});
    }

    /// A site that began with the shipped plan ten days ago, and is late with its first week.
    private static FollowedPlan following(DemoBackstage backstage) {
        byte[] text;
        try {
            text = Files.readAllBytes(Path.of("ceremony-scripts/plans/hsm-foundation-sprint.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FollowedPlan(
                PlanReader.read("plan", text).plan().orElseThrow(),
                Optional.of(backstage.clock().instant().minus(Duration.ofDays(10))));
    }

    private static Parent home(Site.Mode mode, boolean paused) {
        var backstage = new DemoBackstage(mode);
        backstage.plan = () -> Optional.of(following(backstage));
        if (paused) {
            var bench = new Bench(mode, Runnable::run);
            Screens.all().getFirst().before().accept(bench);
            backstage.held.add(
                    new OpenSite.Held(Ceremony.of(bench.ledger.ofCeremony(bench.engine.id())), Demo.script(), false));
            bench.close();
        }
        var model = new HomeViewModel(backstage, new Hands(Runnable::run, Runnable::run, backstage.clock()));
        var view = new HomeView(model, new Nowhere());
        model.refresh();
        return view;
    }

    private record Playing(DemoBackstage behind, Opens opens) implements org.quorate.ui.backstage.Backstage {
        @Override
        public void open(Opening opening) {
            opens.accept(opening);
        }

        @Override
        public java.util.concurrent.Executor background() {
            return behind.background();
        }

        @Override
        public java.time.InstantSource clock() {
            return behind.clock();
        }

        @Override
        public void leave() {
            behind.leave();
        }
    }

    private static final class Nowhere implements HomeView.Ways {
        @Override
        public void approve(Script script, OpenSite.Deed deed) {}

        @Override
        public void start(Occasion occasion) {}

        @Override
        public void resume(UUID ceremony, Occasion occasion) {}

        @Override
        public void show(OpenSite.RecordFile record) {}

        @Override
        public void writeScripts() {}

        @Override
        public void help() {}
    }
}
