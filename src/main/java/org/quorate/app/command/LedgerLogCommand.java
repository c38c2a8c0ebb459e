package org.quorate.app.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.quorate.app.site.LedgerLines;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `quorate ledger log`: one line an entry. Of a ledger that is not sound it shows what there is, after saying so.
@CommandLine.Command(name = "log")
final class LedgerLogCommand extends LedgerReading {
    @Option(names = "--ceremony", paramLabel = "ID")
    private Optional<String> ceremony = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE")
    private List<String> types = new ArrayList<>();

    @Option(names = "--since", paramLabel = "TIME")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME")
    private Optional<String> until = Optional.empty();

    private Filter filter = new Filter(Set.of(), Instant.MIN, Instant.MAX);

    LedgerLogCommand(SiteFolder defaultHome) {
        super(defaultHome);
    }

    /// @param types none for all
    private record Filter(Set<EntryType> types, Instant since, Instant until) {
        boolean takes(Entry entry) {
            return (types.isEmpty() || types.contains(entry.type()))
                    && !entry.time().isBefore(since)
                    && entry.time().isBefore(until);
        }

        boolean takesAll() {
            return types.isEmpty() && since.equals(Instant.MIN) && until.equals(Instant.MAX);
        }
    }

    @Override
    void prepare() {
        var wanted = EnumSet.noneOf(EntryType.class);
        types.forEach(type -> wanted.add(EntryType.ofWire(type)
                .orElseThrow(() -> misuse(Texts.get("app.ledger.type_form", type, everyType())))));
        filter = new Filter(
                wanted,
                since.map(this::time).orElse(Instant.MIN),
                until.map(this::time).orElse(Instant.MAX));
    }

    private static String everyType() {
        return Arrays.stream(EntryType.values()).map(EntryType::wire).collect(Collectors.joining(", "));
    }

    @Override
    Exit read(Opened opened, Output output) {
        Optional<UUID> only = ceremony.map(beginning -> opened.reader().ceremony(beginning));
        output.answer(
                opened.warning().stream().toList(),
                "entries",
                taker -> each(opened, only, taker),
                opened.json().build());
        return opened.exit();
    }

    private void each(Opened opened, Optional<UUID> only, Consumer<Output.Item> taker) {
        var lines = new LedgerLines();
        opened.reader().each(row -> {
            LedgerLines.Line line = lines.line(row);
            // What is no entry is of no ceremony, type or time, and is left out only where one is asked for.
            boolean wanted = line.entry()
                    .map(entry -> filter.takes(entry)
                            && (only.isEmpty() || entry.ceremony().equals(only)))
                    .orElseGet(() -> filter.takesAll() && only.isEmpty());
            if (wanted) {
                taker.accept(new Output.Item(line.toJson(), line.text()));
            }
        });
    }
}
