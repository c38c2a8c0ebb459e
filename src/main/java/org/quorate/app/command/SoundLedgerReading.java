package org.quorate.app.command;

import java.util.List;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Texts;
import org.quorate.ledger.Growth;

/// A command that makes something from a ledger, and refuses to where the ledger is not sound.
abstract class SoundLedgerReading extends LedgerReading {
    SoundLedgerReading(SiteFolder defaultHome) {
        super(defaultHome);
    }

    /// @param sound what was learnt of the ledger
    abstract Exit act(Opened opened, Growth sound, Output output);

    @Override
    final Exit read(Opened opened, Output output) {
        if (opened.copy().sound().isEmpty()) {
            output.answer(
                    opened.json().build(), List.of(opened.warning().orElseThrow(), Texts.get("app.ledger.refused")));
            return Exit.NO;
        }
        return act(opened, opened.copy().sound().get(), output);
    }
}
