package org.quorate.ledger.sqlite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.AnchorLine;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.TrustFile;

/// What someone does to a ledger file who has neither an officer's card nor the console key. Every change is found by
/// both verifiers, at the same entry.
class TamperedLedgerTest {
    @TempDir
    private static Path shared;

    private static Path original;
    private static AnchorLine anchor;
    private static TrustFile trust;
    private static RawLedger rows;

    @TempDir
    private Path folder;

    @BeforeAll
    static void playACeremony() throws Exception {
        var fixture = new LedgerFixture();
        original = shared.resolve("ledger.db");
        try (SqliteLedger ledger = fixture.create(original)) {
            fixture.play(ledger);
            anchor = AnchorLine.of(ledger.head());
            trust = TrustFile.of(ledger.entry(0));
        }
        rows = RawLedger.read(original);
    }

    private static Expectations anchored() {
        return new Expectations(List.of(anchor), Optional.of(trust));
    }

    @Test
    void judge_ofTheUntouchedLedger_findsNothing() throws Exception {
        assertThat(Judges.judge(original, anchored())).isEqualTo(new Judges.Judgement(0, List.of()));
    }

    @Test
    void judge_ofTheSameRowsWrittenElsewhere_findsNothing() throws Exception {
        assertThat(Judges.judge(copy().write(folder.resolve("ledger.db"))).findings())
                .isEmpty();
    }

    @FunctionalInterface
    private interface Change {
        void on(RawLedger rows) throws Exception;
    }

    @FunctionalInterface
    private interface FileChange {
        void on(Path file) throws Exception;
    }

    private static RawLedger copy() {
        var copy = new RawLedger();
        copy.bodies.addAll(rows.bodies);
        copy.leaves.addAll(rows.leaves);
        copy.artefacts.addAll(rows.artefacts);
        copy.artefactNames.addAll(rows.artefactNames);
        return copy;
    }

    private DynamicTest rows(String name, String first, Change change) {
        return DynamicTest.dynamicTest(name, () -> {
            RawLedger changed = copy();
            change.on(changed);
            Path file = changed.write(folder.resolve(name.replace(' ', '_') + ".db"));
            assertThat(Judges.judge(file, anchored()).first()).isEqualTo(first);
        });
    }

    private DynamicTest file(String name, String first, int code, FileChange change) {
        return DynamicTest.dynamicTest(name, () -> {
            Path file = folder.resolve(name.replace(' ', '_') + ".db");
            Files.copy(original, file);
            change.on(file);
            Judges.Judgement judgement = Judges.judge(file);
            assertThat(judgement.first()).isEqualTo(first);
            assertThat(judgement.code()).isEqualTo(code);
        });
    }

    /// Writes into the file as any database tool would, the triggers put aside meanwhile.
    private static void sql(Path file, String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            var triggers = Schema.STATEMENTS.subList(2, Schema.STATEMENTS.size());
            for (String trigger : triggers) {
                statement.execute("DROP TRIGGER " + trigger.split(" ")[2]);
            }
            for (String sql : statements) {
                statement.execute(sql);
            }
            for (String trigger : triggers) {
                statement.execute(trigger);
            }
        }
    }

    private static int find(String type) {
        return rows.find(type, 0);
    }

    private static byte[] replaced(int seq, String what, String by) {
        String text = new String(rows.bodies.get(seq), UTF_8);
        assertThat(text).contains(what);
        return text.replace(what, by).getBytes(UTF_8);
    }

    @TestFactory
    Stream<DynamicTest> judge_ofChangedRows_namesTheFirstBadEntry() {
        int look = find("observation");
        int checkpoint = find("checkpoint");
        int statement = find("statement");
        int intent = find("intent");
        int second = rows.find("intent", intent + 1);
        return Stream.of(
                rows("edited", look + " entry.leaf", r -> r.body(look, replaced(look, "spki", "spkj"))),
                rows(
                        "edited with its leaf",
                        look + 1 + " entry.prev",
                        r -> r.leafed(look, replaced(look, "spki", "x"))),
                rows("edited and chained anew", checkpoint + " checkpoint.root", r -> {
                    r.leafed(look, replaced(look, "spki", "spkj"));
                    r.rechain(look);
                }),
                rows("an approved text edited", statement + 1 + " cosign.target", r -> {
                    r.editData(statement, d -> d.with("text", Json.of("Approve nothing.")));
                    r.rechain(statement);
                }),
                rows("removed and numbered anew", look + " entry.seq", r -> r.remove(look)),
                rows("removed and chained anew", look + " checkpoint.size", r -> {
                    r.remove(look);
                    r.rechain(look);
                }),
                rows("inserted and chained anew", checkpoint + 1 + " checkpoint.size", r -> {
                    r.bodies.add(look, r.bodies.get(look));
                    r.leaves.add(look, r.leaves.get(look));
                    r.rechain(look);
                }),
                rows("swapped", intent + " entry.seq", r -> {
                    Collections.swap(r.bodies, intent, intent + 1);
                    Collections.swap(r.leaves, intent, intent + 1);
                }),
                rows("swapped and chained anew", intent + " outcome.intent", r -> {
                    Collections.swap(r.bodies, intent, intent + 1);
                    r.editData(intent, d -> d.with("intent", Json.of(intent + 1L)));
                    r.rechain(intent);
                }),
                rows("an approval replayed for a later act", second + " quorum.statement", r -> {
                    r.editData(second - 2, d -> r.json(statement + 1).object("data"));
                    r.rechain(second - 2);
                }),
                rows("a signature moved to another statement", second - 2 + " cosign.signature", r -> {
                    String sig = r.json(statement + 1).object("data").string("sig");
                    r.editData(second - 2, d -> d.with("sig", Json.of(sig)));
                    r.rechain(second - 2);
                }),
                rows("a co-signature dropped", statement + 2 + " quorum.cosigns", r -> {
                    r.remove(statement + 2);
                    r.rechain(statement + 2);
                }),
                rows("a meaning changed", statement + 1 + " cosign.signature", r -> {
                    r.editData(statement + 1, d -> d.with("meaning", Json.of("close")));
                    r.rechain(statement + 1);
                }),
                rows("white space", look + " entry.form", r -> r.leafed(look, replaced(look, "{\"name", "{ \"name"))),
                rows(
                        "a duplicate key",
                        look + " entry.form",
                        r -> r.leafed(look, replaced(look, "\"name\":", "\"name\":\"first\",\"name\":"))),
                rows(
                        "keys out of order",
                        look + " entry.form",
                        r -> r.leafed(
                                look, replaced(look, "\"name\":\"spki\",\"value\"", "\"value\":\"spki\",\"name\""))),
                rows(
                        "a needless escape",
                        look + " entry.form",
                        r -> r.leafed(look, replaced(look, "spki", "sp\\u006bi"))),
                rows("a float", look + " entry.form", r -> r.leafed(look, replaced(look, "\"spki\"", "1.5"))),
                rows(
                        "a huge integer",
                        look + " entry.form",
                        r -> r.leafed(look, replaced(look, "\"spki\"", "9007199254740992"))),
                rows("a lone surrogate", look + " entry.form", r -> r.leafed(look, replaced(look, "spki", "\\ud800"))),
                rows("no UTF-8", look + " entry.form", r -> {
                    String text = new String(rows.bodies.get(look), ISO_8859_1);
                    r.leafed(look, text.replace("spki", "sp\u00fcki").getBytes(ISO_8859_1));
                }),
                rows(
                        "too deep",
                        look + " entry.form",
                        r -> r.leafed(look, replaced(look, "\"spki\"", "[".repeat(32) + "]".repeat(32)))),
                rows("an array for a body", look + " entry.form", r -> r.leafed(look, "[]".getBytes(UTF_8))),
                rows(
                        "a key in capitals",
                        look + " entry.form",
                        r -> r.leafed(look, replaced(look, "\"name\"", "\"Name\""))),
                rows("one field more", look + " entry.fields", r -> r.edit(look, b -> b.with("z", Json.of(1)))),
                rows("one field less", look + " entry.fields", r -> r.edit(look, b -> b.without("run"))),
                rows("another version", look + " entry.fields", r -> r.edit(look, b -> b.with("v", Json.of(2)))),
                rows("true for a number", look + " entry.fields", r -> r.edit(look, b -> b.with("v", Json.of(true)))),
                rows(
                        "an uptime below zero",
                        look + " entry.fields",
                        r -> r.edit(look, b -> b.with("up_us", Json.of(-1)))),
                rows(
                        "a ledger id in capitals",
                        look + " entry.fields",
                        r -> r.edit(
                                look, b -> b.with("led", Json.of(b.string("led").toUpperCase(Locale.ROOT))))),
                rows("an unknown type", look + " entry.type", r -> r.edit(look, b -> b.with("type", Json.of("note")))),
                rows(
                        "a time without milliseconds",
                        look + " entry.time",
                        r -> r.edit(look, b -> b.with("ts", Json.of("2026-11-22T09:30:00Z")))),
                rows(
                        "a day that is none",
                        look + " entry.time",
                        r -> r.edit(look, b -> b.with("ts", Json.of("2026-02-29T09:30:00.000Z")))),
                rows(
                        "another ledger",
                        look + " entry.ledger",
                        r -> r.edit(look, b -> b.with("led", Json.of("00000000-0000-4000-8000-000000000000")))),
                rows("a founder's key changed", "0 trust.genesis", r -> {
                    byte[] other = LedgerFixture.Person.p256("mallory").spki();
                    String text = new String(r.bodies.getFirst(), UTF_8)
                            .replace(
                                    Digest.of(new LedgerFixture().ann.spki()).hex(),
                                    Digest.of(other).hex())
                            .replace(
                                    Base64.getEncoder().encodeToString(new LedgerFixture().ann.spki()),
                                    Base64.getEncoder().encodeToString(other));
                    r.leafed(0, text.getBytes(UTF_8));
                    r.rechain(0);
                }),
                rows(
                        "a genesis of another format",
                        "0 genesis.data",
                        r -> r.editData(0, d -> d.with("format", Json.of("quorate-ledger/2")))),
                rows(
                        "a predecessor without signature",
                        "0 genesis.data",
                        r -> r.editData(0, d -> d.with("previous", Json.of("quorate.invalid/x\n1\n\n")))),
                rows("no genesis", "0 genesis.place", r -> {
                    r.remove(0);
                    r.rechain(0);
                }),
                rows("no entry at all", "0 row.gap", r -> r.cutTo(0)),
                rows("the tail cut", "file anchored.size", r -> r.cutTo(r.size() - 1)),
                rows("cut back and grown differently", "file anchored.root", r -> {
                    r.cutTo(r.size() - 1);
                    r.append(new LedgerFixture(), LedgerFixture.observation("something", "else"));
                    r.edit(
                            r.size() - 1,
                            b -> b.with("ts", Json.of("2026-12-01T00:00:00.000Z"))
                                    .with("up_us", Json.of(99_000_000_000L)));
                }),
                rows("an artefact edited", "file artefact.hash", r -> r.artefacts.set(0, new byte[] {1})),
                rows("an artefact removed", find("ceremony_open") + " artefact.missing", r -> {
                    r.artefacts.clear();
                    r.artefactNames.clear();
                }),
                rows("an artefact added", "file artefact.unnamed", r -> {
                    r.artefacts.add(new byte[] {2});
                    r.artefactNames.add(Digest.of(new byte[] {2}).bytes());
                }));
    }

    @TestFactory
    Stream<DynamicTest> judge_ofAChangedFile_namesTheRule() {
        int look = find("observation");
        return Stream.of(
                file("a gap", look + " row.gap", 1, f -> sql(f, "DELETE FROM entry WHERE seq = " + look)),
                file("a bit flipped", look + " entry.leaf", 1, f -> {
                    byte[] bytes = Files.readAllBytes(f);
                    int at = indexOf(bytes, rows.bodies.get(look));
                    bytes[at + 40] ^= 1;
                    Files.write(f, bytes);
                }),
                file("a trigger dropped", "file file.schema", 1, f -> plainSql(f, "DROP TRIGGER entry_next")),
                file("a view added", "file file.schema", 1, f -> plainSql(f, "CREATE VIEW shown AS SELECT 1")),
                file("an index added", "file file.schema", 1, f -> plainSql(f, "CREATE INDEX i ON entry(body)")),
                file(
                        "texts for bytes",
                        look + " row.form",
                        1,
                        f -> sql(
                                f,
                                "PRAGMA writable_schema=ON",
                                "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'entry'",
                                "PRAGMA writable_schema=RESET",
                                "UPDATE entry SET body = CAST(body AS TEXT) WHERE seq = " + look,
                                "PRAGMA writable_schema=ON",
                                "UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'entry'",
                                "PRAGMA writable_schema=RESET")),
                file(
                        "a byte moved from leaf to body",
                        look + " entry.leaf",
                        1,
                        f -> sql(
                                f,
                                "PRAGMA ignore_check_constraints=ON",
                                "UPDATE entry SET body = CAST(substr(leaf, 32) || body AS BLOB),"
                                        + " leaf = substr(leaf, 1, 31) WHERE seq = " + look)),
                file(
                        "a body of 100 MB",
                        look + " entry.leaf",
                        1,
                        f -> sql(
                                f,
                                "PRAGMA ignore_check_constraints=ON",
                                "UPDATE entry SET body = zeroblob(100000000) WHERE seq = " + look)),
                file("another version", "file file.version", 3, f -> plainSql(f, "PRAGMA user_version=2")),
                file("another application", "file file.version", 3, f -> plainSql(f, "PRAGMA application_id=7")),
                file("a write-ahead log", "file file.wal", 3, f -> plainSql(f, "PRAGMA journal_mode=WAL")),
                file("no database", "file file.not_a_ledger", 3, f -> Files.writeString(f, "ledger\n".repeat(40))),
                file("an empty file", "file file.not_a_ledger", 3, f -> Files.write(f, new byte[0])),
                file("no file", "file file.missing", 3, Files::delete));
    }

    @Test
    void judge_ofAZeroedPage_namesAnEntryOnIt() throws Exception {
        Path file = folder.resolve("zeroed.db");
        byte[] bytes = Files.readAllBytes(original);
        int at = indexOf(bytes, rows.bodies.get(find("observation"))) / 4096 * 4096;
        Arrays.fill(bytes, at, at + 4096, (byte) 0);
        Files.write(file, bytes);

        assertThat(Judges.judge(file).first()).matches("\\d+ (file.damaged|row.gap)");
    }

    @Test
    void judge_ofEveryCutOfTheFile_findsItOrSeesAnEarlierState() throws Exception {
        byte[] bytes = Files.readAllBytes(original);
        for (int pages = 1; pages < bytes.length / 4096; pages++) {
            Path file = folder.resolve("cut" + pages + ".db");
            Files.write(file, Arrays.copyOf(bytes, pages * 4096));
            assertThat(Judges.java(file, anchored()).code())
                    .as("%d pages", pages)
                    .isEqualTo(1);
        }
    }

    @Test
    void judge_ofAClockSetBack_warnsAndStaysSound() throws Exception {
        RawLedger changed = copy();
        changed.cutTo(find("observation") + 1);
        changed.edit(changed.size() - 1, b -> b.with("ts", Json.of("2026-11-22T09:29:00.000Z")));
        Judges.Judgement judgement = Judges.judge(changed.write(folder.resolve("ledger.db")));

        assertThat(judgement).isEqualTo(new Judges.Judgement(0, List.of(find("observation") + " clock.back")));
    }

    @Test
    void judge_ofARollbackWithoutAnchor_seesNothing() throws Exception {
        RawLedger changed = copy();
        changed.cutTo(changed.size() - 1);

        assertThat(Judges.judge(changed.write(folder.resolve("ledger.db"))).code())
                .isZero();
    }

    private static void plainSql(Path file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        // A body may be split over pages; its first 60 bytes are not.
        String head = new String(part, 0, 60, ISO_8859_1);
        int from = 0;
        String text = new String(bytes, ISO_8859_1);
        while (true) {
            int at = text.indexOf(head, from);
            assertThat(at).isNotNegative();
            if (Arrays.equals(bytes, at, at + Math.min(part.length, 200), part, 0, Math.min(part.length, 200))) {
                return at;
            }
            from = at + 1;
        }
    }
}
