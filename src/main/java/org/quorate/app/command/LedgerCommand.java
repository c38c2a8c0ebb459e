package org.quorate.app.command;

import java.time.InstantSource;
import java.util.List;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Texts;
import picocli.CommandLine;

/// `quorate ledger`: what people ask of a ledger from a terminal. It does nothing by itself; its commands read,
/// and none writes to the ledger.
@CommandLine.Command(name = "ledger")
public final class LedgerCommand extends Command {
    private final SiteFolder defaultHome;
    private final InstantSource clock;
    private final ScriptFiles scripts;

    /// @param scripts reads the scripts that a ledger keeps
    public LedgerCommand(SiteFolder defaultHome, InstantSource clock, ScriptFiles scripts) {
        this.defaultHome = defaultHome;
        this.clock = clock;
        this.scripts = scripts;
    }

    @Override
    List<Command> commands() {
        return List.of(
                new LedgerLogCommand(defaultHome),
                new LedgerShowCommand(defaultHome),
                new LedgerProveCommand(defaultHome),
                new LedgerMirrorCommand(defaultHome),
                new LedgerExportCommand(defaultHome),
                new LedgerAnchorCommand(defaultHome),
                new LedgerCardsCommand(defaultHome),
                new LedgerReviewsCommand(defaultHome, clock),
                new LedgerDueCommand(defaultHome, clock, scripts));
    }

    @Override
    protected Exit run(Output output) {
        throw misuse(Texts.get("app.ledger.which"));
    }
}
