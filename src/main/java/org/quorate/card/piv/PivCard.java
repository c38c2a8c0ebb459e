package org.quorate.card.piv;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardAlgorithm;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.NoteAnswer;
import org.quorate.card.OpenAnswer;
import org.quorate.card.PinAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.card.piv.CardPlace.Afterwards;

/// A PIV card as it was when it was put in. Each act connects anew and first looks whether the same card still lies
/// there: a PIN must never be tried on another person's card.
final class PivCard implements Card {
    /// A data object in the range that is left to applications; PIV itself ends at 5FC1xx.
    static final int NOTE = 0x5f5155;

    private final CardPlace place;
    private final PivIdentity identity;
    private final Runnable used;

    /// @param used called after an act that may have changed what the card says of itself
    PivCard(CardPlace place, PivIdentity identity, Runnable used) {
        this.place = place;
        this.identity = identity;
        this.used = used;
    }

    @Override
    public String serial() {
        return identity.serial();
    }

    @Override
    public X509Certificate certificate() {
        return identity.signing();
    }

    @Override
    public Optional<X509Certificate> certificate(CardKey use) {
        return Optional.ofNullable(identity.certificates().get(use));
    }

    @Override
    public PinHelp pinHelp() {
        return identity.pinPad()
                ? new PinHelp(0, 0, identity.triesLeft(), Optional.empty(), true)
                : new PinHelp(PivDialog.MIN_PIN, PivDialog.MAX_PIN, identity.triesLeft(), Optional.empty(), false);
    }

    @Override
    public SignAnswer sign(Secret pin, byte[] message) {
        return sign(CardKey.SIGNING, pin, message);
    }

    @Override
    public SignAnswer prove(Secret pin, byte[] challenge) {
        return sign(CardKey.PRESENCE, pin, challenge);
    }

    private SignAnswer sign(CardKey use, Secret pin, byte[] message) {
        try {
            PublicKey key = publicKey(use);
            CardAlgorithm algorithm = CardAlgorithm.of(key).orElseThrow(() -> unusable(key));
            PivAlgorithm piv = PivAlgorithm.of(key).orElseThrow(() -> unusable(key));
            byte[] digest = algorithm.digest(message);
            byte[] input = piv.rsa() ? Pkcs1.padded(digest, piv.bytes()) : digest;
            byte[] made = act(use, pin, piv, 0x81, input);
            byte[] signature = piv.rsa() ? made : EcdsaDer.strict(made).orElse(made);
            return algorithm.checked(key, message, signature);
        } catch (Refused refused) {
            return refused.why();
        }
    }

    @Override
    public OpenAnswer agree(Secret pin, ECPublicKey other) {
        return open(pin, 0x85, piv -> {
            if (piv.rsa()) {
                throw new Refused(new CardRefusal.Failed(Texts.get("card.piv.other_key")));
            }
            return Points.uncompressed(other, piv.bytes());
        });
    }

    @Override
    public OpenAnswer decrypt(Secret pin, byte[] block) {
        return open(pin, 0x81, piv -> {
            if (!piv.rsa() || block.length != piv.bytes()) {
                throw new Refused(new CardRefusal.Failed(Texts.get("card.piv.other_key")));
            }
            return block;
        });
    }

    @FunctionalInterface
    private interface Input {
        byte[] of(PivAlgorithm algorithm) throws Refused;
    }

    private OpenAnswer open(Secret pin, int tag, Input input) {
        try {
            PublicKey key = publicKey(CardKey.SEALING);
            PivAlgorithm piv = PivAlgorithm.of(key).orElseThrow(() -> unusable(key));
            return new OpenAnswer.Opened(Secret.ofBytes(act(CardKey.SEALING, pin, piv, tag, input.of(piv))));
        } catch (Refused refused) {
            return refused.why();
        }
    }

    private PublicKey publicKey(CardKey use) throws Refused {
        return certificate(use)
                .orElseThrow(() -> new Refused(new CardRefusal.Failed(Texts.get("card.piv.no_key", PivSlot.of(use)))))
                .getPublicKey();
    }

    private static Refused unusable(PublicKey key) {
        return new Refused(new CardRefusal.Failed(Texts.get("card.piv.weak_key", key.getAlgorithm())));
    }

    /// The same card, then the PIN, then at once the key: the signing key wants them in this order with nothing
    /// between.
    private byte[] act(CardKey use, Secret pin, PivAlgorithm algorithm, int tag, byte[] input) throws Refused {
        try {
            return place.talk(Afterwards.RESET, link -> {
                var dialog = PivDialog.begin(link);
                confirm(dialog, use);
                Optional<PinPad> pad = link.pinPad();
                if (pad.isPresent()) {
                    dialog.verify(pad.get());
                } else {
                    dialog.verify(pin);
                }
                return dialog.authenticate(algorithm, PivSlot.of(use), tag, input);
            });
        } finally {
            used.run();
        }
    }

    private void confirm(PivDialog dialog, CardKey use) throws Refused {
        Optional<X509Certificate> now = PivIdentity.certificate(dialog, PivSlot.of(use));
        if (!now.equals(certificate(use))) {
            throw new Refused(new CardRefusal.Removed());
        }
    }

    @Override
    public PinAnswer changePin(Secret old, Secret fresh) {
        return replace(dialog -> dialog.changePin(old, fresh));
    }

    @Override
    public PinAnswer unblock(Secret puk, Secret fresh) {
        return replace(dialog -> dialog.unblock(puk, fresh));
    }

    @FunctionalInterface
    private interface Replacing {
        void with(PivDialog dialog) throws Refused, PivDialog.Unanswered;
    }

    private PinAnswer replace(Replacing replacing) {
        if (identity.pinPad()) {
            return new PinAnswer.NotHere(Texts.get("card.piv.new_pin_at_pad"));
        }
        try {
            return place.<PinAnswer>talk(Afterwards.RESET, link -> {
                var dialog = PivDialog.begin(link);
                confirm(dialog, CardKey.SIGNING);
                try {
                    replacing.with(dialog);
                    return new PinAnswer.Changed();
                } catch (PivDialog.Unanswered lost) {
                    return new PinAnswer.Unknown(String.valueOf(lost.getMessage()));
                }
            });
        } catch (Refused refused) {
            return refused.why();
        } finally {
            used.run();
        }
    }

    @Override
    public Optional<String> kept(String origin) {
        return identity.note().filter(note -> note.startsWith(origin + "\n"));
    }

    @Override
    public NoteAnswer keep(String note) {
        try {
            return place.talk(Afterwards.RESET, link -> {
                var dialog = PivDialog.begin(link);
                confirm(dialog, CardKey.SIGNING);
                return dialog.put(NOTE, note.getBytes(StandardCharsets.UTF_8));
            });
        } catch (Refused refused) {
            return NoteAnswer.FAILED;
        } finally {
            used.run();
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Whether it is the same card with the same things on it.
    boolean sameAs(PivIdentity other) {
        return identity.equals(other);
    }

    @Override
    public String toString() {
        return "PIV card " + serial() + " in " + place.name();
    }
}
