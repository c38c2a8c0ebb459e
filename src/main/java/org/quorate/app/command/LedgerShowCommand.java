package org.quorate.app.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.app.site.LedgerLines;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.VisibleText;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Growth;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.Proofs;
import org.quorate.ledger.Tree;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `quorate ledger show`: one entry whole, and where it stands in the tree.
@CommandLine.Command(name = "show")
final class LedgerShowCommand extends LedgerReading {
    @Parameters(paramLabel = "SEQ", index = "0", descriptionKey = "seq")
    private long seq;

    LedgerShowCommand(SiteFolder defaultHome) {
        super(defaultHome);
    }

    @Override
    Exit read(Opened opened, Output output) {
        LedgerRow row = opened.reader().row(seq);
        Optional<Entry> entry = new LedgerLines().line(row).entry();
        String leaf = Proofs.leafOf(row.body()).hex();
        String stored = java.util.HexFormat.of().formatHex(row.leaf());
        Json.Builder json = opened.json().put("seq", seq).put("leaf", stored);
        var lines = new ArrayList<String>(opened.warning().stream().toList());
        if (entry.isPresent()) {
            Json.Obj body = Json.parseObject(row.body());
            json.put("entry", body);
            body.pretty().lines().map(VisibleText::of).forEach(lines::add);
        } else {
            lines.add(new LedgerLines().line(row).words());
            lines.add(VisibleText.of(new String(row.body(), StandardCharsets.UTF_8)));
        }
        lines.add(Texts.get("app.ledger.show.leaf", stored));
        if (!leaf.equals(stored)) {
            lines.add(Texts.get("app.ledger.show.leaf_differs", leaf));
        }
        opened.copy()
                .sound()
                .ifPresentOrElse(
                        sound -> prove(opened, sound, json, lines),
                        () -> lines.add(Texts.get("app.ledger.show.no_proof")));
        entry.filter(e -> e.is(EntryType.STATEMENT)).ifPresent(statement -> {
            lines.add(Texts.get("app.ledger.show.text"));
            statement
                    .data()
                    .optionalString("text")
                    .orElse("")
                    .lines()
                    .map(VisibleText::of)
                    .forEach(lines::add);
        });
        output.answer(json.build(), lines);
        return opened.exit();
    }

    private void prove(Opened opened, Growth sound, Json.Builder json, List<String> lines) {
        Optional<Checkpoint.Signed> checkpoint =
                opened.reader().newestCheckpoint(sound).filter(signed -> signed.size() > seq);
        Tree tree = sound.tree(
                checkpoint.map(Checkpoint.Signed::size).orElse(sound.head().size()));
        List<String> path = tree.inclusion(seq).stream().map(Digest::hex).toList();
        json.put(
                "proof",
                Json.obj()
                        .put("signed", checkpoint.isPresent())
                        .put("size", tree.size())
                        .put("root", tree.root().hex())
                        .put("path", Json.strings(path))
                        .build());
        String where = checkpoint.isPresent() ? "app.ledger.show.in_checkpoint" : "app.ledger.show.in_head";
        lines.add(Texts.get(where, tree.size(), tree.root().hex()));
        lines.add(Texts.get(path.isEmpty() ? "app.ledger.show.alone" : "app.ledger.show.path"));
        path.forEach(hash -> lines.add("  " + hash));
    }
}
