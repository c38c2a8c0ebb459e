package org.quorate.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.app.site.QrText;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.AnchorLine;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Growth;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `quorate ledger anchor`: what the last page of a record says of the ledger, for those who keep it elsewhere.
@CommandLine.Command(name = "anchor")
final class LedgerAnchorCommand extends SoundLedgerReading {
    private static final int WORDS_A_LINE = 6;

    @Option(names = "-o", paramLabel = "FILE.png")
    private Optional<Path> out = Optional.empty();

    LedgerAnchorCommand(SiteFolder defaultHome) {
        super(defaultHome);
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        Checkpoint.Signed checkpoint = opened.reader().requireCheckpoint(sound);
        var anchor = new AnchorLine(checkpoint.size(), checkpoint.root());
        AnchorLine head = AnchorLine.of(sound.head());
        List<String> words = checkpoint.root().words();
        var qr = new QrText(checkpoint.note());
        out.ifPresent(file -> NewFile.write(file, qr.png()));
        Json.Builder json = opened.json()
                .put("size", checkpoint.size())
                .put("root", checkpoint.root().hex())
                .put("words", Json.strings(words))
                .put("anchor", anchor.toString())
                .put("note", checkpoint.note())
                .put("head", head.toString());
        out.ifPresent(file -> json.put("file", file.toString()));
        output.answer(json.build(), lines(anchor, words, head, qr));
        return Exit.DONE;
    }

    private List<String> lines(AnchorLine anchor, List<String> words, AnchorLine head, QrText qr) {
        var lines = new ArrayList<String>();
        lines.add(Texts.get("app.ledger.anchor.checkpoint", anchor.size()));
        for (int from = 0; from < words.size(); from += WORDS_A_LINE) {
            lines.add("  " + String.join(" ", words.subList(from, from + WORDS_A_LINE)));
        }
        lines.add(anchor.toString());
        out.ifPresentOrElse(
                file -> lines.add(Texts.get("app.ledger.anchor.picture", file)), () -> lines.addAll(qr.lines()));
        lines.add(Texts.get("app.ledger.anchor.head", head.size(), head));
        return lines;
    }
}
