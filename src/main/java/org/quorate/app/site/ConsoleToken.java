package org.quorate.app.site;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.CheckpointSigner;
import org.quorate.record.RecordSigner;

/// The console's own token: one key signs checkpoints, another signs records. Each signature has a session of its own,
/// so that a module host that was lost in between costs nothing.
public final class ConsoleToken implements AutoCloseable {
    /// Fixed when the site is founded, so that nobody has to guess which key is which.
    public static final KeyId RECORD_KEY = new KeyId("71756f726174652d7265636f72642d6b");

    private final Hsm hsm;
    private final String serial;
    private final Secret pin;
    private final List<X509Certificate> recordChain;
    private final KeyId checkpointKey;

    /// Takes the PIN over.
    public ConsoleToken(Hsm hsm, String serial, Secret pin, List<X509Certificate> recordChain, UUID ledger) {
        this.hsm = hsm;
        this.serial = serial;
        this.pin = pin;
        this.recordChain = List.copyOf(recordChain);
        this.checkpointKey = checkpointKey(ledger);
    }

    /// The key of one ledger: its CKA_ID is the ledger's id, so that a successor has another.
    public static KeyId checkpointKey(UUID ledger) {
        return new KeyId(ledger.toString().replace("-", ""));
    }

    public CheckpointSigner checkpoints() {
        byte[] spki = publicKey(checkpointKey);
        return new CheckpointSigner() {
            @Override
            public byte[] spki() {
                return spki.clone();
            }

            @Override
            public byte[] sign(byte[] message) {
                return signWith(checkpointKey, message);
            }
        };
    }

    public RecordSigner records() {
        return new RecordSigner() {
            @Override
            public List<X509Certificate> chain() {
                return recordChain;
            }

            @Override
            public byte[] sign(byte[] data) {
                return signWith(RECORD_KEY, data);
            }
        };
    }

    private byte[] publicKey(KeyId id) {
        try (TokenSession session = open()) {
            return session.publicKey(id).orThrow().getEncoded();
        }
    }

    private byte[] signWith(KeyId id, byte[] message) {
        try (TokenSession session = open()) {
            return session.sign(id, SignatureScheme.ECDSA_SHA256, message).orThrow();
        }
    }

    private TokenSession open() {
        Token token = hsm.bySerial(serial)
                .orElseThrow(() -> Problem.of("app.no_console_token", serial).asException());
        return token.open(new Token.Login.User(pin)).orThrow();
    }

    @Override
    public void close() {
        pin.close();
    }
}
