package org.quorate.ui.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.script.Script;
import org.quorate.ui.model.CeremonyViewModel;
import org.quorate.ui.model.Hands;
import org.quorate.ui.model.Occasion;
import org.quorate.ui.records.RecordPages;

/// A ceremony on the bench: ledger, cards, engine and view model, with a clock that stands still.
public final class Bench implements AutoCloseable {
    public final DemoLedger ledger = new DemoLedger();
    public final DemoCards cards = new DemoCards();
    public final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T14:03:41Z"));
    public final CeremonyViewModel model;
    /// A page of a real record; its picture stands in the project's pages.
    public final RecordPages records;
    private final Executor window;
    public final ScriptedEngine engine;

    /// @param window runs what touches observable state
    public Bench(Site.Mode mode, Executor window) {
        this(mode, window, Demo.script());
    }

    public Bench(Site.Mode mode, Executor window, Script script) {
        this.window = window;
        Site site = Demo.site(mode);
        InstantSource clock = now::get;
        var hands = new Hands(window, Runnable::run, clock);
        var occasion = new Occasion(script, site, Demo.ROSTER, Optional.empty());
        model = new CeremonyViewModel(occasion, ledger, cards, hands);
        records = new RecordPages(pdf -> List.of(page()), hands);
        engine = new ScriptedEngine(ledger, model.front(), script, site);
    }

    private static byte[] page() {
        try {
            return Files.readAllBytes(Path.of("docs/pictures/record-page-1.png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks on a thread of its own, as the engine does.
    public <T> CompletableFuture<Answer<T>> ask(Question<T> question) {
        var answer = new CompletableFuture<Answer<T>>();
        Thread.ofVirtual().start(() -> answer.complete(model.front().ask(question)));
        return answer;
    }

    @Override
    public void close() {
        window.execute(model::close);
    }
}
