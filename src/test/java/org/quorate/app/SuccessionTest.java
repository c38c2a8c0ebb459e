package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;

/// The console's key is lost and a second ledger goes on from the first; both are judged by strangers.
class SuccessionTest {
    private static final Path CHANGE = Path.of("ceremony-scripts/officer-change.yaml");

    @TempDir
    private Path folder;

    @Test
    void newLedger_afterACeremony_carriesItsLastCheckpointAndKeepsBoth() throws Exception {
        Path home = folder.resolve("site");
        assertThat(rehearse(home, "first").code()).isZero();

        Ended second = rehearse(home, "second", "--new-ledger");

        assertThat(second.code()).as(second.err()).isZero();
        Path before = only(home, "ledger-");
        assertThat(only(home.resolve("mirror"), "ledger-")).exists();
        for (Path ledger : new Path[] {before, home.resolve("ledger.db")}) {
            assertThat(Program.run("verify", ledger).code()).isZero();
            assertThat(Program.python(Path.of("docs/verify/quorate_verify.py"), ledger)
                            .code())
                    .isZero();
        }
        assertThat(Program.run("verify", folder.resolve("second")).code()).isZero();
        String genesis =
                Program.run("ledger", "show", "0", "--home", home, "--json").out();
        String id = before.getFileName().toString().replaceAll("ledger-(.*)\\.db", "$1");
        assertThat(genesis).contains("\"previous\":\"quorate.invalid/" + id);
        // The new console's trust is not the old one's.
        assertThat(Program.run("verify", "--trust", only(home, "trust-"), home.resolve("ledger.db"))
                        .code())
                .isEqualTo(1);
    }

    @Test
    void rehearse_afterAStopBetweenTheRenames_finishesThem() throws Exception {
        Path home = folder.resolve("site");
        assertThat(rehearse(home, "first").code()).isZero();
        assertThat(rehearse(home, "second", "--new-ledger").code()).isZero();
        Path before = only(home, "ledger-");
        String id = before.getFileName().toString().replaceAll("ledger-(.*)\\.db", "$1");
        Path ready = Files.createDirectories(home.resolve("successor"));
        Files.writeString(ready.resolve("before"), id);
        Files.move(home.resolve("ledger.db"), ready.resolve("ledger.db"));
        Files.move(home.resolve("trust.json"), ready.resolve("trust.json"));
        Files.move(only(home, "trust-"), home.resolve("trust.json"));

        Ended third = rehearse(home, "third");

        assertThat(third.code()).as(third.err()).isZero();
        assertThat(ready).doesNotExist();
        assertThat(only(home, "trust-")).exists();
    }

    private Ended rehearse(Path home, String out, String... more) throws Exception {
        var arguments = Stream.concat(
                Stream.<Object>of("rehearse", CHANGE, "--headless", "--home", home, "--out", folder.resolve(out)),
                Stream.of(more));
        return Program.run(arguments.toArray());
    }

    private static Path only(Path in, String prefix) throws Exception {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
