package org.quorate.ceremony;

import java.time.Instant;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.card.CardReader;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.VendorTool;
import org.quorate.ledger.Ledger;

/// Everything real that a ceremony works with, handed in by the composition root.
public record Equipment(Site site, Ledger ledger, Hsms hsms, CardReader cards, Workstation workstation) {

    /// What the program sees of the machine it runs on, and the clock it goes by.
    public interface Workstation {
        Json.Obj facts();

        Instant now();

        /// A clock that only goes forward, for durations.
        long nanos();

        /// The tools of the HSM's maker that are installed here.
        VendorTool vendorTool();

        /// The PIN that a practice token has, shown in rehearsals; empty for a real one.
        Optional<String> practicePin(String tokenRole, PinKind kind);
    }
}
