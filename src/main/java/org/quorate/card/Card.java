package org.quorate.card;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import java.util.OptionalInt;
import org.quorate.base.Digest;
import org.quorate.base.Secret;
import org.quorate.base.Texts;

/// A card that is present now.
public interface Card {

    /// The card's own serial, as printed on it; where it has none that a program can read, the id it goes by.
    String serial();

    /// The certificate of the key that signs statements.
    X509Certificate certificate();

    /// The certificate of each key that the card has.
    default Optional<X509Certificate> certificate(CardKey key) {
        return key == CardKey.SIGNING ? Optional.of(certificate()) : Optional.empty();
    }

    /// The id under which the ledger knows the key: SHA-256 of the SubjectPublicKeyInfo.
    default Digest keyId() {
        return Digest.of(certificate().getPublicKey().getEncoded());
    }

    /// What the holder types here, and what a practice card's PIN is, so that a rehearsal needs no paper.
    PinHelp pinHelp();

    /// Signs `message` (hashed as the answer's algorithm says) after checking the PIN.
    SignAnswer sign(Secret pin, byte[] message);

    /// Signs a challenge with the key that shows presence.
    default SignAnswer prove(Secret pin, byte[] challenge) {
        return new CardRefusal.Failed("the card has no key for presence");
    }

    /// Key agreement (ECDH) of the sealing key with `other`: the shared x-coordinate.
    default OpenAnswer agree(Secret pin, ECPublicKey other) {
        return new CardRefusal.Failed("the card has no key for sealed things");
    }

    /// The private RSA operation of the sealing key on one block; the padding is left to the caller.
    default OpenAnswer decrypt(Secret pin, byte[] block) {
        return new CardRefusal.Failed("the card has no key for sealed things");
    }

    /// Why `fresh` must not become the PIN of this card.
    default Optional<NewPin.Weakness> weakness(Secret fresh) {
        return NewPin.weakness(fresh);
    }

    /// A new PIN in the place of `old`.
    default PinAnswer changePin(Secret old, Secret fresh) {
        return new PinAnswer.NotHere(Texts.get("card.new_pin.not_here"));
    }

    /// A new PIN where the one before was forgotten or blocked, by the code that unblocks the card (PUK).
    default PinAnswer unblock(Secret puk, Secret fresh) {
        return new PinAnswer.NotHere(Texts.get("card.new_pin.not_here"));
    }

    /// The code that unblocks a practice card, which is no secret; empty for a real card.
    default Optional<String> practicePuk() {
        return Optional.empty();
    }

    /// The checkpoint note that the card was given to keep for this ledger; empty where it keeps none.
    Optional<String> kept(String origin);

    /// Puts a note on the card in place of the one before.
    NoteAnswer keep(String note);

    /// @param triesLeft PIN tries before the card blocks itself; empty where the card does not say
    /// @param practicePin the PIN itself for a practice card, which is no secret; empty for a real card
    /// @param atReader whether the PIN is typed on the reader's own keys and never comes here
    record PinHelp(
            int minLength, int maxLength, OptionalInt triesLeft, Optional<String> practicePin, boolean atReader) {

        /// Typed at the keyboard, with a card that counts.
        public PinHelp(int minLength, int maxLength, int triesLeft, Optional<String> practicePin) {
            this(minLength, maxLength, OptionalInt.of(triesLeft), practicePin, false);
        }

        public boolean blocked() {
            return triesLeft.equals(OptionalInt.of(0));
        }
    }
}
