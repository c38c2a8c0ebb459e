package org.quorate.app.site;

import java.util.List;
import java.util.UUID;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Tree;
import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.record.Attachments;
import org.quorate.record.CeremonyRecord;
import org.quorate.record.Extract;
import org.quorate.record.pdf.PdfRecord;
import org.quorate.script.Script;

/// Makes the signed record of a ceremony from the ledger up to the checkpoint of its close.
final class RecordDesk {
    private final SqliteLedger ledger;
    private final ConsoleToken token;

    RecordDesk(SqliteLedger ledger, ConsoleToken token) {
        this.ledger = ledger;
        this.token = token;
    }

    byte[] make(UUID ceremony, Script script) {
        Checkpoint.Signed checkpoint = closingCheckpoint(ceremony);
        Tree tree = ledger.tree(checkpoint.size());
        List<Entry> entries = ledger.range(0, checkpoint.size());
        Extract extract = Extract.of(entries, ceremony, checkpoint, tree::inclusion);
        CeremonyRecord record =
                CeremonyRecord.of(new CeremonyRecord.Sources(extract.entries(), script, ledger::artefact, checkpoint));
        Attachments attachments = Attachments.of(record, extract, ledger::artefact, Verifiers.ofLedgers());
        return PdfRecord.make(record, attachments, token.records());
    }

    private Checkpoint.Signed closingCheckpoint(UUID ceremony) {
        Entry last = ledger.ofCeremony(ceremony).reversed().stream()
                .filter(entry -> entry.is(EntryType.CHECKPOINT))
                .findFirst()
                .orElseThrow();
        return Checkpoint.parse(last.data().string("note")).orElseThrow();
    }
}
