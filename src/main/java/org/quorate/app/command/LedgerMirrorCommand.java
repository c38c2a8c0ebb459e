package org.quorate.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.quorate.app.site.LedgerMirror;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Growth;
import org.quorate.ledger.Head;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `quorate ledger mirror`: the same ledger on a second disk.
@CommandLine.Command(name = "mirror")
final class LedgerMirrorCommand extends SoundLedgerReading {
    @Parameters(paramLabel = "DIR", index = "0", descriptionKey = "folder")
    private Path folder = Path.of("");

    LedgerMirrorCommand(SiteFolder defaultHome) {
        super(defaultHome);
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        LedgerMirror.Result result = new LedgerMirror(opened.copy(), sound, opened.file()).in(folder);
        return switch (result) {
            case LedgerMirror.Result.Written written -> {
                var lines = new ArrayList<String>();
                lines.add(text("app.ledger.mirror.written", written.file(), written.head()));
                written.replaced().ifPresent(size -> lines.add(Texts.get("app.ledger.mirror.replaced", size)));
                Json.Builder json = json(opened, written.file(), written.head());
                written.replaced().ifPresent(size -> json.put("replaced", size));
                output.answer(json.build(), lines);
                yield Exit.DONE;
            }
            case LedgerMirror.Result.Same(var file, var head) -> {
                output.answer(json(opened, file, head).build(), List.of(text("app.ledger.mirror.same", file, head)));
                yield Exit.DONE;
            }
            case LedgerMirror.Result.Refused(var file, var why) -> {
                output.answer(
                        opened.json()
                                .put("mirror", file.toString())
                                .put("refused", why)
                                .build(),
                        List.of(why));
                yield Exit.NO;
            }
        };
    }

    private static Json.Builder json(Opened opened, Path file, Head head) {
        return opened.json()
                .put("mirror", file.toString())
                .put("size", head.size())
                .put("root", head.root().hex());
    }

    private static String text(String key, Path file, Head head) {
        return Texts.get(key, file, head.size(), head.root().grouped());
    }
}
