package org.quorate.ledger.sqlite.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.quorate.base.Digest;
import org.quorate.base.ProblemException;
import org.quorate.ledger.Entry;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.ledger.sqlite.crash.Event.Said;

/// Cuts the power after each event of a recording, and has the console open whatever that could leave.
final class Explorer {
    private static final String LEDGER = "ledger.db";
    private static final Set<String> NO_LEDGER_YET = Set.of("ledger.missing");

    private final Recording recording;
    private final Detail detail;
    private final Map<Digest, Opened> known = new ConcurrentHashMap<>();

    private Explorer(Recording recording, Detail detail) {
        this.recording = recording;
        this.detail = detail;
    }

    /// What opening a disk showed: its entries, or the problem.
    private record Opened(List<Digest> leaves, String problem) {}

    /// What had been promised when the power went.
    private record Promise(Map<Long, Digest> kept, long tried) {}

    /// @param cuts between how many events the power was cut
    /// @param states digests of the different disks that were opened
    /// @param losses what was not as promised, each with its cut
    record Report(int cuts, Set<Digest> states, List<String> losses) {
        static Report nothing() {
            return new Report(0, Set.of(), List.of());
        }

        Report and(Report other) {
            var allStates = new HashSet<>(states);
            allStates.addAll(other.states);
            var allLosses = new ArrayList<>(losses);
            allLosses.addAll(other.losses);
            return new Report(cuts + other.cuts, allStates, allLosses);
        }

        @Override
        public String toString() {
            return cuts + " cuts, " + states.size() + " different disks, " + losses.size() + " losses";
        }
    }

    /// @param from the first cut
    static Report explore(Recording recording, int from, Detail detail, int threads) throws Exception {
        var explorer = new Explorer(recording, detail);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<List<String>>> parts = IntStream.range(0, threads)
                    .mapToObj(part -> (Callable<List<String>>) () -> explorer.part(from, part, threads))
                    .toList();
            var losses = new ArrayList<String>();
            for (var part : pool.invokeAll(parts)) {
                losses.addAll(part.get());
            }
            return new Report(recording.events().size() + 1 - from, Set.copyOf(explorer.known.keySet()), losses);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private List<String> part(int from, int part, int of) throws IOException {
        var losses = new ArrayList<String>();
        var disk = new Disk();
        try (var console = new Console()) {
            for (int cut = 0; cut <= recording.events().size(); cut++) {
                if (cut > 0) {
                    disk.on(recording.events().get(cut - 1));
                }
                if (cut >= from && cut % of == part) {
                    Promise promise = promise(cut);
                    String at = "cut " + cut + ": ";
                    disk.leftovers(detail, new Random(cut), image -> {
                        Opened opened = known.computeIfAbsent(hash(image), fresh -> console.open(image));
                        String wrong = judge(opened, promise);
                        if (!wrong.isEmpty()) {
                            losses.add(at + wrong);
                        }
                    });
                }
            }
        }
        return losses;
    }

    private Promise promise(int cut) {
        var kept = new HashMap<Long, Digest>();
        long tried = 0;
        for (Event event : recording.events().subList(0, cut)) {
            if (event instanceof Said(var text)) {
                String[] words = text.split(" ", -1);
                switch (words[0]) {
                    case "kept" ->
                        kept.put(
                                Long.parseLong(words[1]), Digest.ofHex(words[2]).orElseThrow());
                    case "try" -> tried = Math.max(tried, Long.parseLong(words[1]));
                    default -> {
                        // said for the test
                    }
                }
            }
        }
        return new Promise(kept, tried);
    }

    /// What is wrong, or nothing.
    private static String judge(Opened opened, Promise promise) {
        if (!opened.problem.isEmpty()) {
            return promise.kept.isEmpty() && NO_LEDGER_YET.contains(opened.problem) ? "" : opened.problem;
        }
        for (var kept : promise.kept.entrySet()) {
            if (kept.getKey() >= opened.leaves.size()) {
                return "lost entry " + kept.getKey();
            }
            if (!opened.leaves.get(kept.getKey().intValue()).equals(kept.getValue())) {
                return "another entry " + kept.getKey();
            }
        }
        return opened.leaves.size() > promise.tried ? "entries that nobody wrote" : "";
    }

    private static Digest hash(Map<String, byte[]> image) {
        var sha256 = Digest.sha256();
        image.forEach((name, bytes) -> {
            sha256.update((name + "\0" + bytes.length + "\0").getBytes(UTF_8));
            sha256.update(bytes);
        });
        return Digest.ofRaw(sha256.digest());
    }

    /// A console with a disk in memory.
    private static final class Console implements AutoCloseable {
        private final Path folder;
        private final LedgerFixture fixture = new LedgerFixture();
        private int opened;

        Console() throws IOException {
            this.folder = InMemory.create();
        }

        Opened open(Map<String, byte[]> image) {
            try {
                empty(false);
                for (var file : image.entrySet()) {
                    Files.write(folder.resolve(file.getKey()), file.getValue());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Path path = folder.resolve(LEDGER);
            opened++;
            try (SqliteLedger ledger = fixture.open(path)) {
                List<Digest> leaves = ledger.range(0, ledger.head().size()).stream()
                        .map(Entry::leaf)
                        .toList();
                if (opened % 16 == 0) {
                    ledger.append(LedgerFixture.observation("n", "it can be written"));
                }
                return new Opened(leaves, "");
            } catch (ProblemException e) {
                return new Opened(List.of(), e.problem().id() + createdAnew(path, e));
            }
        }

        /// Where no ledger came to be, one can be founded.
        private String createdAnew(Path path, ProblemException e) {
            if (!e.problem().id().equals("ledger.missing")) {
                return "";
            }
            try (SqliteLedger ledger = Founders.create(fixture, path)) {
                return ledger.head().size() == Founders.ENTRIES ? "" : " and founded badly";
            } catch (ProblemException again) {
                return " and " + again.problem().id();
            }
        }

        /// Leaves the ballast in place, which takes long to write.
        private void empty(boolean ballastToo) throws IOException {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    if (ballastToo || !file.toString().endsWith(".ballast")) {
                        Files.delete(file);
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            empty(true);
            Files.delete(folder);
        }
    }

    /// The recording as a list, for people who look into a loss.
    static String describe(Recording recording, int from, int to) {
        var names = new TreeMap<Integer, String>();
        for (int i = Math.max(0, from); i < Math.min(to, recording.events().size()); i++) {
            names.put(
                    i + 1,
                    recording.events().get(i) instanceof Event.Written(var file, var at, var data)
                            ? "Written[file=" + file + ", at=" + at + ", " + data.length + " bytes]"
                            : recording.events().get(i).toString());
        }
        return String.join("\n", names.entrySet().stream().map(Object::toString).toList());
    }
}
