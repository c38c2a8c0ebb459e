package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.SqliteLedger;

/// Shipped scripts, held one after the other on one practice site, as an organisation would.
abstract class OnOneSite {
    static final Path SCRIPTS = Path.of("ceremony-scripts");

    @TempDir
    Path folder;

    final Path stick() {
        return folder.resolve("stick");
    }

    /// Holds a ceremony and has its evidence verified.
    final Path hold(Path script, Object... more) {
        Path out = folder.resolve(script.getFileName() + ".out");
        var words = new ArrayList<Object>(
                List.of("rehearse", script, "--headless", "--home", folder.resolve("site"), "--out", out));
        words.addAll(List.of(more));
        Ended held = Program.run(words.toArray());
        assertThat(held.code()).as(script + ": " + held.err()).isZero();
        assertThat(Program.run("verify", out).code()).as(script + " verified").isZero();
        return out;
    }

    final Path hold(String script, Object... more) {
        return hold(SCRIPTS.resolve(script + ".yaml"), more);
    }

    /// Of every observation of this name in the newest ceremony of a script, what it says.
    final List<Json.Obj> observed(String script, String name) {
        return entries(script, EntryType.OBSERVATION).stream()
                .map(Entry::data)
                .filter(data -> data.string("name").equals(name))
                .toList();
    }

    /// What was done to tokens, in order: operation, key where there is one, and the token's role.
    final List<String> done(String script) {
        List<Long> settled = entries(script, EntryType.OUTCOME).stream()
                .map(Entry::data)
                .filter(data -> data.string("result").equals("done"))
                .map(data -> data.integer("intent"))
                .toList();
        return entries(script, EntryType.INTENT).stream()
                .filter(intent -> settled.contains(intent.seq()))
                .map(Entry::data)
                .map(data -> Stream.of(
                                data.string("op"), data.optionalString("key").orElse(""), data.string("token_role"))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    final List<Entry> entries(String script, EntryType type) {
        return ofNewest(script).stream().filter(entry -> entry.is(type)).toList();
    }

    private List<Entry> ofNewest(String script) {
        try (SqliteLedger ledger = SqliteLedger.open(
                folder.resolve("site/ledger.db"),
                new SystemClock(),
                UUID.randomUUID(),
                Expectations.NONE,
                VerifyProgress.NONE)) {
            String digest = Digest.of(Files.readAllBytes(SCRIPTS.resolve(script + ".yaml")))
                    .artefactName();
            UUID newest = ledger.range(0, ledger.head().size()).stream()
                    .filter(entry -> entry.is(EntryType.CEREMONY_OPEN)
                            && entry.data().string("script").equals(digest))
                    .map(entry -> entry.ceremony().orElseThrow())
                    .reduce((first, second) -> second)
                    .orElseThrow();
            return ledger.ofCeremony(newest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean matches(Json.Obj observation) {
        return observation.string("verdict").equals("matches");
    }

    static String read(Path record) throws Exception {
        Process process = new ProcessBuilder("pdftotext", record.toString(), "-")
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
