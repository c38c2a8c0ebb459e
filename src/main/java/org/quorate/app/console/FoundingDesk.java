package org.quorate.app.console;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.quorate.app.founding.LiveFounding;
import org.quorate.app.site.CardsOfMode;
import org.quorate.app.site.LiveCards;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Site;
import org.quorate.ledger.LedgerClock;
import org.quorate.ui.backstage.FoundingBackstage;

/// A founding behind its window.
public final class FoundingDesk implements FoundingBackstage {
    /// How long a closed window waits for a token to finish what it does.
    private static final int LEAVE_SECONDS = 30;

    private final SiteFolder folder;
    private final LedgerClock clock;
    private final LiveCards cards;
    private final CardReader reader;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @throws ProblemException where no site can be founded in the folder
    public FoundingDesk(SiteFolder folder, LedgerClock clock) {
        LiveFounding.requireFree(folder);
        this.folder = folder;
        this.clock = clock;
        this.cards = new LiveCards(folder);
        this.reader = new CardsOfMode(cards.reader(), Site.Mode.LIVE);
    }

    @Override
    public CardReader cards() {
        return reader;
    }

    @Override
    public Executor background() {
        return threads;
    }

    @Override
    public InstantSource clock() {
        return () -> clock.now().time();
    }

    @Override
    public void found(Front front, Consumer<Optional<Problem>> ended) {
        threads.execute(() -> {
            try {
                new LiveFounding(folder, clock, front, cards).found();
                ended.accept(Optional.empty());
            } catch (ProblemException e) {
                ended.accept(Optional.of(e.problem()));
            } catch (RuntimeException e) {
                ended.accept(Optional.of(Problem.of("app.unexpected").withTechnical(e)));
            }
        });
    }

    @Override
    public void leave() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cards.close();
    }
}
