package org.quorate.ledger.sqlite.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.LedgerFixture.Person;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.sqlite.SqliteLedger;

/// People whose signatures are quickly checked, as a ledger is opened many thousand times here.
final class Founders {
    static final Person ANN = Person.rsa("rsa-ann", "officer");
    static final Person BOB = Person.rsa("rsa-bob", "officer");
    static final Person DORA = Person.rsa("rsa-dora", "officer");
    /// The genesis, and what the two who found the ledger sign.
    static final int ENTRIES = 3;

    private Founders() {}

    static SqliteLedger create(LedgerFixture fixture, Path path) {
        var genesis = new Genesis(
                fixture.ledger,
                Genesis.Mode.REHEARSAL,
                2,
                2,
                List.of(LedgerKey.ofConsole(fixture.console.spki()), ANN.key(), BOB.key()),
                Optional.empty());
        return SqliteLedger.create(
                path,
                fixture.clock,
                LedgerFixture.RUN,
                new Founding(genesis, first -> List.of(ANN.approve(first), BOB.approve(first))));
    }
}
