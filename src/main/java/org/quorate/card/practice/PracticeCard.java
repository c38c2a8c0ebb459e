package org.quorate.card.practice;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.SignAnswer;

/// A card that is a file. It is pulled by taking the file away, and every signature reads it anew.
public final class PracticeCard implements Card {
    static final int MIN_PIN = 6;
    static final int MAX_PIN = 8;

    private final Path path;
    private final CardFile file;

    PracticeCard(Path path, CardFile file) {
        this.path = path;
        this.file = file;
    }

    @Override
    public String serial() {
        return file.serial();
    }

    @Override
    public X509Certificate certificate() {
        return file.certificate();
    }

    @Override
    public PinHelp pinHelp() {
        return new PinHelp(MIN_PIN, MAX_PIN, triesLeft(), Optional.of(file.practicePin()));
    }

    /// A card whose count cannot be read takes no PIN.
    private int triesLeft() {
        try (Tries tries = Tries.open(triesOf(path))) {
            return tries.left();
        } catch (IOException | OverlappingFileLockException e) {
            return 0;
        }
    }

    @Override
    public SignAnswer sign(Secret pin, byte[] message) {
        try {
            CardFile now = CardFile.read(path);
            if (!now.certificate().equals(file.certificate())) {
                // Another card lies in its place.
                return new SignAnswer.Removed();
            }
            try (Tries tries = Tries.open(triesOf(path))) {
                return sign(now, tries, pin, message);
            }
        } catch (NoSuchFileException e) {
            return e.getFile().equals(path.toString())
                    ? new SignAnswer.Removed()
                    : new SignAnswer.Failed(String.valueOf(e));
        } catch (CardFile.Damaged | IOException | GeneralSecurityException | OverlappingFileLockException e) {
            return new SignAnswer.Failed(String.valueOf(e));
        }
    }

    private static SignAnswer sign(CardFile card, Tries tries, Secret pin, byte[] message)
            throws IOException, GeneralSecurityException {
        int before = tries.left();
        if (before == 0) {
            return new SignAnswer.Blocked();
        }
        tries.set(before - 1);
        Optional<PrivateKey> key = card.key().open(pin);
        if (key.isEmpty()) {
            return before == 1 ? new SignAnswer.Blocked() : new SignAnswer.WrongPin(before - 1);
        }
        tries.set(Tries.ALL);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.get());
        signature.update(message);
        return new SignAnswer.Signed("ES256", signature.sign());
    }

    @Override
    public Optional<String> kept(String origin) {
        try {
            return Optional.of(Files.readString(beside(".note"))).filter(note -> note.startsWith(origin + "\n"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean keep(String note) {
        try {
            Path fresh = beside(".note.new");
            Files.writeString(
                    fresh,
                    note,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(fresh, beside(".note"), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path beside(String suffix) {
        return beside(path, suffix);
    }

    private static Path beside(Path card, String suffix) {
        String name = String.valueOf(card.getFileName());
        return card.resolveSibling(name.substring(0, name.length() - PracticeTray.CARD.length()) + suffix);
    }

    static Path triesOf(Path card) {
        return beside(card, ".tries");
    }

    @Override
    public String toString() {
        return "practice card " + serial();
    }
}
