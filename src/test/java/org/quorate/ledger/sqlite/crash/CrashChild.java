package org.quorate.ledger.sqlite.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.ProblemException;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.sqlite.SqliteLedger;

/// A process whose every write is recorded. It puts into the record what it is about to do (`try SIZE`: the ledger will
/// have so many entries) and what it believes to be safe (`kept SEQ LEAF`).
public final class CrashChild {
    private static final Path MARKS = Path.of(System.getenv("RECORD_MARKS"));

    private final LedgerFixture fixture = new LedgerFixture();
    private final Path path;

    private CrashChild(Path folder) {
        this.path = folder.resolve("ledger.db");
    }

    /// @param arguments any number of tasks, each a word and a folder
    public static void main(String[] arguments) throws IOException, SQLException {
        for (int i = 0; i < arguments.length; i += 2) {
            Path folder = Path.of(arguments[i + 1]);
            var child = new CrashChild(folder);
            switch (arguments[i]) {
                case "write" -> child.write();
                case "resume" -> child.resume();
                case "full", "off" -> child.weak(arguments[i]);
                case "sync", "write-fault", "name" -> faults(folder, arguments[i].replace("-fault", ""));
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
    }

    private static void mark(String text) {
        try (FileChannel marks = FileChannel.open(MARKS, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            marks.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void say(String text) {
        mark(path.getParent().getFileName() + ": " + text);
    }

    private void kept(Entry entry) {
        say("kept " + entry.seq() + " " + entry.leaf().hex());
    }

    private SqliteLedger create() {
        say("try " + Founders.ENTRIES);
        SqliteLedger ledger = Founders.create(fixture, path);
        ledger.range(0, Founders.ENTRIES).forEach(this::kept);
        return ledger;
    }

    private Entry append(SqliteLedger ledger, Draft draft) {
        say("try " + (ledger.head().size() + 1));
        Entry entry = ledger.append(draft);
        kept(entry);
        return entry;
    }

    /// Entries of several sizes, some with artefacts, and one that takes its own co-signature with it.
    private void write() {
        try (SqliteLedger ledger = create()) {
            for (Draft draft : drafts()) {
                append(ledger, draft);
            }
            Json.Obj added = Founders.DORA.key().toJson();
            Entry statement = append(ledger, LedgerFixture.statement(added, 2, "officer"));
            Long[] quorum = new Long[2];
            for (var person : List.of(Founders.ANN, Founders.BOB)) {
                quorum[(int) (ledger.head().size() - statement.seq() - 1)] =
                        ledger.head().size();
                append(ledger, person.approve(statement));
            }
            long first = ledger.head().size();
            say("try " + (first + 2));
            ledger.append(LedgerFixture.act(EntryType.KEY_ADD, added, quorum), Founders.DORA::approve);
            ledger.range(first, first + 2).forEach(this::kept);
        }
        try (SqliteLedger ledger = fixture.open(path)) {
            append(ledger, LedgerFixture.observation("after", "a pause"));
        }
    }

    private static List<Draft> drafts() {
        byte[] small = bytes(700);
        byte[] large = bytes(30_000);
        return List.of(
                LedgerFixture.ceremonyOpen(),
                LedgerFixture.observation("n", "short"),
                naming(small),
                LedgerFixture.observation("n", "long ".repeat(3000)),
                naming(large),
                LedgerFixture.observation("n", "v".repeat(900)),
                LedgerFixture.observation("n", "short again"));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static Draft naming(byte[] artefact) {
        return LedgerFixture.observation("file", Digest.of(artefact).artefactName())
                .with(List.of(artefact));
    }

    /// After someone else died here.
    private void resume() {
        try (SqliteLedger ledger = Files.exists(path) ? fixture.open(path) : create()) {
            say("try " + ledger.head().size());
            ledger.range(0, ledger.head().size()).forEach(this::kept);
            say("resumed");
            append(ledger, LedgerFixture.observation("n", "after the end"));
            append(ledger, LedgerFixture.observation("n", "and again ".repeat(900)));
        }
    }

    /// The same kind of entries, written by an SQLite that is not set as carefully as the ledger sets it. `full` is how
    /// it comes.
    private void weak(String synchronous) throws SQLException {
        create().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=DELETE");
            statement.execute("PRAGMA synchronous=" + synchronous);
            Entry last = last();
            connection.setAutoCommit(false);
            for (int i = 0; i < 6; i++) {
                var place = new EntryCodec.Place(fixture.ledger, last.seq() + 1, last.leaf(), LedgerFixture.RUN);
                last = EntryCodec.encode(
                        LedgerFixture.observation("n", "v".repeat(100 + 1000 * i)), place, fixture.clock.now());
                say("try " + (last.seq() + 1));
                insert(connection, last);
                kept(last);
            }
        }
    }

    private Entry last() {
        try (SqliteLedger ledger = fixture.open(path)) {
            return ledger.entry(ledger.head().size() - 1);
        }
    }

    private static void insert(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO entry(seq, leaf, body) VALUES (?, ?, ?)")) {
            insert.setLong(1, entry.seq());
            insert.setBytes(2, entry.leaf().bytes());
            insert.setBytes(3, entry.body());
            insert.executeUpdate();
        }
        connection.commit();
    }

    /// Has the first, the second, the third … call of a kind fail, each in a folder of its own, until there is
    /// none left to fail.
    private static void faults(Path root, String kind) throws IOException {
        boolean met = true;
        for (int n = 1; met; n++) {
            Path folder = Files.createDirectories(root.resolve(kind + n));
            Files.deleteIfExists(MARKS);
            String end = new CrashChild(folder).fault("fault " + kind + " " + n);
            mark("fault none 0");
            met = Files.exists(MARKS) && Files.size(MARKS) > 0;
            System.out.println(
                    kind + " " + n + " " + (met ? Files.readString(MARKS).strip() : "none") + " " + end);
        }
        System.out.flush();
    }

    private String fault(String order) {
        mark(order);
        Optional<SqliteLedger> ledger = Optional.empty();
        var kept = new ArrayList<Entry>();
        String problem = "none";
        try {
            ledger = Optional.of(create());
            kept.addAll(ledger.get().range(0, Founders.ENTRIES));
            for (Draft draft :
                    Stream.of(LedgerFixture.ceremonyOpen(), naming(bytes(6000))).toList()) {
                say("try " + (kept.size() + 1));
                kept.add(ledger.get().append(draft));
                kept(kept.getLast());
            }
            ledger.get().close();
        } catch (ProblemException e) {
            problem = e.problem().id();
        }
        mark("fault none 0");
        String when = ledger.isEmpty() ? "create" : "append";
        return when + " " + problem + " " + afterwards(ledger, kept, !problem.equals("none"));
    }

    /// Whether the ledger stays closed after a problem, and everything that was kept is found when it is opened again.
    private String afterwards(Optional<SqliteLedger> ledger, List<Entry> kept, boolean failed) {
        if (failed && ledger.isPresent()) {
            try {
                ledger.get().append(LedgerFixture.observation("n", "again"));
                return "went on";
            } catch (ProblemException e) {
                if (!e.problem().id().equals("ledger.closed")) {
                    return e.problem().id();
                }
            }
        }
        try (SqliteLedger again = Files.exists(path) ? fixture.open(path) : Founders.create(fixture, path)) {
            List<Entry> found = again.range(0, again.head().size());
            int more = found.size() - Math.max(kept.size(), Founders.ENTRIES);
            if (more < 0
                    || more > 1
                    || !found.subList(0, kept.size()).stream()
                            .map(Entry::leaf)
                            .toList()
                            .equals(kept.stream().map(Entry::leaf).toList())) {
                return "lost";
            }
            found.forEach(this::kept);
            append(again, LedgerFixture.observation("n", "and on"));
            return "sound";
        } catch (ProblemException e) {
            return e.problem().id();
        }
    }
}
