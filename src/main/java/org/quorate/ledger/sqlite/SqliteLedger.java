package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.Growth;
import org.quorate.ledger.Head;
import org.quorate.ledger.Ledger;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.LedgerKeys;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Tree;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// The ledger of this workstation, open for appending.
///
/// A failed commit is neither kept nor not kept: it is not known. So nothing is ever tried again on the same
/// connection; the ledger closes, and opening it again tells.
public final class SqliteLedger implements Ledger {
    private static final long MIB = 1 << 20;
    /// What must be free before an act is announced, so that its outcome can be recorded.
    private static final long FREE_WANTED = 64 * MIB;

    private final OpenFile file;
    private final LedgerClock clock;
    private final UUID run;
    private final Verification verification;
    private final Growth growth;
    private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();
    private boolean closed;

    private SqliteLedger(
            OpenFile file, LedgerClock clock, UUID run, LedgerVerifier verifier, Verification verification) {
        this.file = file;
        this.clock = clock;
        this.run = run;
        this.verification = verification;
        this.growth = verifier.growth(verification);
    }

    /// Founds a new ledger and opens it. The file appears complete or not at all.
    public static SqliteLedger create(Path path, LedgerClock clock, UUID run, Founding founding) {
        if (Files.exists(path)) {
            throw Problem.of("ledger.exists", path).asException();
        }
        List<Entry> entries = founding.entries(clock, run);
        write(path, entries, holder(clock));
        return open(path, clock, run, Expectations.NONE, VerifyProgress.NONE);
    }

    private static void write(Path path, List<Entry> entries, String holder) {
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        LedgerLock lock = OpenFile.lock(path, holder);
        try {
            Files.deleteIfExists(unfinished);
            try (LedgerDatabase database = LedgerDatabase.openExclusive(unfinished)) {
                database.found(entries);
            }
            Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + "-journal"));
            if (Files.exists(path)) {
                throw Problem.of("ledger.exists", path).asException();
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            FileGuard.syncDirectory(OpenFile.directoryOf(path));
        } catch (SQLException e) {
            throw SqlProblems.opening(e);
        } catch (IOException e) {
            throw SqlProblems.opening(e);
        } finally {
            lock.close();
        }
    }

    /// Opens a ledger, which verifies it whole.
    ///
    /// @throws ProblemException naming the first bad entry, or who holds the ledger, or what is wrong with the file
    public static SqliteLedger open(
            Path path, LedgerClock clock, UUID run, Expectations expectations, VerifyProgress progress) {
        return open(path, clock, run, expectations, Runnable::run, progress);
    }

    /// @param judging where rows are judged while further ones are read: one more thread nearly halves the time
    public static SqliteLedger open(
            Path path,
            LedgerClock clock,
            UUID run,
            Expectations expectations,
            Executor judging,
            VerifyProgress progress) {
        OpenFile file = OpenFile.open(path, holder(clock));
        try {
            var verifier = new LedgerVerifier(expectations);
            Verification verification = file.verify(verifier, judging, progress);
            verification.firstError().ifPresent(error -> {
                throw SqlProblems.notSound(path, error).asException();
            });
            return new SqliteLedger(file, clock, run, verifier, verification);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static String holder(LedgerClock clock) {
        return Texts.get(
                "ledger.holder",
                ProcessHandle.current().pid(),
                UtcTime.forPeople(clock.now().time()));
    }

    @Override
    public synchronized UUID id() {
        return growth.id();
    }

    /// What opening it showed: warnings, and intents whose outcome is not known.
    public Verification verification() {
        return verification;
    }

    @Override
    public synchronized Head head() {
        return growth.head();
    }

    @Override
    public synchronized LedgerKeys keys() {
        return growth.keys();
    }

    @Override
    public synchronized Genesis genesis() {
        return growth.genesis();
    }

    /// Intents without a certain outcome, as of now.
    public synchronized List<Long> openIntents() {
        return growth.openIntents();
    }

    @Override
    public synchronized Entry append(Draft draft) {
        if (draft.type() == EntryType.KEY_ADD) {
            throw Problem.of("ledger.key_alone").asException();
        }
        requireOpen();
        Growth.Next next = growth.next(draft, run, clock.now());
        commit(draft, next, List.of());
        growth.accept(next);
        tell(next.entry());
        return next.entry();
    }

    @Override
    public Entry append(Draft draft, Function<Entry, Draft> seal) {
        Growth.Next next = propose(draft);
        Draft answer = seal.apply(next.entry());
        return append(draft, next, answer);
    }

    private synchronized Growth.Next propose(Draft draft) {
        requireOpen();
        if (draft.type() != EntryType.KEY_ADD) {
            throw new IllegalArgumentException("only an added key is sealed, not " + draft.type());
        }
        return growth.next(draft, run, clock.now());
    }

    private synchronized Entry append(Draft draft, Growth.Next next, Draft answer) {
        requireOpen();
        if (next.entry().seq() != growth.head().size()) {
            throw Problem.of("ledger.moved_on").asException();
        }
        Entry seal = growth.sealOf(next, answer, clock.now());
        commit(draft, next, List.of(seal));
        growth.accept(next);
        growth.acceptSeal(seal);
        tell(next.entry());
        tell(seal);
        return next.entry();
    }

    private void commit(Draft draft, Growth.Next next, List<Entry> after) {
        List<byte[]> artefacts = newArtefacts(draft, next.named());
        if (draft.type() == EntryType.INTENT) {
            requireSpace();
        }
        var entries = new ArrayList<Entry>(List.of(next.entry()));
        entries.addAll(after);
        try {
            file.commit(growth.head(), artefacts, entries);
        } catch (ProblemException e) {
            close();
            throw e;
        }
    }

    /// Those that the draft gives and the file does not hold yet.
    private List<byte[]> newArtefacts(Draft draft, List<Digest> named) {
        var given = new ArrayList<Digest>();
        var fresh = new ArrayList<byte[]>();
        for (byte[] artefact : draft.artefacts()) {
            Digest hash = Digest.of(artefact);
            if (!named.contains(hash)) {
                throw Problem.of("ledger.artefact_not_named", hash).asException();
            }
            if (!given.contains(hash) && !growth.names(hash)) {
                fresh.add(artefact);
            }
            given.add(hash);
        }
        for (Digest name : named) {
            if (!given.contains(name) && !growth.names(name)) {
                throw Problem.of("ledger.artefact_not_given", name).asException();
            }
        }
        return fresh;
    }

    /// Asked before a ceremony begins, and by itself before every intent.
    ///
    /// @throws ProblemException when there might not be room for what must be recorded
    public void requireSpace() {
        long free = file.freeBytes();
        if (free < FREE_WANTED) {
            throw Problem.of("ledger.space", free / MIB, FREE_WANTED / MIB).asException();
        }
    }

    private void tell(Entry entry) {
        for (Consumer<Entry> listener : listeners) {
            try {
                listener.accept(entry);
            } catch (RuntimeException e) {
                // The entry stands, whatever a listener makes of it.
                System.getLogger(SqliteLedger.class.getName())
                        .log(System.Logger.Level.WARNING, "a listener failed on entry " + entry.seq(), e);
            }
        }
    }

    @Override
    public Entry entry(long seq) {
        return range(seq, seq + 1).getFirst();
    }

    @Override
    public synchronized List<Entry> range(long from, long to) {
        requireOpen();
        if (from < 0 || to < from || to > growth.head().size()) {
            throw new IndexOutOfBoundsException(
                    "entries " + from + " to " + to + " of " + growth.head().size());
        }
        List<byte[]> bodies = file.bodies(from, to);
        if (bodies.size() != to - from) {
            throw changed();
        }
        var entries = new ArrayList<Entry>(bodies.size());
        for (byte[] body : bodies) {
            if (!growth.stands(from + entries.size(), body)) {
                throw changed();
            }
            entries.add(EntryCodec.decode(body));
        }
        return entries;
    }

    private ProblemException changed() {
        close();
        return Problem.of("ledger.changed", file.path()).asException();
    }

    @Override
    public synchronized List<Entry> ofCeremony(UUID ceremony) {
        return growth.ofCeremony(ceremony).mapToObj(this::entry).toList();
    }

    @Override
    public synchronized Optional<byte[]> artefact(Digest hash) {
        requireOpen();
        return file.artefact(hash);
    }

    @Override
    public synchronized Tree tree(long size) {
        return growth.tree(size);
    }

    @Override
    public Subscription onAppend(Consumer<Entry> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Writes a copy that stands by itself, to another disk or a stick, and verifies it there. It appears complete or
    /// not at all.
    ///
    /// @return what verifying the copy showed
    public Verification copyTo(Path target) {
        if (Files.exists(target)) {
            throw Problem.of("ledger.exists", target).asException();
        }
        return mirrorTo(target);
    }

    /// Where it lies.
    public Path path() {
        return file.path();
    }

    /// A copy in place of whatever is there.
    public Verification mirrorTo(Path target) {
        return WholeCopy.write(target, this::copyInto);
    }

    private synchronized void copyInto(Path unfinished) {
        requireOpen();
        file.copyInto(unfinished);
    }

    private void requireOpen() {
        if (closed) {
            throw Problem.of("ledger.closed", file.path()).asException();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }
}
