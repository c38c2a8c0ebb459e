package org.quorate.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sees a ledger grow that another process holds: entries stand in the file as text, and whoever only reads its bytes
/// disturbs no lock.
final class LedgerWatch {
    private static final Pattern ENTRY =
            Pattern.compile("\"seq\":(\\d+),\"step\":(?:null|\"([^\"]*)\"),\"ts\":\"[^\"]*\",\"type\":\"([a-z_]+)\"");

    private final Path ledger;

    LedgerWatch(Path ledger) {
        this.ledger = ledger;
    }

    /// Each entry as `step type`, by its number; `- type` where it belongs to no step.
    TreeMap<Long, String> entries() throws IOException {
        var entries = new TreeMap<Long, String>();
        if (Files.exists(ledger)) {
            Matcher found = ENTRY.matcher(Files.readString(ledger, StandardCharsets.ISO_8859_1));
            while (found.find()) {
                String step = found.group(2) == null ? "-" : found.group(2);
                entries.put(Long.parseLong(found.group(1)), step + " " + found.group(3));
            }
        }
        return entries;
    }

    /// Waits for the `count`th entry of this step and type, or for the end of the process.
    boolean await(String wanted, int count, Process process) throws IOException {
        Predicate<String> is = wanted::equals;
        while (process.isAlive()) {
            if (entries().values().stream().filter(is).count() >= count) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
