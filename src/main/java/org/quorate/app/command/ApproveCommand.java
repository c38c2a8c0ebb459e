package org.quorate.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.app.rehearsal.ApprovalRun;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ui.backstage.OpenSite.Deed;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate approve`: the approvers of a script sign it with their cards, one after the other, or withdraw that.
@CommandLine.Command(name = "approve")
public final class ApproveCommand extends Command {
    private final ApprovalRun run;

    @Parameters(paramLabel = "SCRIPT", index = "0", descriptionKey = "script")
    private Path script = Path.of("");

    @Option(names = "--home", paramLabel = "DIR")
    private Optional<Path> home = Optional.empty();

    @Option(names = "--withdraw")
    private boolean withdraw;

    @Option(names = "--headless")
    private boolean headless;

    public ApproveCommand(ApprovalRun run) {
        this.run = run;
    }

    @Override
    protected Exit run(Output output) {
        Deed deed = withdraw ? Deed.WITHDRAW : Deed.APPROVE;
        if (!headless) {
            run.inWindow(home, script, deed);
            return Exit.DONE;
        }
        ApprovalRun.Result result = run.headless(home, script, deed, output::progress);
        String text = result.file()
                .map(file -> Texts.get("app.approve.done", result.script().title(), file))
                .orElseGet(
                        () -> Texts.get("app.approve.withdrawn", result.script().title()));
        output.answer(
                Json.obj()
                        .put("script_sha256", result.script().digest().hex())
                        .put("approved", !withdraw)
                        .put("file", result.file().map(Path::toString))
                        .build(),
                List.of(text));
        return Exit.DONE;
    }
}
