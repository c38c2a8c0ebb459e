package org.quorate.ui.demo;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Head;
import org.quorate.ledger.Ledger;
import org.quorate.ledger.LedgerKeys;
import org.quorate.ledger.Tree;

/// A ledger in memory, with a clock that a test moves.
public final class DemoLedger implements Ledger {
    private static final UUID ID = UUID.fromString("6f1c2a34-0000-4000-8000-00000000beef");

    private final List<Entry> entries = new ArrayList<>();
    private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();
    private Instant time = Instant.parse("2026-11-22T14:00:00Z");

    public DemoLedger() {
        append(Draft.ofLedger(
                EntryType.GENESIS, Json.obj().put("mode", "rehearsal").build()));
        append(Draft.ofLedger(
                EntryType.RUN_START, Json.obj().put("program", "quorate").build()));
    }

    @Override
    public UUID id() {
        return ID;
    }

    /// Nobody's: what stands in it was signed by no card.
    @Override
    public LedgerKeys keys() {
        return LedgerKeys.none();
    }

    @Override
    public synchronized Head head() {
        var all = new ByteArrayOutputStream();
        entries.forEach(entry -> all.writeBytes(entry.leaf().bytes()));
        return new Head(entries.size(), entries.getLast().leaf(), Digest.of(all.toByteArray()));
    }

    @Override
    public Entry append(Draft draft) {
        Entry entry;
        synchronized (this) {
            time = time.plusMillis(8_417);
            byte[] body = (entries.size() + draft.data().text()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            Digest prev = entries.isEmpty() ? Digest.ZERO : entries.getLast().leaf();
            entry = new Entry(
                    ID,
                    entries.size(),
                    prev,
                    time,
                    ID,
                    entries.size(),
                    ID,
                    draft.type(),
                    draft.ceremony(),
                    draft.step(),
                    draft.data(),
                    Digest.of(body),
                    body);
            entries.add(entry);
        }
        listeners.forEach(listener -> listener.accept(entry));
        return entry;
    }

    public synchronized Instant time() {
        return time;
    }

    @Override
    public synchronized Entry entry(long seq) {
        return entries.get(Math.toIntExact(seq));
    }

    @Override
    public synchronized List<Entry> range(long from, long to) {
        return List.copyOf(entries.subList(Math.toIntExact(from), Math.toIntExact(to)));
    }

    @Override
    public synchronized List<Entry> ofCeremony(UUID ceremony) {
        return entries.stream()
                .filter(entry -> entry.ceremony().equals(Optional.of(ceremony)))
                .toList();
    }

    @Override
    public Optional<byte[]> artefact(Digest hash) {
        return Optional.empty();
    }

    @Override
    public Tree tree(long size) {
        throw new UnsupportedOperationException("the window asks for no tree");
    }

    @Override
    public Subscription onAppend(Consumer<Entry> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
