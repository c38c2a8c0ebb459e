package org.quorate.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.quorate.app.site.ScriptFiles;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.script.Script;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate print`: the script as it is approved, carried into the room and initialled.
@CommandLine.Command(name = "print")
public final class PrintCommand extends Command {
    private final ScriptFiles scripts;
    private final Function<Script, byte[]> printer;

    @Parameters(paramLabel = "SCRIPT", index = "0", descriptionKey = "script")
    private Path script = Path.of("");

    @Option(names = "-o", paramLabel = "FILE.pdf", required = true)
    private Path out = Path.of("");

    public PrintCommand(ScriptFiles scripts, Function<Script, byte[]> printer) {
        this.scripts = scripts;
        this.printer = printer;
    }

    @Override
    protected Exit run(Output output) {
        Script approved = scripts.read(Optional.of(script));
        byte[] pdf = printer.apply(approved);
        NewFile.write(out, pdf);
        output.answer(
                Json.obj()
                        .put("file", out.toString())
                        .put("script_sha256", approved.digest().hex())
                        .put("sha256", Digest.of(pdf).hex())
                        .build(),
                List.of(Texts.get("app.print.done", out, approved.digest().grouped())));
        return Exit.DONE;
    }
}
