package org.quorate.app.reader;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.NoteAnswer;
import org.quorate.card.OpenAnswer;
import org.quorate.card.PinAnswer;
import org.quorate.card.SignAnswer;

/// A card in a reader whose PIN is no secret, because it is a practice card all the same.
record RehearsedCard(Card card, String practicePin, Optional<String> practicePuk) implements Card {

    @Override
    public String serial() {
        return card.serial();
    }

    @Override
    public X509Certificate certificate() {
        return card.certificate();
    }

    @Override
    public Optional<X509Certificate> certificate(CardKey key) {
        return card.certificate(key);
    }

    @Override
    public PinHelp pinHelp() {
        PinHelp help = card.pinHelp();
        return new PinHelp(
                help.minLength(), help.maxLength(), help.triesLeft(), Optional.of(practicePin), help.atReader());
    }

    @Override
    public SignAnswer sign(Secret pin, byte[] message) {
        return card.sign(pin, message);
    }

    @Override
    public SignAnswer prove(Secret pin, byte[] challenge) {
        return card.prove(pin, challenge);
    }

    @Override
    public OpenAnswer agree(Secret pin, ECPublicKey other) {
        return card.agree(pin, other);
    }

    @Override
    public OpenAnswer decrypt(Secret pin, byte[] block) {
        return card.decrypt(pin, block);
    }

    @Override
    public PinAnswer changePin(Secret old, Secret fresh) {
        return card.changePin(old, fresh);
    }

    @Override
    public PinAnswer unblock(Secret puk, Secret fresh) {
        return card.unblock(puk, fresh);
    }

    @Override
    public Optional<String> kept(String origin) {
        return card.kept(origin);
    }

    @Override
    public NoteAnswer keep(String note) {
        return card.keep(note);
    }
}
