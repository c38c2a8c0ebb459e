package org.quorate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.sqlite.SqliteLedger;

/// A mirror goes on with its ledger, and is written over by nothing else.
class LedgerMirrorTest {
    @TempDir
    private Path folder;

    private final LedgerFixture fixture = new LedgerFixture();
    private Path file = Path.of("");
    private Path disk = Path.of("");
    private Path mirror = Path.of("");

    @BeforeEach
    void playACeremony() {
        file = folder.resolve("ledger.db");
        disk = folder.resolve("disk");
        mirror = disk.resolve("ledger.db");
        try (SqliteLedger ledger = fixture.create(file)) {
            fixture.play(ledger);
        }
    }

    private Ended mirror(Path from) {
        return Program.run("ledger", "mirror", disk, "--ledger", from, "--json");
    }

    private void grow(Path path, String what) {
        try (SqliteLedger ledger = fixture.open(path)) {
            ledger.append(LedgerFixture.observation("grown", what));
        }
    }

    /// What is there stays there, byte for byte.
    private void assertRefused(Path from, int code, String word) throws IOException {
        byte[] before = Files.readAllBytes(mirror);
        Ended ended = mirror(from);
        assertThat(ended.code()).as(ended.out()).isEqualTo(code);
        assertThat(ended.out()).contains(word);
        assertThat(Files.readAllBytes(mirror)).isEqualTo(before);
        try (var files = Files.list(disk)) {
            assertThat(files.filter(path -> path.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void mirror_ofAGrownLedger_replacesTheOlderOne() {
        assertThat(mirror(file).code()).isZero();
        long before = mirror(file).json().integer("size");
        grow(file, "more");

        Ended again = mirror(file);

        assertThat(again.code()).isZero();
        assertThat(again.json().integer("replaced")).isEqualTo(before);
        assertThat(again.json().integer("size")).isEqualTo(before + 1);
        assertThat(Program.run("verify", mirror).code()).isZero();
        assertThat(mirror(file).json().has("replaced")).isFalse();
    }

    @Test
    void mirror_overALongerOne_refuses() throws IOException {
        Path earlier = Files.copy(file, folder.resolve("earlier.db"));
        grow(file, "more");
        assertThat(mirror(file).code()).isZero();
        Files.delete(file);
        Files.move(earlier, file);

        assertRefused(file, 1, "was cut back");
    }

    @Test
    void mirror_overOneThatGrewDifferently_refuses() throws IOException {
        Path other = Files.copy(file, folder.resolve("other.db"));
        grow(file, "one");
        assertThat(mirror(file).code()).isZero();
        grow(other, "another");
        grow(other, "and more");
        Files.delete(file);
        Files.move(other, file);

        assertRefused(file, 1, "is not a beginning");
    }

    @Test
    void mirror_overThatOfAnotherLedger_refuses() throws IOException {
        Files.createDirectories(disk);
        var stranger = new LedgerFixture();
        var genesis = new org.quorate.ledger.Genesis(
                UUID.randomUUID(),
                org.quorate.ledger.Genesis.Mode.REHEARSAL,
                1,
                1,
                java.util.List.of(org.quorate.ledger.LedgerKey.ofConsole(stranger.console.spki())),
                java.util.Optional.empty());
        SqliteLedger.create(
                        mirror,
                        stranger.clock,
                        LedgerFixture.RUN,
                        new org.quorate.ledger.Founding(genesis, _ -> java.util.List.of()))
                .close();

        assertRefused(file, 1, "mirror of another ledger");
    }

    @Test
    void mirror_overADamagedOne_refuses() throws IOException {
        assertThat(mirror(file).code()).isZero();
        String bytes = new String(Files.readAllBytes(mirror), ISO_8859_1);
        Files.write(mirror, bytes.replace("aa".repeat(32), "ab".repeat(32)).getBytes(ISO_8859_1));

        assertRefused(file, 1, "The mirror there is not sound");
    }

    @Test
    void mirror_overAnotherFile_orBesideAJournal_isAProblem() throws IOException {
        Files.createDirectories(disk);
        Files.writeString(mirror, "my thesis");
        assertRefused(file, 3, "app.ledger.mirror_place");

        Files.delete(mirror);
        Files.writeString(disk.resolve("ledger.db-journal"), "unfinished");
        assertThat(mirror(file).json().string("problem")).isEqualTo("app.ledger.mirror_place");
        assertThat(mirror).doesNotExist();
    }

    @Test
    void mirror_overTheLedgerItself_isAProblem() {
        Ended ended = Program.run("ledger", "mirror", folder, "--ledger", file, "--json");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.json().string("problem")).isEqualTo("app.ledger.mirror_place");
    }
}
