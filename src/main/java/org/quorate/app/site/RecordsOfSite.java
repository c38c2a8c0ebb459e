package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Console.Examined;
import org.quorate.ceremony.Console.Examined.State;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;
import org.quorate.ledger.TrustFile;
import org.quorate.record.Artefacts;
import org.quorate.record.RecordVerification;
import org.quorate.record.pdf.RecordVerifier;
import org.quorate.script.Linter;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;

/// The records that lie in a site's folder, each judged by the verifier that auditors use.
final class RecordsOfSite {
    private final SiteFolder folder;
    private final Ledger ledger;

    RecordsOfSite(SiteFolder folder, Ledger ledger) {
        this.folder = folder;
        this.ledger = ledger;
    }

    Examined examine(Ceremony ceremony) {
        Optional<Script> script = ledger.artefact(ceremony.script()).flatMap(source -> parse(source, ledger::artefact));
        Path file = folder.recordOf(ceremony.id()).resolve(EvidenceFolder.RECORD);
        try {
            if (!Files.isRegularFile(file)) {
                return new Examined(State.MISSING, "", script);
            }
            byte[] pdf = Files.readAllBytes(file);
            Entry genesis = ledger.entry(0);
            if (!exported(ceremony, pdf)) {
                return new Examined(State.WRONG, Texts.get("app.verify.record_not_exported"), script);
            }
            RecordVerification verification = new RecordVerifier(
                            (source, artefacts) -> parse(source, artefacts).orElseThrow(), Machine.version())
                    .verify(
                            pdf,
                            new RecordVerification.Expectations(
                                    EvidenceCheck.recordKey(List.of(genesis)),
                                    Optional.of(TrustFile.of(genesis)),
                                    Optional.empty()));
            return verification
                    .wrong()
                    .map(wrong -> new Examined(State.WRONG, wrong.text(), script))
                    .orElseGet(() -> new Examined(State.VALID, "", script));
        } catch (IOException e) {
            return new Examined(State.WRONG, Texts.get("app.verify.unread", file), script);
        }
    }

    private static boolean exported(Ceremony ceremony, byte[] pdf) {
        String sha256 = Digest.of(pdf).hex();
        return ceremony.of(EntryType.EXPORT)
                .flatMap(entry -> entry.data().objects("files").stream())
                .anyMatch(file -> file.string("sha256").equals(sha256));
    }

    private static Optional<Script> parse(byte[] source, Artefacts artefacts) {
        return new Linter(new ScriptReader())
                .check("script", source, (name, digest) -> artefacts.get(digest))
                .script();
    }
}
