package org.quorate.ui.model;

import java.util.List;

/// A step as its page shows it, now or when it is looked at again.
///
/// @param eyebrow `Step 2.3 of 2.7 · Ceremony administrator performs, Witness watches`
/// @param does what the console does in it: the words of the paper script
/// @param foreseen what it asks, as far as the script says it
/// @param status where it stands, in words
/// @param facts what is on record for the newest attempt
/// @param lines its entries in words
public record StepPage(
        String id,
        String eyebrow,
        String title,
        String say,
        String does,
        List<Foreseen> foreseen,
        String status,
        List<Fact> facts,
        List<LedgerLine> lines) {
    public StepPage {
        foreseen = List.copyOf(foreseen);
        facts = List.copyOf(facts);
        lines = List.copyOf(lines);
    }
}
