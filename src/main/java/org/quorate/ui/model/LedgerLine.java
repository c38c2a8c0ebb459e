package org.quorate.ui.model;

import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ui.text.EntryWords;
import org.quorate.ui.text.Times;

/// One line of the ledger panel.
public record LedgerLine(long seq, String number, String time, String words, EntryType type) {
    static LedgerLine of(Entry entry, People people) {
        return new LedgerLine(
                entry.seq(),
                "#%04d".formatted(entry.seq()),
                Times.clock(entry.time()),
                EntryWords.of(entry, people::name, people::holder),
                entry.type());
    }
}
