package org.quorate.ui.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Finding;
import org.quorate.ledger.LedgerComparison;
import org.quorate.ledger.LedgerComparison.Rows;
import org.quorate.ledger.LedgerComparison.Source;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ui.backstage.FailedLedger;
import org.quorate.ui.text.EntryWords;

/// A ledger in memory that somebody changed, and its mirror. Verified as the real one is.
public final class DemoFailed implements FailedLedger {
    /// The entry that was edited.
    public static final int EDITED = 9;

    public static final Path FILE = Path.of("/var/lib/quorate/ledger.db");

    /// How many pages were read.
    public final AtomicInteger reads = new AtomicInteger();

    private final List<LedgerRow> rows;
    private final List<LedgerRow> mirror;
    private final Verification verification;

    public DemoFailed(List<LedgerRow> rows, List<LedgerRow> mirror) {
        this.rows = List.copyOf(rows);
        this.mirror = List.copyOf(mirror);
        this.verification = verify(rows);
    }

    /// Its entry was edited and the leaf left as it was; the mirror is as it should be.
    public static DemoFailed edited(int size) {
        List<LedgerRow> sound = sound(size);
        return new DemoFailed(edit(sound), sound);
    }

    public static List<LedgerRow> sound(int size) {
        var fixture = new LedgerFixture();
        var entries = new ArrayList<Entry>(fixture.founding().entries(fixture.clock, LedgerFixture.RUN));
        append(entries, fixture, LedgerFixture.ceremonyOpen());
        while (entries.size() < size) {
            append(entries, fixture, observation(entries.size()));
        }
        return entries.stream()
                .map(entry -> new LedgerRow(entry.seq(), entry.leaf().bytes(), entry.body()))
                .toList();
    }

    private static Draft observation(int number) {
        Draft draft = LedgerFixture.observation("fingerprint", "aa".repeat(32));
        return new Draft(
                draft.type(),
                draft.ceremony(),
                draft.step(),
                draft.data()
                        .with("item", org.quorate.base.Json.of("sensed"))
                        .with("label", org.quorate.base.Json.of("Fingerprint of the key pair, read " + number)),
                draft.artefacts());
    }

    private static void append(List<Entry> entries, LedgerFixture fixture, Draft draft) {
        Digest prev = entries.getLast().leaf();
        var place = new EntryCodec.Place(fixture.ledger, entries.size(), prev, LedgerFixture.RUN);
        entries.add(EntryCodec.encode(draft, place, fixture.clock.now()));
    }

    public static List<LedgerRow> edit(List<LedgerRow> sound) {
        var rows = new ArrayList<>(sound);
        LedgerRow row = rows.get(EDITED);
        String body = new String(row.body(), StandardCharsets.UTF_8).replace("\"value\":\"aaaa", "\"value\":\"abba");
        rows.set(EDITED, new LedgerRow(row.seq(), row.leaf(), body.getBytes(StandardCharsets.UTF_8)));
        return rows;
    }

    public static Verification verify(List<LedgerRow> rows) {
        var verifier = new LedgerVerifier(Expectations.NONE);
        var scanner = new LedgerVerifier.Scanner();
        for (LedgerRow row : rows) {
            verifier.row(scanner.scan(row.seq(), row.leaf(), row.body()));
        }
        return verifier.finish();
    }

    @Override
    public Path file() {
        return FILE;
    }

    @Override
    public Verification verification() {
        return verification;
    }

    @Override
    public int rows() {
        return rows.size();
    }

    @Override
    public Optional<Place> firstBad() {
        long bad = verification.firstError().map(Finding::seq).orElseThrow().orElse(Long.MAX_VALUE);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).seq() >= bad) {
                return Optional.of(new Place(i, line(rows.get(i))));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Line> page(int page) {
        reads.incrementAndGet();
        return rows.stream()
                .skip((long) page * PAGE)
                .limit(PAGE)
                .map(DemoFailed::line)
                .toList();
    }

    private static Line line(LedgerRow row) {
        String words = row.entry()
                .map(entry -> EntryWords.of(entry, name -> name, key -> Optional.of("Amara Okafor")))
                .orElse("not an entry");
        return new Line(row, row.entry(), words);
    }

    @Override
    public LedgerComparison compare(Path file, VerifyProgress progress) {
        if (!file.toString().endsWith(".db")) {
            throw Problem.of("ledger.missing", file).asException();
        }
        progress.at(0, mirror.size());
        progress.at(mirror.size(), mirror.size());
        return LedgerComparison.of(new Source(verification, rows(rows)), new Source(verify(mirror), rows(mirror)));
    }

    private static Rows rows(List<LedgerRow> all) {
        return from -> all.stream().filter(row -> row.seq() >= from).limit(5).toList();
    }
}
