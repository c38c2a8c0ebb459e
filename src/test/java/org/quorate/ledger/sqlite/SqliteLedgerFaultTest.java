package org.quorate.ledger.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.LongForm;
import org.quorate.base.ProblemException;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Head;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.VerifyProgress;

/// What happens around an open ledger: other processes, other hands on the file, and disks that are full or read-only.
@Timeout(120)
class SqliteLedgerFaultTest {
    private final LedgerFixture fixture = new LedgerFixture();

    @TempDir
    private Path folder;

    private Path path;
    private SqliteLedger ledger;

    @BeforeEach
    void found() {
        path = folder.resolve("ledger.db");
        ledger = fixture.create(path);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static String problemOf(ThrowingCallable call) {
        var id = new ArrayList<String>();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> id.add(e.problem().id()));
        return id.getFirst();
    }

    private void append() {
        ledger.append(LedgerFixture.observation("name", "value"));
    }

    private static Process python(String program, Object... arguments) throws IOException {
        var command = new ArrayList<>(List.of("python3", "-c", program));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void open_whileAnotherConsoleHoldsIt_saysWho_andWaitsForNobody() throws Exception {
        ledger.close();
        Process other = new ProcessBuilder(LedgerChild.command("hold", path.toString())).start();
        try (BufferedReader lines = other.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("holding 5");
            assertThatThrownBy(() -> fixture.open(path)).isInstanceOfSatisfying(ProblemException.class, e -> {
                assertThat(e.problem().id()).isEqualTo("ledger.locked");
                assertThat(e.problem().cause()).contains(String.valueOf(other.pid()));
            });
        } finally {
            other.destroyForcibly().waitFor();
        }
        ledger = fixture.open(path);
        append();
    }

    /// The lock beside the ledger is for saying who holds it; SQLite's own holds without it.
    @Test
    void open_whileAnotherConsoleHoldsIt_isRefusedAlsoWithoutTheLockFile() throws Exception {
        ledger.close();
        Process other = new ProcessBuilder(LedgerChild.command("hold", path.toString())).start();
        try (BufferedReader lines = other.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("holding 5");
            Files.delete(folder.resolve("ledger.db.lock"));

            assertThat(problemOf(() -> fixture.open(path))).isEqualTo("ledger.busy");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void open_whileADatabaseToolHoldsIt_saysSo_andWaitsForNobody() throws Exception {
        ledger.close();
        try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = tool.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertThat(problemOf(() -> fixture.open(path))).isEqualTo("ledger.busy");
        }
        ledger = fixture.open(path);
    }

    @Test
    void write_ofADatabaseToolWhileItIsOpen_isLockedOut() throws Exception {
        Process tool = python("""
                import sqlite3, sys
                try:
                    sqlite3.connect(sys.argv[1], timeout=0.1).execute('DROP TRIGGER entry_next')
                except sqlite3.OperationalError as e:
                    print(e)
                """, path);

        assertThat(output(tool)).contains("locked");
        append();
    }

    /// Overwrites bytes of the file from another process, and sets its times back if asked.
    private void overwrite(byte[] what, boolean restoreTimes) throws Exception {
        Process editor = python("""
                import os, sys
                path, what, restore = sys.argv[1], bytes.fromhex(sys.argv[2]), sys.argv[3] == 'true'
                before, data = os.stat(path), open(path, 'rb').read()
                with open(path, 'r+b') as file:
                    file.seek(data.rindex(what) + 3)
                    file.write(bytes([data[data.rindex(what) + 3] ^ 1]))
                if restore:
                    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
                """, path, HexFormat.of().formatHex(what), restoreTimes);
        assertThat(output(editor)).isEmpty();
    }

    @Test
    void append_afterSomeoneWroteIntoTheFile_isRefusedAndTheLedgerCloses() throws Exception {
        append();
        overwrite("quorate-ledger/1".getBytes(UTF_8), false);

        assertThat(problemOf(this::append)).isEqualTo("ledger.changed");
        assertThat(problemOf(this::append)).isEqualTo("ledger.closed");
        assertThat(problemOf(() -> fixture.open(path))).isEqualTo("ledger.not_sound");
    }

    @Test
    void append_afterTheHeadRowWasChangedUnseen_isRefused() throws Exception {
        append();
        overwrite(ledger.head().leaf().bytes(), true);

        assertThat(problemOf(this::append)).isEqualTo("ledger.changed");
    }

    @Test
    void append_afterTheFileWasDeleted_isRefused() throws Exception {
        Files.delete(path);

        assertThat(problemOf(this::append)).isEqualTo("ledger.moved");
        assertThat(problemOf(this::append)).isEqualTo("ledger.closed");
    }

    @Test
    void append_afterTheFileWasRenamed_isRefused() throws Exception {
        Files.move(path, folder.resolve("elsewhere.db"));

        assertThat(problemOf(this::append)).isEqualTo("ledger.moved");
    }

    @Test
    void append_afterTheFileWasReplacedByItsCopy_isRefused() throws Exception {
        Path copy = folder.resolve("copy.db");
        ledger.copyTo(copy);
        Files.move(copy, path, StandardCopyOption.REPLACE_EXISTING);

        assertThat(problemOf(this::append)).isEqualTo("ledger.moved");
    }

    /// Killed at any moment, as it writes as fast as it can: five times, and a hundred times in the long form.
    @Test
    @Timeout(600)
    void open_afterTheProcessWasKilled_hasEveryEntryThatItCalledKept() throws Exception {
        ledger.close();
        var random = new Random(9);
        var kept = new ArrayList<String>();
        int kills = LongForm.either(5, 100);
        for (int kill = 0; kill < kills; kill++) {
            kept.addAll(killAfter(5 + random.nextInt(40)));
            ledger = fixture.open(path);
            for (String line : kept) {
                String[] words = line.split(" ", -1);
                Entry entry = ledger.entry(Long.parseLong(words[1]));
                assertThat(entry.leaf().hex()).isEqualTo(words[2]);
            }
            ledger.close();
        }
        if (LongForm.wanted()) {
            System.out.println(kills + " kills, " + kept.size() + " entries kept, none lost");
        }
    }

    /// What it called kept, also between our last look and its end.
    private List<String> killAfter(int entries) throws Exception {
        Process child = new ProcessBuilder(LedgerChild.command("append", path.toString())).start();
        var kept = new ArrayList<String>();
        try (BufferedReader lines = child.inputReader()) {
            for (int i = 0; i < entries; i++) {
                kept.add(lines.readLine());
            }
            // Not through the process itself, which would throw away what it has said meanwhile.
            child.toHandle().destroyForcibly();
            child.waitFor();
            lines.lines().filter(line -> line.matches("kept \\d+ [0-9a-f]{64}")).forEach(kept::add);
        }
        return kept;
    }

    /// Runs these commands on a disk of their own, which is gone afterwards.
    private List<String> onADisk(String size, String... commands) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        String script = "set -e; mount -t tmpfs -o size=" + size + " tmpfs " + disk + "; trap 'umount -l " + disk
                + "' EXIT; " + String.join("; ", commands);
        var command = new ArrayList<>(namespace());
        command.addAll(List.of("sh", "-c", script));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as(() -> "a mount namespace of our own: " + output + errors())
                .isZero();
        return output.lines().toList();
    }

    /// With a user namespace where that is allowed; in a chroot it is not, and root needs none.
    private static List<String> namespace() throws Exception {
        Process probe = new ProcessBuilder("unshare", "-rm", "true")
                .redirectErrorStream(true)
                .start();
        probe.getInputStream().readAllBytes();
        return probe.waitFor() == 0
                ? List.of("unshare", "-rm")
                : List.of("unshare", "-m", "--propagation", "unchanged");
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String child(String what) {
        return "'"
                + String.join(
                        "' '",
                        LedgerChild.command(
                                what, folder.resolve("disk/ledger.db").toString())) + "'";
    }

    @Test
    void append_onAFullDisk_isUnknownAndOpensAgainWithAllThatWasKept() throws Exception {
        List<String> said = onADisk("3m", child("fill"));

        assertThat(said).startsWith("intent ledger.space", "ledger.unknown", "ledger.closed", "ballast false");
        assertThat(said.getLast()).matches("kept (\\d+) found \\1");
    }

    @Test
    void open_onAReadOnlyDisk_saysSo() throws Exception {
        List<String> said =
                onADisk("8m", child("found"), "mount -o remount,ro " + folder.resolve("disk"), child("open"));

        assertThat(said).containsExactly("ledger.read_only");
    }

    @Test
    void verify_onAReadOnlyDisk_judgesACopy() throws Exception {
        List<String> said = onADisk(
                "8m",
                child("found"),
                "mount -o remount,ro " + folder.resolve("disk"),
                child("verify") + " '" + folder + "'");

        assertThat(said).containsExactly("findings []");
    }

    @Test
    void create_onADiskThatIsTooSmall_leavesNoLedger() throws Exception {
        List<String> said = onADisk("16k", child("found"), "ls " + folder.resolve("disk"));

        assertThat(said).contains("ledger.full").doesNotContain("ledger.db");
    }

    @Test
    void verify_ofALedgerThatIsOpen_isRefusedAndHarmsNothing() throws Exception {
        Judges.Judgement judgement = Judges.java(path, Expectations.NONE);

        assertThat(judgement).isEqualTo(new Judges.Judgement(3, List.of("file file.in_use")));
        // Had the verifier opened and closed the file, our locks on it would be gone.
        write_ofADatabaseToolWhileItIsOpen_isLockedOut();
    }

    /// Leaves the ledger in the middle of a transaction that has reached the file already.
    private void crashInATransaction() throws Exception {
        Process crash = python("""
                import os, sqlite3, sys
                ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
                for setting in ('cache_size=1', 'cache_spill=1'):
                    ledger.execute('PRAGMA ' + setting)
                ledger.execute('BEGIN IMMEDIATE')
                ledger.execute('DROP TRIGGER entry_no_update')
                ledger.execute("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'run', 'fun') AS BLOB)")
                for i in range(200):
                    ledger.execute('INSERT INTO artefact VALUES (?, ?)', (os.urandom(32), os.urandom(5000)))
                os._exit(9)
                """, path);
        assertThat(output(crash)).isEmpty();
    }

    @Test
    void verify_ofALedgerWithAHotJournal_rollsTheCopyBackAndLeavesTheOriginal() throws Exception {
        Head head = ledger.head();
        ledger.close();
        crashInATransaction();
        Path journal = folder.resolve("ledger.db-journal");
        byte[] file = Files.readAllBytes(path);
        byte[] unfinished = Files.readAllBytes(journal);
        assertThat(unfinished).isNotEmpty();

        Judges.Judgement judgement = Judges.java(path, Expectations.NONE);

        assertThat(judgement).isEqualTo(new Judges.Judgement(0, List.of()));
        assertThat(Files.readAllBytes(path)).isEqualTo(file);
        assertThat(Files.readAllBytes(journal)).isEqualTo(unfinished);
        assertThat(output(Judges.command(path.toString(), "--json"))).contains("\"file.journal\"");
        ledger = fixture.open(path);
        assertThat(ledger.head()).isEqualTo(head);
    }

    @Test
    void verify_besideAJournalThatNamesAnotherFile_isRefused() throws Exception {
        ledger.close();
        Path victim = Files.writeString(folder.resolve("victim"), "");
        var journal = new ByteArrayOutputStream();
        journal.write(new byte[512]);
        journal.write(victim.toString().getBytes(UTF_8));
        journal.write(HexFormat.of().parseHex("d9d505f920a163d7"));
        Files.write(folder.resolve("ledger.db-journal"), journal.toByteArray());

        assertThat(Judges.java(path, Expectations.NONE).findings()).containsExactly("file file.journal");
        assertThat(victim).exists();
    }

    @Test
    void command_ofThePythonVerifier_endsWithTheCodeOfItsVerdict() throws Exception {
        ledger.close();
        Path trust = Files.writeString(folder.resolve("trust.json"), "{\"ledger\":1}");
        Path list = Files.writeString(folder.resolve("list.json"), "[]");

        assertThat(Judges.command(path.toString()).waitFor()).isZero();
        assertThat(Judges.command(path.toString(), "--anchor", "99:" + "A".repeat(43) + "=")
                        .waitFor())
                .isEqualTo(1);
        assertThat(Judges.command(folder.resolve("none").toString()).waitFor()).isEqualTo(3);
        assertThat(Judges.command().waitFor()).isEqualTo(2);
        assertThat(Judges.command(path.toString(), "--anchor", "5").waitFor()).isEqualTo(2);
        for (String file : List.of(trust.toString(), list.toString(), "none")) {
            assertThat(Judges.command(path.toString(), "--trust", file).waitFor())
                    .isEqualTo(3);
        }
        RawLedger raw = RawLedger.read(path);
        raw.remove(2);
        raw.write(path);
        Process process = Judges.command(path.toString());
        assertThat(output(process)).contains("entry 2: error entry.seq", "not sound");
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void verify_withAListener_tellsHowFarItIs() {
        ledger.close();
        var told = new ArrayList<Long>();
        VerifyProgress progress = (done, total) -> told.add(total - done);
        VerifyLedgerFile.verify(path, folder, Expectations.NONE, progress);

        assertThat(told).endsWith(0L);
        assertThat(Optional.of(folder.toFile().list((dir, name) -> name.startsWith("verify-")))
                        .orElseThrow())
                .isEmpty();
    }
}
