package org.quorate.app.bench;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.quorate.base.Json;
import org.quorate.ledger.Draft;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerClock;
import org.quorate.ledger.LedgerKey;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.LedgerFill;
import org.quorate.ledger.sqlite.SqliteLedger;

/// A ledger of so many observations, as long as those of a real ceremony: 490 bytes an entry. It holds no signatures,
/// since what they cost grows with what people do and not with the ledger.
record BenchLedger(Path file, long size, LedgerClock clock) {
    private static final UUID RUN = new UUID(4L << 12, 1L << 63);
    private static final int PER_CEREMONY = 500;

    /// Founds and fills it.
    static BenchLedger make(Path folder, long size, LedgerClock clock) {
        Path file = folder.resolve("ledger-" + size + ".db");
        var genesis = new Genesis(
                UUID.randomUUID(),
                Genesis.Mode.REHEARSAL,
                1,
                1,
                List.of(LedgerKey.ofConsole(newPublicKey())),
                Optional.empty());
        SqliteLedger.create(file, clock, RUN, new Founding(genesis, _ -> List.of()))
                .close();
        LedgerClock.Moment moment = clock.now();
        LedgerFill.fill(file, () -> moment, RUN, size, BenchLedger::draft);
        return new BenchLedger(file, size, clock);
    }

    private static byte[] newPublicKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair().getPublic().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes keys on P-256", e);
        }
    }

    static Draft draft(long number) {
        UUID ceremony = new UUID(4L << 12, 1L << 63 | number / PER_CEREMONY);
        return Draft.ofStep(
                EntryType.OBSERVATION,
                ceremony,
                "step-" + number % PER_CEREMONY,
                Json.obj()
                        .put("name", "cka_extractable")
                        .put("expected", false)
                        .put("observed", false)
                        .put("number", number)
                        .put("words", "abandon ability able about above absent absorb abstract")
                        .build());
    }

    /// Opens it, which verifies it whole.
    SqliteLedger open(Executor scanning) {
        return SqliteLedger.open(file, clock, RUN, Expectations.NONE, scanning, VerifyProgress.NONE);
    }
}
