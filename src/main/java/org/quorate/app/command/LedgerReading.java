package org.quorate.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.quorate.app.site.LedgerPlace;
import org.quorate.app.site.LedgerReader;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Finding;
import org.quorate.ledger.sqlite.LedgerCopy;
import picocli.CommandLine.Option;

/// A command that reads a ledger, of the practice site unless told otherwise, from a verified copy.
abstract class LedgerReading extends Command {
    private final SiteFolder defaultHome;

    @Option(names = "--ledger", paramLabel = "FILE")
    private Optional<Path> ledger = Optional.empty();

    @Option(names = "--home", paramLabel = "DIR")
    private Optional<Path> home = Optional.empty();

    LedgerReading(SiteFolder defaultHome) {
        this.defaultHome = defaultHome;
    }

    /// The ledger that is read.
    record Opened(Path file, LedgerCopy copy, LedgerReader reader) {
        /// The first rule that it does not keep.
        Optional<Finding> error() {
            return copy.verification().firstError();
        }

        /// What a reader must know before anything else.
        Optional<String> warning() {
            return error().map(error -> Texts.get("app.ledger.not_sound", file, LedgerReader.words(error)));
        }

        Json.Builder json() {
            Json.Builder json = Json.obj().put("ledger", file.toString()).put("sound", error().isEmpty());
            error().ifPresent(error -> json.put("error", error.toJson()));
            return json;
        }

        /// How a command ends that shows what is there, sound or not.
        Exit exit() {
            return error().isEmpty() ? Exit.DONE : Exit.NO;
        }
    }

    /// The site whose ledger is read; empty where only a file was named.
    final Optional<SiteFolder> site() {
        return ledger.isPresent() ? Optional.empty() : Optional.of(folder());
    }

    private SiteFolder folder() {
        return home.map(path -> new SiteFolder(path.toAbsolutePath())).orElse(defaultHome);
    }

    /// Reads what the command line says, before any ledger is opened.
    void prepare() {}

    abstract Exit read(Opened opened, Output output);

    @Override
    protected final Exit run(Output output) {
        if (ledger.isPresent() && home.isPresent()) {
            throw misuse(Texts.get("app.ledger.one_of"));
        }
        prepare();
        LedgerPlace place = ledger.map(LedgerPlace::of).orElseGet(() -> LedgerPlace.of(folder()));
        try (LedgerCopy copy = place.read()) {
            return read(new Opened(place.file(), copy, new LedgerReader(copy)), output);
        }
    }
}
