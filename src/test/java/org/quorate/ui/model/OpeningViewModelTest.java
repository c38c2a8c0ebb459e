package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.quorate.base.Secret;
import org.quorate.ceremony.Site;
import org.quorate.ui.backstage.Backstage;
import org.quorate.ui.demo.DemoBackstage;
import org.quorate.ui.demo.DemoFailed;
import org.quorate.ui.demo.ScriptedEngine;
import org.quorate.ui.model.OpeningViewModel.State;

class OpeningViewModelTest {
    private final List<Backstage.Opening> openings = new ArrayList<>();
    private final List<Runnable> window = new ArrayList<>();
    private volatile Executor listening = window::add;
    private final OpeningViewModel model = new OpeningViewModel(new Held(), task -> listening.execute(task));

    @Test
    void progress_isTheShareOfEntriesChecked() {
        model.open();
        openings.getFirst().checked(250, 1000);
        drawAll();

        assertThat(model.stateProperty().get())
                .isEqualTo(new State.Checking(0.25, "250 of 1\u202f000 entries checked"));
    }

    @Test
    void progress_whileTheWindowIsBusy_isDrawnOnceWithTheNewestCount() {
        model.open();
        for (int i = 1; i <= 1000; i++) {
            openings.getFirst().checked(i, 1000);
        }

        assertThat(window).hasSize(1);
        drawAll();
        assertThat(model.stateProperty().get())
                .isInstanceOfSatisfying(
                        State.Checking.class,
                        checking -> assertThat(checking.progress()).isEqualTo(1));
    }

    @Test
    void progress_ofAnUnknownWhole_isIndeterminate() {
        model.open();
        openings.getFirst().checked(5, 0);
        drawAll();

        assertThat(model.stateProperty().get())
                .isInstanceOfSatisfying(
                        State.Checking.class,
                        checking -> assertThat(checking.progress()).isNegative());
    }

    @Test
    void cancel_isHeardByTheOneThatChecks_andNotByTheNextOne() {
        model.open();
        model.cancel();
        assertThat(openings.getFirst().cancelled()).isTrue();
        assertThat(model.stateProperty().get()).isEqualTo(new State.Cancelling());

        openings.getFirst().failed(ScriptedEngine.notice());
        drawAll();
        model.open();

        assertThat(openings.get(1).cancelled()).isFalse();
        assertThat(model.stateProperty().get()).isInstanceOf(State.Checking.class);
    }

    @Test
    void failure_carriesTheProblem() {
        model.open();
        openings.getFirst().failed(ScriptedEngine.notice());
        drawAll();

        assertThat(model.stateProperty().get()).isEqualTo(new State.Failed(ScriptedEngine.notice()));
    }

    @Test
    void aLedgerThatFails_isCarriedToBeLookedAt() {
        var ledger = DemoFailed.edited(20);
        model.open();
        openings.getFirst().failed(ledger);
        drawAll();

        assertThat(model.stateProperty().get()).isEqualTo(new State.Invalid(ledger));
    }

    @Test
    void pin_isAskedForWhileTheOpeningWaits_andGoesOnWithWhatIsTyped() throws Exception {
        model.open();
        CompletableFuture<Secret> waiting = asked();
        Secret typed = Secret.ofChars("123456".toCharArray());

        model.type(typed);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isSameAs(typed);
        assertThat(model.stateProperty().get()).isInstanceOf(State.Checking.class);
        Secret late = Secret.ofChars("123456".toCharArray());
        model.type(late);
        assertThatThrownBy(() -> late.use(bytes -> bytes.length)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void pin_whenPeopleGiveUp_endsTheOpening() throws Exception {
        model.open();
        CompletableFuture<Secret> waiting = asked();

        model.cancel();

        assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(CancellationException.class);
        assertThat(model.stateProperty().get()).isEqualTo(new State.Cancelling());
    }

    /// The opening, which waits on a thread of its own for the PIN.
    private CompletableFuture<Secret> asked() throws Exception {
        var laid = new CountDownLatch(1);
        var wanted = new Backstage.PinWanted(DemoBackstage.consoleToken(), Optional.empty());
        listening = runnable -> {
            window.add(runnable);
            laid.countDown();
        };
        CompletableFuture<Secret> waiting =
                CompletableFuture.supplyAsync(() -> openings.getFirst().pin(wanted));
        assertThat(laid.await(60, TimeUnit.SECONDS)).isTrue();
        drawAll();
        assertThat(model.stateProperty().get()).isEqualTo(new State.Pin(wanted));
        return waiting;
    }

    @Test
    void opened_carriesTheSite() {
        var site = new DemoBackstage(Site.Mode.LIVE);
        model.open();
        openings.getFirst().opened(site);
        drawAll();

        assertThat(model.stateProperty().get()).isEqualTo(new State.Open(site));
    }

    private void drawAll() {
        List.copyOf(window).forEach(Runnable::run);
        window.clear();
    }

    private final class Held implements Backstage {
        @Override
        public void open(Opening opening) {
            openings.add(opening);
        }

        @Override
        public Executor background() {
            return Runnable::run;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public void leave() {}
    }
}
