package org.quorate.app.site;

import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.record.pdf.FoundingRecord;

/// The founding record of a ledger that has nothing but its first entries yet.
public final class FoundingPaper {
    private FoundingPaper() {}

    public static byte[] of(SqliteLedger ledger, ConsoleToken token) {
        return FoundingRecord.make(ledger.range(0, ledger.head().size()), Machine.name(), token.records());
    }
}
