package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.ProblemException;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.LedgerFixture;

/// Another process with a ledger, for tests that need one: to hold it, to be killed, or to live on a disk of its own.
/// It says each thing it did on a line.
public final class LedgerChild {
    private LedgerChild() {}

    /// @param arguments what to do, and the ledger
    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[1]);
        try {
            switch (arguments[0]) {
                case "hold" -> hold(path);
                case "append" -> append(path);
                case "fill" -> fill(path);
                case "verify" ->
                    say("findings "
                            + Judges.java(path, Path.of(arguments[2]), Expectations.NONE)
                                    .findings());
                case "found" -> new LedgerFixture().create(path).close();
                case "open" -> say("opened " + reopened(path));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (ProblemException e) {
            say(e.problem().id());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static long reopened(Path path) {
        try (SqliteLedger ledger = new LedgerFixture().open(path)) {
            return ledger.head().size();
        }
    }

    private static void hold(Path path) throws IOException {
        try (SqliteLedger ledger = new LedgerFixture().open(path)) {
            say("holding " + ledger.head().size());
            while (System.in.read() >= 0) {
                // until the test lets go
            }
        }
    }

    /// Until it is killed.
    private static void append(Path path) {
        try (SqliteLedger ledger = new LedgerFixture().open(path)) {
            while (true) {
                Entry entry = ledger.append(LedgerFixture.observation("n", "v"));
                say("kept " + entry.seq() + " " + entry.leaf().hex());
            }
        }
    }

    /// Until the disk is full; then opens the ledger again.
    private static void fill(Path path) {
        SqliteLedger ledger = new LedgerFixture().create(path);
        long kept = ledger.head().size();
        try {
            ledger.append(Draft.ofLedger(
                    EntryType.INTENT,
                    LedgerFixture.generate("00".repeat(16)).with("quorum", Json.integers(List.of()))));
        } catch (ProblemException e) {
            say("intent " + e.problem().id());
        }
        try {
            while (kept < 10_000) {
                kept = ledger.append(LedgerFixture.observation("n", "v".repeat(20_000)))
                                .seq()
                        + 1;
            }
        } catch (ProblemException e) {
            say(e.problem().id());
        }
        try {
            ledger.append(LedgerFixture.observation("n", "v"));
        } catch (ProblemException e) {
            say(e.problem().id());
        }
        say("ballast " + Files.exists(path.resolveSibling(path.getFileName() + ".ballast")));
        say("kept " + kept + " found " + reopened(path));
    }

    /// The command that runs this class.
    public static List<String> command(String... arguments) {
        return command(LedgerChild.class, arguments);
    }

    /// The command that runs `main` as the tests are run.
    public static List<String> command(Class<?> main, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
