package org.quorate.ui.demo;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.quorate.base.Problem;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.FollowedPlan;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenRoom;
import org.quorate.ledger.Ledger;
import org.quorate.quorum.Roster;
import org.quorate.script.Script;
import org.quorate.ui.backstage.Backstage;
import org.quorate.ui.backstage.FailedLedger;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.backstage.ScriptLibrary;

/// The program behind the window, played: a ledger in memory and the scripted engine.
public final class DemoBackstage implements Backstage, OpenSite {
    public final DemoLedger ledger = new DemoLedger();
    public final DemoCards cards = new DemoCards();
    public final List<Held> held = new ArrayList<>();
    public final AtomicInteger left = new AtomicInteger();
    /// What the next opening finds in place of a ledger that is in order.
    public volatile Optional<FailedLedger> failing = Optional.empty();

    /// The plan that the site follows.
    public volatile Supplier<Optional<FollowedPlan>> plan = Optional::empty;

    /// Why no ceremony begins.
    public volatile Optional<Problem> objection = Optional.empty();

    public final DemoLibrary library = new DemoLibrary();
    private final Site.Mode mode;

    public DemoBackstage(Site.Mode mode) {
        this.mode = mode;
    }

    @Override
    public void open(Opening opening) {
        opening.checked(1200, 1200);
        failing.ifPresentOrElse(opening::failed, () -> opening.opened(this));
    }

    /// The token whose PIN a live site wants; the next wrong one is the last.
    public static TokenInfo consoleToken() {
        return new TokenInfo(
                0,
                "quorate-console",
                "Example",
                "Token 5",
                "00A1-77",
                "1.0",
                "2.1",
                Set.of("CKF_TOKEN_INITIALIZED", "CKF_USER_PIN_FINAL_TRY"),
                6,
                16,
                TokenRoom.UNKNOWN);
    }

    @Override
    public Executor background() {
        return task -> Thread.ofVirtual().start(task);
    }

    @Override
    public InstantSource clock() {
        return ledger::time;
    }

    @Override
    public void leave() {
        left.incrementAndGet();
    }

    @Override
    public Optional<Wanted> atOnce() {
        return Optional.empty();
    }

    @Override
    public Site site() {
        return Demo.site(mode);
    }

    @Override
    public Roster roster() {
        return Demo.ROSTER;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public CardReader cards() {
        return cards;
    }

    @Override
    public List<Script> scripts() {
        return List.of(Demo.script());
    }

    @Override
    public List<Held> ceremonies() {
        return List.copyOf(held);
    }

    @Override
    public Optional<FollowedPlan> plan() {
        return plan.get();
    }

    @Override
    public List<RecordFile> records() {
        return List.of(new RecordFile(
                "Root CA G3 key generation, 4 May 2021",
                Path.of("/var/lib/quorate/records/2021-05-04-root-ca-g3/record.pdf")));
    }

    @Override
    public void start(Script script, Front front, Consumer<Optional<Problem>> ended) {
        var engine = new ScriptedEngine(ledger, front, script, site());
        Thread.ofVirtual().start(() -> {
            engine.run();
            Ceremony ceremony = Ceremony.of(ledger.ofCeremony(engine.id()));
            held.addFirst(new Held(ceremony, script, ceremony.status() != Ceremony.Status.PAUSED));
            ended.accept(Optional.empty());
        });
    }

    @Override
    public void resume(UUID ceremony, Front front, Consumer<Optional<Problem>> ended) {
        ended.accept(Optional.of(ScriptedEngine.notice()));
    }

    @Override
    public Optional<Problem> objection(Script script) {
        return objection;
    }

    @Override
    public void approve(Script script, Deed deed, Front front, Consumer<Approved> ended) {
        Thread.ofVirtual().start(() -> {
            front.ask(new Question.Confirm("approval", script.title(), List.of(), "Yes, approve", Optional.empty()));
            ended.accept(new Approved("Approved.", Optional.empty()));
        });
    }

    @Override
    public ScriptLibrary library() {
        return library;
    }

    @Override
    public List<byte[]> pages(Path pdf) {
        return List.of();
    }
}
