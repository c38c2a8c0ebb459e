package org.quorate.app.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.EntryProof;
import org.quorate.ledger.Growth;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate ledger prove`: what shows a stranger that one entry stands in the ledger.
@CommandLine.Command(name = "prove")
final class LedgerProveCommand extends SoundLedgerReading {
    @Parameters(paramLabel = "SEQ", index = "0", descriptionKey = "seq")
    private long seq;

    @Option(names = "-o", paramLabel = "FILE")
    private Optional<Path> out = Optional.empty();

    LedgerProveCommand(SiteFolder defaultHome) {
        super(defaultHome);
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        EntryProof proof = opened.reader().proof(sound, seq);
        Json.Builder json = opened.json()
                .put("seq", seq)
                .put("size", proof.checkpoint().size())
                .put("root", proof.checkpoint().root().hex())
                .put("proof", proof.text());
        if (out.isEmpty()) {
            output.answer(json.build(), proof.text().lines().toList());
            return Exit.DONE;
        }
        NewFile.write(out.get(), proof.text().getBytes(StandardCharsets.UTF_8));
        output.answer(
                json.put("file", out.get().toString()).build(),
                List.of(Texts.get(
                        "app.ledger.prove.written", seq, proof.checkpoint().size(), out.get())));
        return Exit.DONE;
    }
}
