package org.quorate.card;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Secret;

/// A card that is present now.
public interface Card {

    /// The card's own serial, as printed on it.
    String serial();

    X509Certificate certificate();

    /// The id under which the ledger knows the key: SHA-256 of the SubjectPublicKeyInfo.
    default Digest keyId() {
        return Digest.of(certificate().getPublicKey().getEncoded());
    }

    /// What the holder types here, and what a practice card's PIN is, so that a rehearsal needs no paper.
    PinHelp pinHelp();

    /// Signs `message` (hashed as the answer's algorithm says) after checking the PIN.
    SignAnswer sign(Secret pin, byte[] message);

    /// The checkpoint note that the card was given to keep for this ledger; empty where it keeps none.
    Optional<String> kept(String origin);

    /// Puts a note on the card in place of the one before; false where the card holds no data.
    boolean keep(String note);

    /// @param triesLeft PIN tries before the card blocks itself
    /// @param practicePin the PIN itself for a practice card, which is no secret; empty for a real card
    record PinHelp(int minLength, int maxLength, int triesLeft, Optional<String> practicePin) {}
}
