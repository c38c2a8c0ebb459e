package org.quorate.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import org.quorate.app.site.CeremonyExport;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Texts;
import org.quorate.ledger.Growth;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate ledger export`: one ceremony for those who may not see the rest.
@CommandLine.Command(name = "export")
final class LedgerExportCommand extends SoundLedgerReading {
    @Parameters(paramLabel = "CEREMONY", index = "0", descriptionKey = "ceremony")
    private String ceremony = "";

    @Option(names = "-o", paramLabel = "DIR", required = true)
    private Path out = Path.of("");

    LedgerExportCommand(SiteFolder defaultHome) {
        super(defaultHome);
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        UUID id = opened.reader().ceremony(ceremony);
        CeremonyExport.Result result = new CeremonyExport(opened.copy(), opened.reader(), sound).write(id, out);
        var lines = new ArrayList<String>();
        lines.add(Texts.get(
                "app.ledger.export.written",
                result.entries(),
                result.checkpoint(),
                result.artefacts(),
                result.folder()));
        if (result.leftOut() > 0) {
            lines.add(Texts.get("app.ledger.export.left_out", result.leftOut()));
        }
        output.answer(
                opened.json()
                        .put("ceremony", id.toString())
                        .put("out", result.folder().toString())
                        .put("entries", result.entries())
                        .put("checkpoint", result.checkpoint())
                        .put("artefacts", result.artefacts())
                        .put("left_out", result.leftOut())
                        .build(),
                lines);
        return Exit.DONE;
    }
}
