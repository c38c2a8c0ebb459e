package org.quorate.card.practice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.EnumMap;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardAlgorithm;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.NoteAnswer;
import org.quorate.card.OpenAnswer;
import org.quorate.card.PinAnswer;
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
        return new PinHelp(MIN_PIN, MAX_PIN, triesLeft(), Optional.of(now().practicePin()));
    }

    @Override
    public Optional<String> practicePuk() {
        return Optional.of(now().practicePuk());
    }

    /// The file as it is now, since its PIN may have been changed; a card that was pulled is as it was.
    private CardFile now() {
        try {
            return CardFile.read(path);
        } catch (IOException | CardFile.Damaged e) {
            return file;
        }
    }

    /// A card whose count cannot be read takes no PIN.
    private int triesLeft() {
        try (Tries tries = Tries.open(triesOf(path))) {
            return tries.left();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public Optional<X509Certificate> certificate(CardKey use) {
        return file.certified(use).map(CardFile.Certified::certificate);
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
        return switch (unlock(use, pin)) {
            case Unlocked.No(var refusal) -> refusal;
            case Unlocked.Key(var key, var certificate) -> {
                CardAlgorithm algorithm =
                        CardAlgorithm.of(certificate.getPublicKey()).orElseThrow();
                try {
                    Signature signature = Signature.getInstance(algorithm.jca());
                    signature.initSign(key);
                    signature.update(message);
                    yield new SignAnswer.Signed(algorithm.name(), signature.sign());
                } catch (GeneralSecurityException e) {
                    yield new CardRefusal.Failed(String.valueOf(e));
                }
            }
        };
    }

    @Override
    public OpenAnswer agree(Secret pin, ECPublicKey other) {
        return open(pin, key -> {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(key);
            agreement.doPhase(other, true);
            return agreement.generateSecret();
        });
    }

    @Override
    public OpenAnswer decrypt(Secret pin, byte[] block) {
        return open(pin, key -> {
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            return cipher.doFinal(block);
        });
    }

    @FunctionalInterface
    private interface Opening {
        byte[] with(PrivateKey key) throws GeneralSecurityException;
    }

    private OpenAnswer open(Secret pin, Opening opening) {
        return switch (unlock(CardKey.SEALING, pin)) {
            case Unlocked.No(var refusal) -> refusal;
            case Unlocked.Key(var key, var _) -> {
                try {
                    yield new OpenAnswer.Opened(Secret.ofBytes(opening.with(key)));
                } catch (GeneralSecurityException e) {
                    yield new CardRefusal.Failed(String.valueOf(e));
                }
            }
        };
    }

    /// The key itself, which only a practice card gives out, or why not.
    public sealed interface Unlocked {
        record Key(PrivateKey key, X509Certificate certificate) implements Unlocked {}

        record No(CardRefusal refusal) implements Unlocked {}
    }

    /// Tries the PIN and counts it, before anything else is known.
    public Unlocked unlock(CardKey use, Secret pin) {
        try {
            CardFile now = CardFile.read(path);
            if (!now.certificate().equals(file.certificate())) {
                // Another card lies in its place.
                return new Unlocked.No(new CardRefusal.Removed());
            }
            Optional<CardFile.Certified> wanted = now.certified(use);
            if (wanted.isEmpty()) {
                return new Unlocked.No(new CardRefusal.Failed("the card has no such key: " + use));
            }
            try (Tries tries = Tries.open(triesOf(path))) {
                return unlock(wanted.get(), tries, pin);
            }
        } catch (NoSuchFileException e) {
            return new Unlocked.No(
                    e.getFile().equals(path.toString())
                            ? new CardRefusal.Removed()
                            : new CardRefusal.Failed(String.valueOf(e)));
        } catch (CardFile.Damaged | IOException | GeneralSecurityException e) {
            return new Unlocked.No(new CardRefusal.Failed(String.valueOf(e)));
        }
    }

    private static Unlocked unlock(CardFile.Certified wanted, Tries tries, Secret pin)
            throws IOException, GeneralSecurityException {
        int before = tries.left();
        if (before == 0) {
            return new Unlocked.No(new CardRefusal.Blocked());
        }
        tries.set(before - 1);
        Optional<PrivateKey> key = wanted.key().open(pin);
        if (key.isEmpty()) {
            return new Unlocked.No(before == 1 ? new CardRefusal.Blocked() : new CardRefusal.WrongPin(before - 1));
        }
        tries.set(Tries.ALL);
        return new Unlocked.Key(key.get(), wanted.certificate());
    }

    @Override
    public PinAnswer changePin(Secret old, Secret fresh) {
        return replace(triesOf(path), (now, tries) -> {
            int before = tries.left();
            if (before == 0) {
                return new CardRefusal.Blocked();
            }
            tries.set(before - 1);
            if (now.certified(CardKey.SIGNING).orElseThrow().key().open(old).isEmpty()) {
                return before == 1 ? new CardRefusal.Blocked() : new CardRefusal.WrongPin(before - 1);
            }
            sealAnew(now, old, fresh);
            tries.set(Tries.ALL);
            return new PinAnswer.Changed();
        });
    }

    /// The PIN in the file opens the keys, since a practice card keeps no secret.
    @Override
    public PinAnswer unblock(Secret puk, Secret fresh) {
        return replace(beside(".puk-tries"), (now, tries) -> {
            int before = tries.left();
            if (before == 0) {
                return new CardRefusal.Blocked();
            }
            tries.set(before - 1);
            try (Secret right = Secret.ofChars(now.practicePuk().toCharArray());
                    Secret old = Secret.ofChars(now.practicePin().toCharArray());
                    Tries ofPin = Tries.open(triesOf(path))) {
                if (!right.sameAs(puk)) {
                    return before == 1 ? new CardRefusal.Blocked() : new CardRefusal.WrongPin(before - 1);
                }
                sealAnew(now, old, fresh);
                ofPin.set(Tries.ALL);
            }
            tries.set(Tries.ALL);
            return new PinAnswer.Changed();
        });
    }

    @FunctionalInterface
    private interface Replacing {
        PinAnswer with(CardFile now, Tries tries) throws IOException, GeneralSecurityException;
    }

    private PinAnswer replace(Path counted, Replacing replacing) {
        try {
            CardFile now = CardFile.read(path);
            if (!now.certificate().equals(file.certificate())) {
                return new CardRefusal.Removed();
            }
            try (Tries tries = Tries.openOrCreate(counted)) {
                return replacing.with(now, tries);
            }
        } catch (NoSuchFileException e) {
            return new CardRefusal.Removed();
        } catch (CardFile.Damaged | IOException | GeneralSecurityException e) {
            return new CardRefusal.Failed(String.valueOf(e));
        }
    }

    private void sealAnew(CardFile now, Secret old, Secret fresh) throws IOException, GeneralSecurityException {
        var random = new SecureRandom();
        var keys = new EnumMap<CardKey, CardFile.Certified>(CardKey.class);
        for (var one : now.keys().entrySet()) {
            PrivateKey key = one.getValue()
                    .key()
                    .open(old)
                    .orElseThrow(() -> new GeneralSecurityException("another PIN than that of the other keys"));
            keys.put(
                    one.getKey(),
                    new CardFile.Certified(one.getValue().certificate(), SealedKey.seal(key, fresh, random)));
        }
        // It stands in the file in clear, as every practice PIN does.
        String pin = fresh.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        new CardFile(now.serial(), pin, now.practicePuk(), keys).replace(path);
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
    public NoteAnswer keep(String note) {
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
            return NoteAnswer.KEPT;
        } catch (IOException e) {
            return NoteAnswer.FAILED;
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
