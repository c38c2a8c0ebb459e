package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.Growth;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.sqlite.LedgerCopy;
import org.quorate.record.Attachments;
import org.quorate.record.Extract;

/// One ceremony in a folder, to be shown to those who may not see the rest of the ledger: the same extract and
/// checkpoint that a record carries, the artefacts that its entries name, and the verifiers. The folder appears
/// whole or not at all.
public final class CeremonyExport {
    static final String FORMAT = "quorate-export/1";
    static final String ARTEFACTS = "artefacts";
    static final String EXTRACT_VERIFIER = "quorate_verify_extract.py";

    private final LedgerCopy copy;
    private final LedgerReader reader;
    private final Growth sound;

    public CeremonyExport(LedgerCopy copy, LedgerReader reader, Growth sound) {
        this.copy = copy;
        this.reader = reader;
        this.sound = sound;
    }

    /// @param leftOut entries of the ceremony that no checkpoint covers yet
    public record Result(Path folder, int entries, long checkpoint, int artefacts, long leftOut) {}

    public Result write(UUID ceremony, Path folder) {
        Checkpoint.Signed checkpoint = reader.requireCheckpoint(sound);
        var tree = sound.tree(checkpoint.size());
        Extract extract = Extract.of(around(ceremony), ceremony, checkpoint, tree::inclusion);
        if (extract.ceremony().isEmpty()) {
            throw Problem.of("app.ledger.no_checkpoint", checkpoint.size()).asException();
        }
        Set<Digest> artefacts = new TreeSet<>();
        extract.entries().forEach(entry -> artefacts.addAll(EntryCodec.named(entry)));
        long leftOut = sound.ofCeremony(ceremony)
                .filter(seq -> seq >= checkpoint.size())
                .count();
        try {
            requireEmpty(folder);
            Path unfinished = folder.toAbsolutePath().resolveSibling(folder.getFileName() + ".new");
            Trees.delete(unfinished);
            fill(unfinished, extract, checkpoint, artefacts);
            // An empty folder may stand there; one that got something in it meanwhile makes this fail.
            Files.move(unfinished, folder.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Problem.of("app.ledger.not_written", folder).causedBy(e);
        }
        return new Result(folder, extract.lines().size(), checkpoint.size(), artefacts.size(), leftOut);
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        boolean empty = false;
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                empty = files.findAny().isEmpty();
            }
        }
        if (!empty) {
            throw Problem.of("app.ledger.folder_in_use", folder).asException();
        }
    }

    /// What an extract chooses from; a whole ledger may be too much to hold.
    private List<Entry> around(UUID ceremony) {
        var entries = new ArrayList<Entry>();
        reader.eachEntry(entry -> {
            if (entry.ceremony().isEmpty()
                    || entry.ceremony().equals(Optional.of(ceremony))
                    || entry.type().isAboutKeys()) {
                entries.add(entry);
            }
        });
        return entries;
    }

    private void fill(Path folder, Extract extract, Checkpoint.Signed checkpoint, Set<Digest> artefacts)
            throws IOException {
        Files.createDirectories(folder.resolve(ARTEFACTS));
        EvidenceFolder.write(folder.resolve(Attachments.EXTRACT), extract.toBytes());
        EvidenceFolder.write(folder.resolve(Attachments.CHECKPOINT), checkpoint.note());
        TrustFile trust = TrustFile.of(extract.entries().getFirst());
        EvidenceFolder.write(folder.resolve(Attachments.TRUST), trust.toJson().pretty());
        for (Digest artefact : artefacts) {
            byte[] bytes = copy.artefact(artefact)
                    .orElseThrow(() -> new IllegalStateException("a sound ledger holds what it names"));
            EvidenceFolder.write(folder.resolve(ARTEFACTS).resolve(artefact.hex()), bytes);
        }
        EvidenceFolder.write(folder.resolve(Attachments.VERIFIER), Verifiers.ofLedgers());
        EvidenceFolder.write(folder.resolve(EXTRACT_VERIFIER), Verifiers.ofExtracts());
        EvidenceFolder.write(
                folder.resolve(EvidenceFolder.MANIFEST), manifest(folder).pretty());
    }

    private Json.Obj manifest(Path folder) throws IOException {
        var files = new ArrayList<Json>();
        for (String name : Trees.files(folder)) {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            files.add(Json.obj()
                    .put("name", name)
                    .put("sha256", Digest.of(bytes).hex())
                    .put("bytes", bytes.length)
                    .build());
        }
        return Json.obj()
                .put("format", FORMAT)
                .put("mode", sound.genesis().mode().wire())
                .put("files", Json.array(files))
                .build();
    }
}
