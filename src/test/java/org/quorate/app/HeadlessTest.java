package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;
import org.quorate.app.site.Trees;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.RawLedger;
import org.quorate.ledger.sqlite.SqliteLedger;

/// One rehearsal without a window, and everything that people do with it and to it on the command line.
class HeadlessTest {
    @TempDir
    private static Path shared;

    private static Path home;
    private static Path out;
    private static Ended rehearsal;

    @TempDir
    private Path folder;

    @BeforeAll
    static void rehearse() {
        home = shared.resolve("home");
        out = shared.resolve("out");
        rehearsal = Program.run("rehearse", "--headless", "--json", "--home", home, "--out", out);
        assertThat(rehearsal.code()).as(rehearsal.err() + rehearsal.out()).isZero();
    }

    private Path copyOf(Path tree) throws IOException {
        Path copy = folder.resolve("copy");
        Trees.copy(tree, copy);
        return copy;
    }

    private static Ended again(Path at, Path to) {
        return Program.run("rehearse", "--headless", "--home", at, "--out", to);
    }

    @Test
    void rehearsal_leavesTheWholeEvidence() throws IOException {
        assertThat(Trees.files(out))
                .contains(
                        "anchors.txt",
                        "certificates/card-p1.pem",
                        "certificates/card-p7.pem",
                        "certificates/record-chain.pem",
                        "ledger.db",
                        "manifest.json",
                        "record.pdf",
                        "root-ca.pem",
                        "trust.json")
                .isEqualTo(rehearsal.json().strings("files"));
        assertThat(rehearsal.json().string("out")).isEqualTo(out.toString());
        assertThat(UUID.fromString(rehearsal.json().string("ceremony"))).isNotNull();
        assertThat(Files.readAllBytes(home.resolve("trust.json")))
                .isEqualTo(Files.readAllBytes(out.resolve("trust.json")));
    }

    /// Each step that asked the HSM for anything has its own log of the calls, and no log has a value in it.
    @Test
    void callLogs_standInTheirSteps_withoutAnyValue() throws IOException {
        Path copy = copyOf(out);
        try (SqliteLedger ledger = SqliteLedger.open(
                copy.resolve("ledger.db"),
                new SystemClock(),
                UUID.randomUUID(),
                Expectations.NONE,
                VerifyProgress.NONE)) {
            List<Entry> all = ledger.range(0, ledger.head().size());
            List<Entry> logs = all.stream()
                    .filter(entry -> entry.type() == EntryType.OBSERVATION
                            && entry.data().string("name").equals("call_log"))
                    .toList();
            assertThat(logs)
                    .extracting(Entry::step)
                    .containsAll(all.stream()
                            .filter(entry -> entry.is(EntryType.INTENT))
                            .map(Entry::step)
                            .toList())
                    .contains(Optional.of("identify-primary"), Optional.of("admit-primary"))
                    .doesNotContain(Optional.empty());
            List<String> lines = logs.stream()
                    .map(entry -> Digest.fromArtefactName(entry.data().string("artefact")))
                    .flatMap(name -> new String(ledger.artefact(name).orElseThrow(), StandardCharsets.UTF_8).lines())
                    .toList();
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("C_Login CKR_OK"))
                    .anyMatch(line -> line.startsWith("C_WrapKey CKR_KEY_UNEXTRACTABLE"))
                    .allMatch(line -> line.matches("C_[A-Za-z]+ CKR_[A-Z_]+ [0-9]+ ms(, [0-9]+ times)?"));
        }
    }

    @Test
    void mirror_isTheWholeLedgerOnceMore() throws IOException {
        Path mirror = home.resolve("mirror/ledger.db");

        assertThat(Program.run("verify", mirror).code()).isZero();
        assertThat(Files.readString(out.resolve("anchors.txt")).lines()).hasSize(3);
        String last =
                Files.readString(out.resolve("anchors.txt")).lines().toList().getLast();
        assertThat(Program.run("verify", mirror, "--anchor", last).code()).isZero();
    }

    @Test
    void manifest_namesEveryFileWithItsDigest() throws IOException {
        Json.Obj manifest = Json.parseObject(Files.readAllBytes(out.resolve("manifest.json")));

        assertThat(manifest.string("mode")).isEqualTo("rehearsal");
        assertThat(manifest.objects("files"))
                .hasSize(Trees.files(out).size() - 1)
                .allSatisfy(file -> {
                    byte[] bytes = Files.readAllBytes(out.resolve(file.string("name")));
                    assertThat(Digest.of(bytes).hex()).isEqualTo(file.string("sha256"));
                    assertThat((long) bytes.length).isEqualTo(file.integer("bytes"));
                });
    }

    @Test
    void verify_ofTheUntouchedFolder_isYes_inBothForms() {
        Ended forPeople = Program.run("verify", out);
        Ended forPrograms = Program.run("verify", "--json", "--trust", home.resolve("trust.json"), out);

        assertThat(forPeople.code()).as(forPeople.out()).isZero();
        assertThat(forPeople.out()).contains("valid").contains("The record is signed, whole");
        assertThat(forPrograms.code()).isZero();
        assertThat(forPrograms.json().bool("valid")).isTrue();
        assertThat(forPrograms.json().objects("reports").getFirst().strings("held"))
                .hasSizeGreaterThan(3);
    }

    @Test
    void verify_ofTheLedgerAndTheRecordAlone_isYes() {
        assertThat(Program.run("verify", out.resolve("ledger.db")).code()).isZero();
        assertThat(Program.run("verify", out.resolve("record.pdf")).code()).isZero();
    }

    @Test
    void verifierInPython_agrees() throws Exception {
        var python = Program.python(
                Path.of("docs/verify/quorate_verify.py"),
                out.resolve("ledger.db"),
                "--trust",
                out.resolve("trust.json"));

        assertThat(python.code()).as(python.out()).isZero();
    }

    @FunctionalInterface
    private interface Tampering {
        void with(Path folder) throws IOException;
    }

    private DynamicTest tampered(String name, String words, Tampering tampering) {
        return DynamicTest.dynamicTest(name, () -> {
            Path copy = folder.resolve(name.replace(' ', '-'));
            Trees.copy(out, copy);
            tampering.with(copy);
            Ended ended = Program.run("verify", copy);
            assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
            assertThat(ended.out()).contains("not valid").contains(words);
            Ended json = Program.run("verify", "--json", copy);
            assertThat(json.code()).isEqualTo(1);
            assertThat(json.json().objects("reports").getFirst().string("wrong"))
                    .contains(words);
        });
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    /// What somebody would do who knows of the manifest too.
    private static void listAnew(Path folder, String name) throws IOException {
        Path manifest = folder.resolve("manifest.json");
        String text = Files.readString(manifest);
        Json.Obj file = Json.parseObject(Files.readAllBytes(manifest)).objects("files").stream()
                .filter(f -> f.string("name").equals(name))
                .findFirst()
                .orElseThrow();
        byte[] now = Files.readAllBytes(folder.resolve(name));
        Files.writeString(
                manifest, text.replace(file.string("sha256"), Digest.of(now).hex()));
    }

    @TestFactory
    Stream<DynamicTest> verify_ofATamperedFolder_namesWhatIsWrong() {
        return Stream.of(
                tampered(
                        "a byte of the ledger",
                        "The file ledger.db is not the one of the manifest",
                        f -> flip(f.resolve("ledger.db"), 60_000)),
                tampered("a byte of the ledger and its digest", " of the ledger: ", f -> {
                    byte[] bytes = Files.readAllBytes(f.resolve("ledger.db"));
                    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"type\":\"step_start\"");
                    flip(f.resolve("ledger.db"), at + 10);
                    listAnew(f, "ledger.db");
                }),
                tampered(
                        "a byte of the record",
                        "The file record.pdf is not",
                        f -> flip(f.resolve("record.pdf"), 5_000)),
                tampered(
                        "a byte of the record and its digest", "record.pdf is not the file that the ledger says", f -> {
                            flip(f.resolve("record.pdf"), 5_000);
                            listAnew(f, "record.pdf");
                        }),
                tampered("another root certificate", "root-ca.pem is not a certificate of this ledger", f -> {
                    Files.copy(
                            f.resolve("certificates/card-p1.pem"),
                            f.resolve("root-ca.pem"),
                            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    listAnew(f, "root-ca.pem");
                }),
                tampered("another trust file", "is the one that was trusted", f -> {
                    String trust = Files.readString(f.resolve("trust.json"));
                    String genesis = Json.parseObject(trust.getBytes(StandardCharsets.UTF_8))
                            .string("genesis");
                    Files.writeString(f.resolve("trust.json"), trust.replace(genesis, "ab".repeat(32)));
                    listAnew(f, "trust.json");
                }),
                tampered("another anchor", " of the ledger: ", f -> {
                    List<String> lines = Files.readAllLines(f.resolve("anchors.txt"));
                    String root = lines.getLast().split(":", 2)[1];
                    Files.writeString(f.resolve("anchors.txt"), "9:" + root + "\n" + lines.getLast() + "\n");
                    listAnew(f, "anchors.txt");
                }),
                tampered("an anchor cut off", "does not cover all", f -> {
                    List<String> lines = Files.readAllLines(f.resolve("anchors.txt"));
                    Files.writeString(f.resolve("anchors.txt"), lines.getFirst() + "\n");
                    listAnew(f, "anchors.txt");
                }),
                tampered(
                        "a manifest that is none",
                        "A file is not of its form",
                        f -> Files.writeString(f.resolve("manifest.json"), "{")),
                tampered(
                        "a file more",
                        "The file notes.txt is not in the manifest",
                        f -> Files.writeString(f.resolve("notes.txt"), "hello")),
                tampered(
                        "a file less",
                        "The file certificates/card-p3.pem is missing",
                        f -> Files.delete(f.resolve("certificates/card-p3.pem"))));
    }

    @Test
    void verify_ofAnEarlierLedger_disagreesWithTheAnchorThatWasKept() throws IOException {
        String kept = Files.readAllLines(out.resolve("anchors.txt")).getLast();
        Path earlier = folder.resolve("earlier.db");
        Files.copy(out.resolve("ledger.db"), earlier);
        cutLastEntry(earlier);

        Ended ended = Program.run("verify", "--anchor", kept, earlier);

        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.out()).contains("shorter than an anchored size").contains(kept.split(":")[0]);
        assertThat(Program.run("verify", earlier).code())
                .as("without the anchor nobody can see it")
                .isZero();
    }

    /// As any database tool could do it.
    private static void cutLastEntry(Path ledger) throws IOException {
        String script = """
                import sqlite3, sys
                db = sqlite3.connect(sys.argv[1])
                made = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'entry_no_delete'").fetchone()[0]
                db.execute('DROP TRIGGER entry_no_delete')
                db.execute('DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)')
                db.execute(made)
                db.commit()
                """;
        Path file = ledger.resolveSibling("cut.py");
        Files.writeString(file, script);
        try {
            assertThat(Program.python(file, ledger).code()).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void verify_ofWhatIsNoLedger_cannotJudge() throws IOException {
        Path text = Files.writeString(folder.resolve("ledger.db"), "not a ledger\n".repeat(50));

        Ended ended = Program.run("verify", text);

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).contains(text.toString()).contains("cannot be judged");
        assertThat(Program.run("verify", folder.resolve("nothing")).code()).isEqualTo(3);
        assertThat(Program.run("verify", "--anchor", "nonsense", text).code()).isEqualTo(2);
    }

    @Test
    void out_thatIsNotEmpty_isRefusedAndLeftAsItIs() throws IOException {
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("letter.txt"), "mine");
        long before = Files.size(home.resolve("ledger.db"));

        Ended ended = again(home, used);

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).isEqualTo("The folder " + used + " is not empty.");
        assertThat(Trees.files(used)).containsExactly("letter.txt");
        assertThat(Files.size(home.resolve("ledger.db"))).isEqualTo(before);
    }

    @Test
    void headless_withoutOut_isWrongUse() {
        assertThat(Program.run("rehearse", "--headless", "--home", home).code()).isEqualTo(2);
    }

    @TestFactory
    Stream<DynamicTest> scriptThatCannotWork_isRefusedByLintAndRehearse() {
        return Stream.of(
                script("unknown key", "version: \"1.0\"", "version: \"1.0\"\ncolour: red"),
                script("missing key", "title: Root key generation with a proven backup\n", ""),
                script("given but unused", "parameters:", "parameters:\n  spare: {type: integer, value: 7}"));
    }

    private DynamicTest script(String name, String old, String by) {
        return DynamicTest.dynamicTest(name, () -> {
            String shipped = Files.readString(Path.of("ceremony-scripts/root-key-generation.yaml"));
            assertThat(shipped).contains(old);
            Path file = folder.resolve(name.replace(' ', '-') + ".yaml");
            Files.writeString(file, shipped.replaceFirst(java.util.regex.Pattern.quote(old), by));
            Ended lint = Program.run("lint", file);
            assertThat(lint.code()).as(lint.out()).isEqualTo(1);
            assertThat(lint.out().lines().findFirst().orElseThrow())
                    .matches(java.util.regex.Pattern.quote(file.toString()) + ":\\d+:\\d+: error: .+ \\[[a-z-]+] .+");
            Ended rehearse =
                    Program.run("rehearse", "--headless", "--home", home, "--out", folder.resolve("never"), file);
            assertThat(rehearse.code()).isEqualTo(3);
            assertThat(rehearse.problem().getFirst()).contains(file.toString());
            assertThat(folder.resolve("never")).doesNotExist();
        });
    }

    @Test
    void secondConsole_isToldWhoHoldsTheLedger() throws Exception {
        Path copy = siteWithTokensInPlace();
        Process first = Program.start(folder, "rehearse", "--headless", "--home", copy, "--out", folder.resolve("a"));
        try {
            assertThat(new LedgerWatch(copy.resolve("ledger.db")).await("open-room step_start", 2, first))
                    .isTrue();

            Ended ended = again(copy, folder.resolve("b"));

            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.problem().getFirst()).contains("is in use");
            assertThat(ended.problem().get(1)).contains(String.valueOf(first.pid()));
        } finally {
            first.destroyForcibly().waitFor();
        }
    }

    @Test
    void ledgerChangedBehindItsBack_isNotOpened() throws IOException {
        Path copy = copyOf(home);
        byte[] bytes = Files.readAllBytes(copy.resolve("ledger.db"));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"type\":\"step_start\"");
        flip(copy.resolve("ledger.db"), at + 10);

        Ended ended = again(copy, folder.resolve("never"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).contains("does not verify");
    }

    private static void edit(Path site, String what, String by) throws IOException {
        String text = Files.readString(site);
        assertThat(text).contains(what);
        Files.writeString(site, text.replace(what, by));
    }

    private Path siteWithTokensInPlace() throws IOException {
        Path copy = copyOf(home);
        edit(copy.resolve("softhsm2.conf"), home.toString(), copy.toString());
        return copy;
    }

    /// The ledger is cut back to before the first ceremony, which leaves it whole and valid; but the officers' cards
    /// closed that ceremony.
    @Test
    void ledgerThatWasCutBack_isFoundByTheCards() throws Exception {
        Path copy = siteWithTokensInPlace();
        RawLedger ledger = RawLedger.read(copy.resolve("ledger.db"));
        ledger.cutTo(ledger.find("ceremony_open", 0));
        ledger.dropArtefacts();
        Files.delete(copy.resolve("ledger.db"));
        ledger.write(copy.resolve("ledger.db"));
        assertThat(Program.run("verify", copy.resolve("ledger.db")).code()).isZero();

        Ended ended = again(copy, folder.resolve("never"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).contains("remembers more of this ledger than the ledger holds");
        assertThat(folder.resolve("never")).doesNotExist();
    }

    @Test
    void anotherHsmThanTheProfileNames_isNamedWithBothSerials() throws IOException {
        Path copy = siteWithTokensInPlace();
        Json.Obj site = Json.parseObject(Files.readAllBytes(copy.resolve("site.json")));
        String serial = site.object("tokens").object("primary").string("serial");
        edit(copy.resolve("site.json"), serial, "0123456789abcdef");

        Ended ended = again(copy, folder.resolve("never"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).isEqualTo("The Primary HSM with serial 0123456789abcdef is not there.");
        assertThat(ended.problem().get(1)).contains(serial);
    }

    @Test
    void consoleTokenTakenAway_isSaidBeforeAnythingIsRecorded() throws IOException {
        Path copy = siteWithTokensInPlace();
        Json.Obj site = Json.parseObject(Files.readAllBytes(copy.resolve("site.json")));
        edit(copy.resolve("site.json"), site.object("tokens").object("console").string("serial"), "0123456789abcdef");

        Ended ended = again(copy, folder.resolve("never"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).contains("0123456789abcdef");
        assertThat(new LedgerWatch(copy.resolve("ledger.db"))
                        .entries().values().stream().filter("- ceremony_open"::equals))
                .hasSize(1);
    }

    @Test
    void moduleThatIsNotThere_isAProblemWithAWayOut() throws IOException {
        Path copy = siteWithTokensInPlace();
        Json.Obj site = Json.parseObject(Files.readAllBytes(copy.resolve("site.json")));
        edit(
                copy.resolve("site.json"),
                site.object("modules").object("softhsm").string("path"),
                "/nowhere/libsofthsm2.so");

        Ended ended = again(copy, folder.resolve("never"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(String.join(" ", ended.problem()))
                .contains("/nowhere/libsofthsm2.so")
                .doesNotContain("error in Quorate");
    }

    @Test
    void siteThatIsDamaged_isAProblemAndNoCrash() throws IOException {
        for (String file : List.of("site.json", "trust.json", "practice-pins.json", "record-chain.pem")) {
            Path copy = siteWithTokensInPlace();
            Files.writeString(copy.resolve(file), "{", StandardOpenOption.TRUNCATE_EXISTING);

            Ended ended = again(copy, folder.resolve("never"));

            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.problem().getFirst())
                    .as(file)
                    .contains(copy.resolve(file).toString());
            Trees.delete(copy);
        }
    }

    @Test
    void ceremonyByAnotherScript_isNotBegunWhileOneIsUnfinished() throws IOException {
        Path copy = siteWithTokensInPlace();
        try (SqliteLedger ledger = SqliteLedger.open(
                copy.resolve("ledger.db"),
                new SystemClock(),
                UUID.randomUUID(),
                Expectations.NONE,
                VerifyProgress.NONE)) {
            byte[] other = "title: other\n".getBytes(StandardCharsets.UTF_8);
            ledger.append(new Draft(
                    EntryType.CEREMONY_OPEN,
                    Optional.of(UUID.randomUUID()),
                    Optional.empty(),
                    Json.obj()
                            .put("title", "Something else")
                            .put("script", Digest.of(other).artefactName())
                            .build(),
                    List.of(other)));
        }

        Ended ended = again(copy, folder.resolve("never"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).isEqualTo("A ceremony is not finished: Something else");
    }
}
