package org.quorate.app.site;

import java.util.UUID;
import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.script.Script;

final class RecordDesk {
    RecordDesk(SqliteLedger ledger, ConsoleToken token) {}

    byte[] make(UUID ceremony, Script script) {
        return new byte[] {'%', 'P', 'D', 'F'};
    }
}
