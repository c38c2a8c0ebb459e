package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;
import org.quorate.app.site.Trees;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Draft;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.sqlite.SqliteLedger;

/// One ceremony in a folder says all about itself, and nothing about another.
class LedgerExportTest {
    private static final UUID OTHER = UUID.fromString("eeeeeeee-0000-4000-8000-000000000001");
    private static final Path PYTHON = Path.of("docs/verify/quorate_verify_extract.py");

    @TempDir
    private static Path shared;

    private static Path exported;
    private static Ended made;

    @TempDir
    private Path folder;

    @BeforeAll
    static void export() throws IOException {
        Path file = shared.resolve("ledger.db");
        var fixture = new LedgerFixture();
        try (SqliteLedger ledger = fixture.create(file)) {
            ledger.append(Draft.ofCeremony(
                    EntryType.CEREMONY_OPEN,
                    OTHER,
                    Json.obj().put("title", "Secret title").build()));
            fixture.play(ledger);
            ledger.append(Draft.ofCeremony(
                    EntryType.CEREMONY_CLOSE, OTHER, Json.obj().put("steps", 0).build()));
            ledger.append(Checkpoint.of(ledger).draft(fixture.console));
        }
        exported = shared.resolve("exported");
        made = Program.run("ledger", "export", "cccccccc", "-o", exported, "--ledger", file, "--json");
        // The rest of the ledger is gone from here on.
        Files.delete(file);
    }

    private Path copy() throws IOException {
        Path copy = folder.resolve("copy");
        Trees.copy(exported, copy);
        return copy;
    }

    @Test
    void export_holdsTheCeremony_andNothingOfAnother() throws IOException {
        assertThat(made.code()).as(made.out() + made.err()).isZero();
        assertThat(made.json().string("ceremony")).isEqualTo(LedgerFixture.CEREMONY.toString());
        assertThat(made.json().integer("left_out")).isZero();
        assertThat(Trees.files(exported))
                .contains(
                        "checkpoint.txt",
                        "ledger-extract.jsonl",
                        "manifest.json",
                        "quorate_verify.py",
                        "quorate_verify_extract.py",
                        "trust.json")
                .anyMatch(name -> name.startsWith("artefacts/"));
        assertThat(Files.readString(exported.resolve("ledger-extract.jsonl"))).doesNotContain("Secret title");
    }

    @Test
    void verify_withTheRestOfTheLedgerGone_isYes_andSaysWhatItIs() throws Exception {
        Ended ended = Program.run("verify", exported);
        Ended python = Program.python(exported.resolve("quorate_verify_extract.py"), exported);

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out())
                .contains("the part of a ledger about one ceremony")
                .contains("signatures by cards hold")
                .contains("1 artefacts");
        assertThat(python.code()).as(python.out()).isZero();
        assertThat(Program.run("verify", "--trust", exported.resolve("trust.json"), exported)
                        .code())
                .isZero();
    }

    @Test
    void verify_withAByteChangedInAnyFile_isNo() throws Exception {
        for (String name : Trees.files(exported)) {
            Path copy = copy();
            byte[] bytes = Files.readAllBytes(copy.resolve(name));
            bytes[bytes.length / 2] ^= 1;
            Files.write(copy.resolve(name), bytes);
            assertThat(Program.run("verify", copy).code()).as(name).isEqualTo(1);
            assertThat(Program.python(PYTHON, copy).code()).as(name).isEqualTo(1);
            Trees.delete(copy);
        }
    }

    /// Someone who makes the manifest fit, too.
    private static void rewrite(Path copy, String name, byte[] bytes) throws IOException {
        String manifest = Files.readString(copy.resolve("manifest.json"));
        String before = Digest.of(Files.readAllBytes(copy.resolve(name))).hex();
        Files.write(copy.resolve(name), bytes);
        assertThat(manifest).contains(before);
        Files.writeString(
                copy.resolve("manifest.json"),
                manifest.replaceFirst(
                        "(\"sha256\" *: *\")" + before, "$1" + Digest.of(bytes).hex()));
    }

    private void assertBothSayNo(Path copy, String word) throws Exception {
        Ended ended = Program.run("verify", copy);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains(word);
        assertThat(Program.python(PYTHON, copy).code()).isEqualTo(1);
        Trees.delete(copy);
    }

    @Test
    void verify_withTheManifestMadeToFit_isStillNo() throws Exception {
        Path copy = copy();
        String extract = Files.readString(copy.resolve("ledger-extract.jsonl"));
        rewrite(
                copy,
                "ledger-extract.jsonl",
                extract.replace("I approve this act.", "I approve that act.")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertBothSayNo(copy, "does not hash to its leaf");

        Path again = copy();
        List<String> lines = extract.lines().toList();
        rewrite(
                again,
                "ledger-extract.jsonl",
                (String.join("\n", lines.subList(1, lines.size())) + "\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertBothSayNo(again, "The extract:");

        Path artefact = copy();
        String name = Trees.files(artefact).stream()
                .filter(file -> file.startsWith("artefacts/"))
                .findFirst()
                .orElseThrow();
        rewrite(artefact, name, new byte[] {1});
        assertBothSayNo(artefact, "The artefact");

        Path note = copy();
        String text = Files.readString(note.resolve("checkpoint.txt"));
        rewrite(
                note,
                "checkpoint.txt",
                text.replaceFirst("\n([0-9]+)\n", "\n9$1\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertBothSayNo(note, "The extract:");
    }

    @Test
    void export_intoAFolderWithSomethingInIt_isRefused() throws IOException {
        Path file = folder.resolve("ledger.db");
        var fixture = new LedgerFixture();
        try (SqliteLedger ledger = fixture.create(file)) {
            fixture.play(ledger);
        }
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("mine"), "mine");
        Path empty = Files.createDirectories(folder.resolve("empty"));

        Ended refused = Program.run("ledger", "export", LedgerFixture.CEREMONY, "-o", full, "--ledger", file, "--json");
        Ended unknown = Program.run("ledger", "export", "ffff", "-o", empty, "--ledger", file, "--json");
        Ended into = Program.run("ledger", "export", LedgerFixture.CEREMONY, "-o", empty, "--ledger", file);

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.json().string("problem")).isEqualTo("app.ledger.folder_in_use");
        assertThat(Trees.files(full)).containsExactly("mine");
        assertThat(unknown.json().string("problem")).isEqualTo("app.ledger.no_ceremony");
        assertThat(into.code()).isZero();
        assertThat(Program.run("verify", empty).code()).isZero();
    }
}
