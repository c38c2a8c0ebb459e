package org.quorate.app.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.quorate.app.site.LedgerPlace;
import org.quorate.app.site.LedgerReader;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.sqlite.LedgerCopy;
import org.quorate.script.Script;
import org.quorate.script.approval.Approvals;
import org.quorate.script.approval.OnPaper;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate print`: the script as it is approved, carried into the room and initialled.
@CommandLine.Command(name = "print")
public final class PrintCommand extends Command {
    private final ScriptFiles scripts;
    private final InstantSource clock;
    private final BiFunction<Script, OnPaper, byte[]> printer;

    @Parameters(paramLabel = "SCRIPT", index = "0", descriptionKey = "script")
    private Path script = Path.of("");

    @Option(names = "-o", paramLabel = "FILE.pdf", required = true)
    private Path out = Path.of("");

    @Option(names = "--home", paramLabel = "DIR")
    private Optional<Path> home = Optional.empty();

    public PrintCommand(ScriptFiles scripts, InstantSource clock, BiFunction<Script, OnPaper, byte[]> printer) {
        this.scripts = scripts;
        this.clock = clock;
        this.printer = printer;
    }

    @Override
    protected Exit run(Output output) {
        Script approved = scripts.read(Optional.of(script));
        OnPaper approval = home.map(path -> byTheLedger(approved, new SiteFolder(path.toAbsolutePath())))
                .orElseGet(() -> byTheFileBeside(approved));
        byte[] pdf = printer.apply(approved, approval);
        NewFile.write(out, pdf);
        output.answer(
                Json.obj()
                        .put("file", out.toString())
                        .put("script_sha256", approved.digest().hex())
                        .put("sha256", Digest.of(pdf).hex())
                        .put("approval", approval.words())
                        .build(),
                List.of(Texts.get("app.print.done", out, approved.digest().grouped()), approval.words()));
        return Exit.DONE;
    }

    private OnPaper byTheLedger(Script approved, SiteFolder site) {
        try (LedgerCopy copy = LedgerPlace.of(site).read()) {
            if (copy.sound().isEmpty()) {
                throw Problem.of("app.print.ledger_not_sound", site.ledger()).asException();
            }
            var entries = new ArrayList<Entry>();
            new LedgerReader(copy).eachEntry(entries::add);
            return OnPaper.of(Approvals.of(entries).standing(approved, clock.instant()));
        }
    }

    private OnPaper byTheFileBeside(Script approved) {
        return scripts.approvalBeside(script, approved).map(OnPaper::of).orElse(OnPaper.NONE);
    }
}
