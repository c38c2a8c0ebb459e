package org.quorate.app.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.quorate.app.bench.Bench;
import org.quorate.app.practice.PracticeAuthority;
import org.quorate.app.site.Trees;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.SignAnswer;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.PracticeTray;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.CosignAlgorithm;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.sqlite.SqliteLedger;

/// How long an officer's card takes from being there to its signature in the ledger: a practice card, which this
/// program reads itself, and the same card as a PIV card in a virtual reader, behind a real card reader service. Both
/// take turns, so that whatever else the machine does falls on both alike.
public final class CardBench implements Bench {
    /// A card in a reader may take so much of a practice card's time.
    private static final int LIMIT_PERCENT = 250;

    private static final long MILLI = 1_000_000;

    private final Optional<Path> socket;
    private final LedgerClock clock;

    /// @param socket the value of `PCSCLITE_CSOCK_NAME`
    public CardBench(Optional<Path> socket, LedgerClock clock) {
        this.socket = socket;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "cards";
    }

    @Override
    public Result measure(int runs, Consumer<String> progress) {
        Path place = socket.orElseThrow(() -> Problem.of("app.reader.no_socket").asException());
        try {
            Path folder = Files.createTempDirectory("quorate-bench");
            try (var readers = VirtualReaders.start(place, 1)) {
                var holder = new PracticeTray.Holder("p1", "Holder", "Bench");
                PracticeCard card = PracticeTray.create(
                        folder, holder, PracticeAuthority.issuer(clock.now().time()));
                try (SqliteLedger ledger = found(folder.resolve("ledger.db"), card)) {
                    return measure(runs, progress, new Place(card, readers, ledger));
                }
            } finally {
                Trees.delete(folder);
            }
        } catch (IOException e) {
            throw Problem.of("app.reader.not_started", place).causedBy(e);
        }
    }

    private record Place(PracticeCard card, VirtualReaders readers, SqliteLedger ledger) {

        /// Until the ledger says that it is recorded.
        void signAndRecord(Card with) {
            ledger.append(signed(ledger.entry(0), Cosign.Meaning.WITNESS, with, card));
        }
    }

    /// @param file the practice card that `with` is, whose PIN is known
    private static Draft signed(Entry target, Cosign.Meaning meaning, Card with, PracticeCard file) {
        String digits = file.pinHelp().practicePin().orElseThrow();
        try (Secret pin = Secret.ofChars(digits.toCharArray())) {
            return switch (with.sign(pin, Cosign.signedBytes(target, meaning))) {
                case SignAnswer.Signed(var algorithm, var signature) ->
                    Cosign.draft(
                            target,
                            meaning,
                            with.keyId(),
                            CosignAlgorithm.ofWire(algorithm).orElseThrow(),
                            signature);
                default ->
                    throw Problem.of("ceremony.card.failed", with.serial()).asException();
            };
        }
    }

    private SqliteLedger found(Path file, PracticeCard card) {
        var console = LedgerKey.ofConsole(consoleKey(file));
        var person = LedgerKey.ofPerson(
                "p1", List.of("officer"), card.certificate().getPublicKey().getEncoded(), Optional.empty());
        var genesis = new Genesis(
                UUID.randomUUID(), Genesis.Mode.REHEARSAL, 1, 1, List.of(console, person), Optional.empty());
        return SqliteLedger.create(
                file,
                clock,
                UUID.randomUUID(),
                new Founding(genesis, first -> List.of(signed(first, Cosign.Meaning.APPROVE, card, card))));
    }

    private byte[] consoleKey(Path file) {
        var holder = new PracticeTray.Holder("console", "Console", "Bench");
        return PracticeTray.create(
                        file.resolveSibling("console"),
                        holder,
                        PracticeAuthority.issuer(clock.now().time()))
                .certificate()
                .getPublicKey()
                .getEncoded();
    }

    private static Result measure(int runs, Consumer<String> progress, Place place) {
        var practice = new ArrayList<Long>();
        var reader = new ArrayList<Long>();
        var seen = new ArrayList<Long>();
        // The first pair warms the machine up and is not counted.
        for (int run = 0; run <= runs; run++) {
            long start = System.nanoTime();
            place.signAndRecord(place.card());
            long practiceMillis = millisSince(start);
            place.readers().reader(0).insert(Chip.of(place.card()));
            long in = System.nanoTime();
            place.readers().await(() -> !place.readers().pcsc().present().isEmpty());
            long seenMillis = millisSince(in);
            long there = System.nanoTime();
            place.signAndRecord(place.readers().pcsc().present().getFirst());
            long readerMillis = millisSince(there);
            place.readers().reader(0).remove();
            place.readers().await(() -> place.readers().pcsc().present().isEmpty());
            if (run > 0) {
                practice.add(practiceMillis);
                reader.add(readerMillis);
                seen.add(seenMillis);
                progress.accept(Texts.get("app.bench.cards.run", run, runs, practiceMillis, readerMillis, seenMillis));
            }
        }
        return result(practice, reader, seen);
    }

    private static long millisSince(long start) {
        return Math.max(1, (System.nanoTime() - start) / MILLI);
    }

    static Result result(List<Long> practice, List<Long> reader, List<Long> seen) {
        long percent = Math.ceilDiv(median(reader) * 100, median(practice));
        boolean kept = percent <= LIMIT_PERCENT;
        Json.Obj figures = Json.obj()
                .put("practice_ms", Json.integers(practice))
                .put("reader_ms", Json.integers(reader))
                .put("seen_ms", Json.integers(seen))
                .put("practice_median_ms", median(practice))
                .put("reader_median_ms", median(reader))
                .put("seen_median_ms", median(seen))
                .put("ratio_percent", percent)
                .put("limit_percent", LIMIT_PERCENT)
                .build();
        String verdict = Texts.get(kept ? "app.bench.kept" : "app.bench.not_kept");
        return new Result(
                figures,
                List.of(
                        Texts.get("app.bench.cards.practice", median(practice)),
                        Texts.get("app.bench.cards.reader", median(reader)),
                        Texts.get("app.bench.cards.seen", median(seen)),
                        Texts.get("app.bench.cards.ratio", percent, LIMIT_PERCENT, verdict)),
                kept);
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
