package org.quorate.app.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Console;
import org.quorate.ledger.AnchorLine;
import org.quorate.ledger.CheckpointSigner;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.record.ShareSheet;
import org.quorate.record.pdf.SharePaper;
import org.quorate.script.Script;

/// The folder that an auditor is given: the signed record, a copy of the ledger, and what checks both. The manifest is
/// written last; a folder without one was not finished, and is finished when the ceremony is taken up again.
public final class EvidenceFolder implements Console {
    static final String LEDGER = "ledger.db";
    static final String RECORD = "record.pdf";
    static final String TRUST = "trust.json";
    static final String ANCHORS = "anchors.txt";
    private static final String FILES = "files";
    static final String ROOT_CERTIFICATE = "root-ca.pem";
    static final String CERTIFICATES = "certificates";
    static final String MANIFEST = "manifest.json";
    static final String FORMAT = "quorate-evidence/1";

    private final RecordsOfSite records;
    private final Path folder;
    private final Optional<Path> mirror;
    private final SqliteLedger ledger;
    private final ConsoleToken token;

    /// @param site where the records of earlier ceremonies lie
    /// @param mirror a folder on a second disk
    EvidenceFolder(SiteFolder site, UUID ceremony, Optional<Path> mirror, SqliteLedger ledger, ConsoleToken token) {
        this.records = new RecordsOfSite(site, ledger);
        this.folder = site.recordOf(ceremony);
        this.mirror = mirror;
        this.ledger = ledger;
        this.token = token;
    }

    static boolean isFinished(Path folder) {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    @Override
    public CheckpointSigner checkpoints() {
        return token.checkpoints();
    }

    @Override
    public List<MadeFile> makeRecord(UUID ceremony, Script script) {
        byte[] pdf = new RecordDesk(ledger, token).make(ceremony, script);
        try {
            Files.createDirectories(folder);
            write(folder.resolve(RECORD), pdf);
            return List.of(made(folder.resolve(RECORD)));
        } catch (IOException e) {
            throw Problem.of("app.evidence_not_written", folder).causedBy(e);
        }
    }

    @Override
    public Examined examine(Ceremony ceremony) {
        return records.examine(ceremony);
    }

    @Override
    public byte[] shareSheet(ShareSheet sheet) {
        return SharePaper.pdf(sheet);
    }

    @Override
    public Optional<Mirrored> mirror() {
        return mirror.map(place -> {
            return switch (new LedgerMirror(LedgerMirror.Original.of(ledger)).in(place)) {
                case LedgerMirror.Result.Written(var file, var head, var replaced) ->
                    new Mirrored(file.toString(), head);
                case LedgerMirror.Result.Same(var file, var head) -> new Mirrored(file.toString(), head);
                case LedgerMirror.Result.Refused(var file, var why) ->
                    throw Problem.of("app.mirror_refused", file, why).asException();
            };
        });
    }

    @Override
    public Evidence finish(UUID ceremony) {
        try {
            Files.createDirectories(folder.resolve(CERTIFICATES));
            if (!isFinished(folder)) {
                Files.deleteIfExists(folder.resolve(LEDGER));
                ledger.copyTo(folder.resolve(LEDGER));
                write(
                        folder.resolve(TRUST),
                        TrustFile.of(ledger.entry(0)).toJson().pretty());
                write(folder.resolve(ANCHORS), anchors());
                Ceremony held = Ceremony.of(ledger.ofCeremony(ceremony));
                writeCertificates(held);
                writeMadeFiles(held);
                write(folder.resolve(MANIFEST), manifest().pretty());
            }
            return new Evidence(folder, RECORD, files());
        } catch (IOException e) {
            throw Problem.of("app.evidence_not_written", folder).causedBy(e);
        }
    }

    /// A line for each anchor on record, and last size and root over all entries of the file beside it.
    private String anchors() {
        var lines = new ArrayList<String>();
        for (Entry entry : ledger.range(0, ledger.head().size())) {
            if (entry.is(EntryType.ANCHOR)) {
                String line = new AnchorLine(
                                entry.data().integer("size"),
                                new Digest(entry.data().string("root")))
                        .toString();
                if (!lines.contains(line)) {
                    lines.add(line);
                }
            }
        }
        lines.add(AnchorLine.of(ledger.head()).toString());
        return String.join("\n", lines) + "\n";
    }

    /// What the ceremony made for others, each as it was last.
    private void writeMadeFiles(Ceremony ceremony) throws IOException {
        for (Entry entry : ceremony.of(EntryType.OBSERVATION).toList()) {
            if (entry.data().string("name").equals("file_made")) {
                Path files = Files.createDirectories(folder.resolve(FILES));
                Digest hash = Digest.fromArtefactName(entry.data().string("artefact"));
                Files.write(
                        files.resolve(entry.data().object("detail").string("file")),
                        ledger.artefact(hash).orElseThrow());
            }
        }
    }

    /// The root certificate of this ceremony, and those of the record key and of everybody's card.
    private void writeCertificates(Ceremony ceremony) throws IOException {
        Path certificates = folder.resolve(CERTIFICATES);
        write(certificates.resolve("record-chain.pem"), Pem.of(token.records().chain()));
        var named = new HashSet<String>();
        for (var key : ledger.keys().countingAt(ledger.head().size())) {
            if (key.isPerson() && key.certificate().isPresent()) {
                String person = key.person().orElseThrow();
                // A person's further cards are told apart by their keys.
                String which = named.add(person) ? "" : "-" + key.id().hex().substring(0, 8);
                write(
                        certificates.resolve("card-" + person + which + ".pem"),
                        Pem.of(key.certificate().get()));
            }
        }
        for (Entry entry : ceremony.of(EntryType.OBSERVATION).toList()) {
            if (entry.data().string("name").equals("certificate")
                    && isRoot(entry.data().object("detail"))) {
                Digest hash = Digest.fromArtefactName(entry.data().string("artefact"));
                write(
                        folder.resolve(ROOT_CERTIFICATE),
                        Pem.of(ledger.artefact(hash).orElseThrow()));
            }
        }
    }

    /// Others are among the files that were handed out.
    private static boolean isRoot(Json.Obj certificate) {
        return certificate.string("subject").equals(certificate.string("issuer"));
    }

    private Json.Obj manifest() throws IOException {
        var files = new ArrayList<Json>();
        for (MadeFile file : files()) {
            if (!file.name().equals(MANIFEST)) {
                files.add(Json.obj()
                        .put("name", file.name())
                        .put("sha256", file.sha256().hex())
                        .put("bytes", file.bytes())
                        .build());
            }
        }
        return Json.obj()
                .put("format", FORMAT)
                .put("mode", ledger.genesis().mode().wire())
                .put("files", Json.array(files))
                .build();
    }

    private List<MadeFile> files() throws IOException {
        Map<String, Path> byName = new TreeMap<>();
        try (var walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile)
                    .forEach(file -> byName.put(folder.relativize(file).toString(), file));
        }
        var made = new ArrayList<MadeFile>();
        for (Path file : byName.values()) {
            made.add(made(file));
        }
        return made;
    }

    private MadeFile made(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return new MadeFile(folder.relativize(file).toString(), Digest.of(bytes), bytes.length);
    }

    static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The file appears whole, and is on the disk when this returns.
    static void write(Path file, byte[] bytes) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.write(
                unfinished,
                bytes,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
