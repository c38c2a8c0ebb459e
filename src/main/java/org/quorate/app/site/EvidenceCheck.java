package org.quorate.app.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ledger.AnchorLine;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryProof;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.ledger.sqlite.VerifyLedgerFile;
import org.quorate.record.RecordVerification;
import org.quorate.record.pdf.FoundingVerifier;
import org.quorate.record.pdf.RecordVerifier;
import org.quorate.script.approval.ApprovalFile;

/// Checks what an auditor was given: a ledger, a record, the folder that holds both and more, the export of one
/// ceremony, or the proof of one entry. Reads copies only, and
/// stops at the first thing that is wrong.
public final class EvidenceCheck {
    private final ScriptFiles scripts;
    private final LedgerClock clock;
    private final List<AnchorLine> anchors;
    private final Optional<TrustFile> trust;

    /// @param anchors sizes and roots that the auditor kept
    /// @param trust what the auditor was told when the site was founded
    public EvidenceCheck(ScriptFiles scripts, LedgerClock clock, List<AnchorLine> anchors, Optional<TrustFile> trust) {
        this.scripts = scripts;
        this.clock = clock;
        this.anchors = List.copyOf(anchors);
        this.trust = trust;
    }

    /// @param held what was checked and found in order, in words
    /// @param wrong the first thing that is wrong
    /// @param notes what is no error and still worth knowing
    public record Report(Path path, List<String> held, Optional<String> wrong, List<String> notes) {
        public Report {
            held = List.copyOf(held);
            notes = List.copyOf(notes);
        }

        public Json.Obj toJson() {
            return Json.obj()
                    .put("path", path.toString())
                    .put("valid", wrong.isEmpty())
                    .put("held", Json.strings(held))
                    .put("wrong", wrong)
                    .put("notes", Json.strings(notes))
                    .build();
        }
    }

    /// Ends a check at the first thing wrong.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String text) {
            super(text);
        }
    }

    private final class Run {
        private final List<String> held = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        void folder(Path folder) throws IOException {
            Json.Obj manifest = manifest(folder);
            TrustFile beside = TrustFile.parse(Files.readAllBytes(folder.resolve(EvidenceFolder.TRUST)));
            if (trust.isPresent() && !trust.get().equals(beside)) {
                throw new Wrong(Texts.get("app.verify.trust_differs"));
            }
            if (trust.isEmpty()) {
                notes.add(
                        Texts.get("app.verify.trust_not_given", beside.genesis().grouped()));
            }
            if (manifest.string("format").equals(CeremonyExport.FORMAT)) {
                new ExportCheck(anchors, held, notes).folder(folder, beside);
            } else {
                evidence(folder, beside);
            }
        }

        private void evidence(Path folder, TrustFile beside) throws IOException {
            List<AnchorLine> written = anchorsOf(folder);
            var all = new ArrayList<>(anchors);
            all.addAll(written);
            Verification verification =
                    ledger(folder.resolve(EvidenceFolder.LEDGER), new Expectations(all, Optional.of(beside)));
            long size = verification.head().orElseThrow().size();
            if (written.isEmpty() || written.getLast().size() != size) {
                throw new Wrong(Texts.get("app.verify.last_anchor", size));
            }
            held.add(Texts.get("app.verify.anchors", written.size()));
            List<Entry> entries = entries(folder.resolve(EvidenceFolder.LEDGER), folder);
            byte[] pdf = Files.readAllBytes(folder.resolve(EvidenceFolder.RECORD));
            exported(entries, pdf);
            record(
                    pdf,
                    new RecordVerification.Expectations(recordKey(entries), Optional.empty(), Optional.of(entries)));
        }

        /// Every file is listed and unchanged, and nothing lies there that is not listed.
        private Json.Obj manifest(Path folder) throws IOException {
            Json.Obj manifest = Json.parseObject(Files.readAllBytes(folder.resolve(EvidenceFolder.MANIFEST)));
            var listed = new TreeSet<String>();
            listed.add(EvidenceFolder.MANIFEST);
            for (Json.Obj file : manifest.objects("files")) {
                String name = file.string("name");
                listed.add(name);
                Path path = folder.resolve(name);
                if (!Files.isRegularFile(path)) {
                    throw new Wrong(Texts.get("app.verify.file_missing", name));
                }
                if (!Digest.of(Files.readAllBytes(path)).hex().equals(file.string("sha256"))) {
                    throw new Wrong(Texts.get("app.verify.file_differs", name));
                }
            }
            for (String name : Trees.files(folder)) {
                if (!listed.contains(name)) {
                    throw new Wrong(Texts.get("app.verify.file_unlisted", name));
                }
            }
            held.add(Texts.get("app.verify.files", listed.size() - 1));
            return manifest;
        }

        private static List<AnchorLine> anchorsOf(Path folder) throws IOException {
            var lines = new ArrayList<AnchorLine>();
            for (String line : Files.readAllLines(folder.resolve(EvidenceFolder.ANCHORS))) {
                lines.add(
                        AnchorLine.parse(line).orElseThrow(() -> new Wrong(Texts.get("app.verify.anchor_form", line))));
            }
            return lines;
        }

        Verification ledger(Path file, Expectations expectations) {
            Verification verification =
                    VerifyLedgerFile.verify(file, work(), expectations, ForkJoinPool.commonPool(), VerifyProgress.NONE);
            verification.firstError().ifPresent(error -> {
                if (verification.verdict() == Verification.Verdict.NOT_JUDGED) {
                    throw Problem.of(
                                    "app.verify.not_judged",
                                    file,
                                    error.rule().sentence(),
                                    error.expected(),
                                    error.found())
                            .asException();
                }
                throw new Wrong(LedgerReader.words(error));
            });
            verification.warnings().forEach(w -> notes.add(w.rule().sentence() + " " + w.found()));
            held.add(Texts.get(
                    "app.verify.ledger", verification.head().orElseThrow().size()));
            return verification;
        }

        /// The ledger's own rules were checked before; this opens a copy to compare the record with it.
        private List<Entry> entries(Path ledger, Path folder) throws IOException {
            Path scratch = Files.createTempDirectory("quorate-verify-");
            try {
                Path copy = scratch.resolve(ledger.getFileName().toString());
                Files.copy(ledger, copy);
                try (var open =
                        SqliteLedger.open(copy, clock, UUID.randomUUID(), Expectations.NONE, VerifyProgress.NONE)) {
                    certificate(folder, open);
                    return open.range(0, open.head().size());
                }
            } finally {
                Trees.delete(scratch);
            }
        }

        /// The certificate beside the record is the one that the ledger keeps.
        private void certificate(Path folder, SqliteLedger ledger) throws IOException {
            Path pem = folder.resolve(EvidenceFolder.ROOT_CERTIFICATE);
            if (!Files.exists(pem)) {
                return;
            }
            String text = Files.readString(pem);
            boolean known = ledger.range(0, ledger.head().size()).stream()
                    .filter(entry -> entry.is(EntryType.OBSERVATION))
                    .flatMap(entry -> entry.data().optionalString("artefact").stream())
                    .flatMap(name -> ledger.artefact(Digest.fromArtefactName(name)).stream())
                    .anyMatch(bytes -> Pem.of(bytes).equals(text));
            if (!known) {
                throw new Wrong(Texts.get("app.verify.certificate_differs"));
            }
            held.add(Texts.get("app.verify.certificate"));
        }

        private static void exported(List<Entry> entries, byte[] pdf) {
            String sha256 = Digest.of(pdf).hex();
            boolean known = entries.stream()
                    .filter(entry -> entry.is(EntryType.EXPORT))
                    .flatMap(entry -> entry.data().objects("files").stream())
                    .anyMatch(file -> file.string("sha256").equals(sha256));
            if (!known) {
                throw new Wrong(Texts.get("app.verify.record_not_exported"));
            }
        }

        /// The script lies beside; whether the people are the right ones only their certificates and a ledger say.
        void approval(Path file) throws IOException {
            String stem = file.getFileName().toString().replace(ApprovalFile.SUFFIX, "");
            Path script = file.resolveSibling(stem + ".yaml");
            if (!Files.exists(script)) {
                throw Problem.of("app.no_script", script).asException();
            }
            ApprovalFile approval = ApprovalFile.parse(Files.readAllBytes(file), Files.readAllBytes(script));
            approval.signatures()
                    .forEach(one -> held.add(Texts.get(
                            "app.verify.approval",
                            one.approver().words(),
                            one.key().grouped())));
            notes.add(Texts.get("app.verify.approval_alone", approval.ledger(), approval.nextReview()));
        }

        void pdf(byte[] pdf) {
            if (!FoundingVerifier.isFounding(pdf)) {
                record(pdf, new RecordVerification.Expectations(Optional.empty(), trust, Optional.empty()));
                return;
            }
            judge(new FoundingVerifier(Machine.name()).verify(pdf, trust));
            held.add(Texts.get("app.verify.founding"));
            if (trust.isEmpty()) {
                notes.add(Texts.get("app.verify.founding_alone"));
            }
        }

        void record(byte[] pdf, RecordVerification.Expectations expectations) {
            judge(new RecordVerifier(scripts::parse, Machine.version()).verify(pdf, expectations));
            held.add(Texts.get("app.verify.record"));
        }

        private void judge(RecordVerification verification) {
            verification.wrong().ifPresent(finding -> {
                if (finding.rule() == RecordVerification.Rule.PAGES_NOT_JUDGED) {
                    throw Problem.of("app.verify.pages_not_judged", finding.detail(), Machine.version())
                            .asException();
                }
                throw new Wrong(Texts.get("app.verify.record_wrong", finding.text()));
            });
            notes.addAll(verification.notes());
        }
    }

    /// The certificate of the genesis entry that may sign records.
    static Optional<Digest> recordKey(List<Entry> entries) {
        return entries.getFirst().data().objects("keys").stream()
                .filter(key -> key.string("role").equals("device"))
                .findFirst()
                .flatMap(key -> key.optionalString("cert"))
                .map(cert -> Digest.of(Base64.getDecoder().decode(cert)));
    }

    public Report check(Path path) {
        if (!Files.exists(path)) {
            throw Problem.of("app.verify.nothing_there", path).asException();
        }
        var run = new Run();
        try {
            if (Files.isDirectory(path)) {
                run.folder(path);
            } else if (startsAs(path, EntryProof.FIRST_LINE + "\n")) {
                new ExportCheck(anchors, run.held, run.notes)
                        .proof(Files.readString(path, StandardCharsets.UTF_8), trust);
            } else if (path.toString().endsWith(ApprovalFile.SUFFIX)) {
                run.approval(path);
            } else if (startsAs(path, "%PDF-")) {
                run.pdf(Files.readAllBytes(path));
            } else {
                run.ledger(path, new Expectations(anchors, trust));
            }
            return new Report(path, run.held, Optional.empty(), run.notes);
        } catch (Wrong wrong) {
            return new Report(path, run.held, Optional.of(String.valueOf(wrong.getMessage())), run.notes);
        } catch (JsonException wrong) {
            return new Report(
                    path,
                    run.held,
                    Optional.of(Texts.get("app.verify.file_form", String.valueOf(wrong.getMessage()))),
                    run.notes);
        } catch (IOException e) {
            throw Problem.of("app.verify.unreadable", path).causedBy(e);
        }
    }

    private static Path work() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static boolean startsAs(Path file, String text) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(text.length()), StandardCharsets.US_ASCII).equals(text);
        }
    }
}
