package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;

/// A ceremony on a disk that fills up in the middle of it. It needs the right to mount a small disk in memory, and
/// fails where it has none.
class FullDiskTest {
    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=90m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "--lazy", disk.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }

    @Test
    void diskThatFillsUp_stopsTheCeremony_andFreedItGoesOn() throws Exception {
        Path home = disk.resolve("home");
        Path out = folder.resolve("out");
        Process process = Program.start(folder, "rehearse", "--headless", "--home", home, "--out", out);
        assertThat(new LedgerWatch(home.resolve("ledger.db")).await("generate-wrapping statement", 1, process))
                .isTrue();
        Path filler = fill();

        Ended stopped = Program.await(process, folder);

        assertThat(stopped.code()).as(stopped.err()).isEqualTo(3);
        // Whether the ledger, the HSM or the record met the full disk first, the way out is the same.
        assertThat(String.join(" ", stopped.problem()))
                .containsAnyOf("space", "disk is full")
                .doesNotContain("error in Quorate");
        Ended verified = Program.run("verify", home.resolve("ledger.db"));
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();

        Files.delete(filler);
        Ended resumed = Program.run("rehearse", "--headless", "--home", home, "--out", out);

        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(Program.run("verify", out).code()).isZero();
    }

    /// Writes until nothing fits any more.
    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream stream = Files.newOutputStream(filler)) {
            var block = new byte[4096];
            while (true) {
                stream.write(block);
            }
        } catch (IOException full) {
            assertThat(Files.size(filler)).isPositive();
        }
        return filler;
    }
}
