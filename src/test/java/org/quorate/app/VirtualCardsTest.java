package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;
import org.quorate.base.Json;

/// A rehearsal whose cards lie in virtual readers, as people start it.
class VirtualCardsTest {
    private static final Path SHORT_SCRIPT = Path.of("ceremony-scripts/pin-rotation.yaml");

    @TempDir
    private Path folder;

    @Test
    void headlessRehearsal_throughRealReaders_leavesARecordThatVerifies() throws Exception {
        Path out = folder.resolve("out");
        Path home = folder.resolve("home");
        Ended placeless = Program.run("rehearse", "--headless", "--virtual-cards", "--home", home, "--out", out);
        assertThat(placeless.code()).isEqualTo(3);
        assertThat(placeless.err()).contains("PCSCLITE_CSOCK_NAME");
        // As the launcher makes it: short, because the path of a socket is.
        Path readers = Files.createTempDirectory("quorate-cards");
        var environment =
                Map.of("PCSCLITE_CSOCK_NAME", readers.resolve("pcscd.comm").toString());

        Process process = Program.start(
                folder,
                environment,
                "rehearse",
                "--headless",
                "--virtual-cards",
                "--home",
                home,
                "--out",
                out,
                SHORT_SCRIPT);

        Ended ended = Program.await(process, folder);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        Ended verified = Program.run("verify", out);
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("The record is signed, whole");
        Json.Obj manifest = Json.parseObject(Files.readAllBytes(out.resolve("manifest.json")));
        assertThat(manifest.string("mode")).isEqualTo("rehearsal");
        Ended log = Program.run("ledger", "log", "--ledger", out.resolve("ledger.db"), "--type", "cosign");
        assertThat(log.out().lines().count()).isGreaterThan(10);
        assertThat(readers).as("the service and its files are gone").doesNotExist();
    }

    /// The keys for sealed things (9D) work through APDUs as well as in files.
    @Test
    void splitLogin_throughRealReaders_opensSharesWithTheCards() throws Exception {
        String ledger = ledgerOf("split-login");

        assertThat(ledger).contains("share_opened", "shares_proven").doesNotContain("pin_not_replaced");
    }

    /// A card takes a new PIN by its PUK and by the PIN before through APDUs, and signs with it.
    @Test
    void newPins_throughRealReaders_areTakenByTheCards() throws Exception {
        String ledger = ledgerOf("card-pin");

        assertThat(ledger).contains("\"op\":\"change\"", "\"holds\":\"new\"").doesNotContain("\"holds\":\"unknown\"");
    }

    @Test
    void oneReader_inTheWindow_isWrongUse() {
        assertThat(Program.run("rehearse", "--one-reader", "--virtual-cards").code())
                .isEqualTo(2);
        assertThat(Program.run("rehearse", "--one-reader", "--headless", "--out", folder.resolve("out"))
                        .code())
                .isEqualTo(2);
    }

    /// After a rehearsal through virtual readers, whose record verifies.
    private String ledgerOf(String script) throws Exception {
        Path out = folder.resolve("out");
        Path readers = Files.createTempDirectory("quorate-cards");
        Process process = Program.start(
                folder,
                Map.of("PCSCLITE_CSOCK_NAME", readers.resolve("pcscd.comm").toString()),
                "rehearse",
                "--headless",
                "--virtual-cards",
                "--home",
                folder.resolve("home"),
                "--out",
                out,
                Path.of("ceremony-scripts", script + ".yaml"));

        Ended ended = Program.await(process, folder);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(Program.run("verify", out).code()).isZero();
        return Files.readString(out.resolve("ledger.db"), StandardCharsets.ISO_8859_1);
    }
}
