package org.quorate.card.practice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.SignAnswer;

/// One card of the tray. Its file is read anew for each act, so that a card that was pulled, or used by another
/// program, is seen as it is now.
final class PracticeCard implements Card {
    private final Path file;

    PracticeCard(Path file) {
        this.file = file;
    }

    @Override
    public String serial() {
        return content().serial();
    }

    @Override
    public X509Certificate certificate() {
        return content().certificate();
    }

    @Override
    public PinHelp pinHelp() {
        CardFile content = content();
        return new PinHelp(6, 8, content.triesLeft(), Optional.of(content.pin()));
    }

    @Override
    public SignAnswer sign(Secret pin, byte[] message) {
        try {
            CardFile content = CardFile.read(file);
            if (content.triesLeft() < 1) {
                return new SignAnswer.Blocked();
            }
            // Counted before it is tried: a program that is killed here has used up a try.
            CardFile tried = content.withTriesLeft(content.triesLeft() - 1);
            tried.write(file);
            return sign(tried, pin, message);
        } catch (IOException e) {
            return new SignAnswer.Removed();
        } catch (ProblemException e) {
            return new SignAnswer.Failed(e.problem().what());
        }
    }

    private SignAnswer sign(CardFile tried, Secret pin, byte[] message) {
        byte[] privateKey;
        try {
            privateKey = tried.key().open(pin.use(PracticeCard::characters));
        } catch (AEADBadTagException e) {
            return tried.triesLeft() == 0 ? new SignAnswer.Blocked() : new SignAnswer.WrongPin(tried.triesLeft());
        } catch (GeneralSecurityException e) {
            return new SignAnswer.Failed(e.toString());
        }
        try {
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(privateKey));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            tried.withTriesLeft(CardFile.TRIES).write(file);
            return new SignAnswer.Signed("ES256", signature.sign());
        } catch (GeneralSecurityException e) {
            return new SignAnswer.Failed(e.toString());
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    private static char[] characters(byte[] pin) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(pin));
        char[] own = new char[decoded.remaining()];
        decoded.get(own);
        Arrays.fill(decoded.array(), '\0');
        return own;
    }

    private CardFile content() {
        try {
            return CardFile.read(file);
        } catch (IOException e) {
            throw Problem.of("card.gone", file.getFileName()).causedBy(e);
        }
    }
}
