package org.quorate.app.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.quorate.app.site.EvidenceCheck.Wrong;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.ledger.AnchorLine;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryProof;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerKeys;
import org.quorate.ledger.TrustFile;
import org.quorate.record.Attachments;
import org.quorate.record.Extract;
import org.quorate.record.ExtractCheck;
import org.quorate.record.RecordVerification;

/// Checks what shows a part of a ledger without the rest: the export of a ceremony, or the proof of one entry.
final class ExportCheck {
    private final List<AnchorLine> anchors;
    private final List<String> held;
    private final List<String> notes;

    /// @param held takes what was found in order
    ExportCheck(List<AnchorLine> anchors, List<String> held, List<String> notes) {
        this.anchors = anchors;
        this.held = held;
        this.notes = notes;
    }

    /// A folder whose manifest was checked.
    void folder(Path folder, TrustFile trust) throws IOException {
        Extract extract = Extract.parse(Files.readAllBytes(folder.resolve(Attachments.EXTRACT)));
        String note = Files.readString(folder.resolve(Attachments.CHECKPOINT), StandardCharsets.UTF_8);
        Checkpoint.Signed checkpoint = Checkpoint.parse(note)
                .orElseThrow(
                        () -> new Wrong(Texts.get("app.verify.export_wrong", Texts.get("record.verify.detail.note"))));
        var check = new ExtractCheck(extract, checkpoint);
        check.check(new RecordVerification.Expectations(Optional.empty(), Optional.of(trust), Optional.empty()))
                .ifPresent(finding -> {
                    throw new Wrong(Texts.get("app.verify.export_wrong", finding.text()));
                });
        held.add(Texts.get("app.verify.export", extract.lines().size(), checkpoint.size()));
        held.add(Texts.get("app.verify.export_signatures", cosigns(extract.entries())));
        held.add(Texts.get("app.verify.export_artefacts", artefacts(folder, extract.entries())));
        anchored(checkpoint);
        notes.addAll(check.gaps());
    }

    /// How many there are; each is by a key that the ledger knows, over the target as it stands here.
    private static int cosigns(List<Entry> entries) {
        LedgerKeys keys = LedgerKeys.of(entries);
        Map<Long, Digest> leaves = new HashMap<>();
        int count = 0;
        for (Entry entry : entries) {
            leaves.put(entry.seq(), entry.leaf());
            if (entry.is(EntryType.COSIGN)) {
                Cosign cosign = Cosign.fromJson(entry.data());
                boolean holds = cosign.leaf().equals(leaves.get(cosign.target()))
                        && keys.counting(cosign.key(), entry.seq())
                                .filter(key -> cosign.isSignedBy(key.spki(), entry.ledger(), entry.ceremony()))
                                .isPresent();
                if (!holds) {
                    throw new Wrong(Texts.get("app.verify.export_cosign", entry.seq()));
                }
                count++;
            }
        }
        return count;
    }

    private static int artefacts(Path folder, List<Entry> entries) throws IOException {
        Set<String> named = new TreeSet<>();
        entries.forEach(entry -> EntryCodec.named(entry).forEach(name -> named.add(name.hex())));
        Set<String> there = new TreeSet<>(Trees.files(folder.resolve(CeremonyExport.ARTEFACTS)));
        for (String name : there) {
            Digest digest = Digest.of(
                    Files.readAllBytes(folder.resolve(CeremonyExport.ARTEFACTS).resolve(name)));
            if (!digest.hex().equals(name) || !named.contains(name)) {
                throw new Wrong(Texts.get("app.verify.export_artefact", name));
            }
        }
        for (String name : named) {
            if (!there.contains(name)) {
                throw new Wrong(Texts.get("app.verify.export_artefact", name));
            }
        }
        return named.size();
    }

    void proof(String text, Optional<TrustFile> trust) {
        EntryProof proof = EntryProof.parse(text);
        proof.fault(trust).ifPresent(fault -> {
            throw new Wrong(Texts.get("app.verify.proof_wrong." + fault.key()));
        });
        Entry entry = proof.entry();
        held.add(Texts.get(
                "app.verify.proof",
                entry.seq(),
                entry.type().wire(),
                proof.checkpoint().checkpoint().origin(),
                proof.checkpoint().size()));
        anchored(proof.checkpoint());
        if (trust.isEmpty()) {
            notes.add(
                    Texts.get("app.verify.proof_key", Digest.of(proof.console()).grouped()));
        }
        notes.add(Texts.get("app.verify.proof_alone"));
    }

    /// Only an anchor of the very size can be compared without the tree.
    private void anchored(Checkpoint.Signed checkpoint) {
        List<AnchorLine> same = anchors.stream()
                .filter(anchor -> anchor.size() == checkpoint.size())
                .toList();
        var found = new AnchorLine(checkpoint.size(), checkpoint.root());
        for (AnchorLine anchor : same) {
            if (!anchor.equals(found)) {
                throw new Wrong(Texts.get("app.verify.anchor_differs", anchor.size(), anchor, found));
            }
        }
        if (!same.isEmpty()) {
            held.add(Texts.get("app.verify.anchors", same.size()));
        } else if (!anchors.isEmpty()) {
            notes.add(Texts.get("app.verify.proof_anchor"));
        }
    }
}
