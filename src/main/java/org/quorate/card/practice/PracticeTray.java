package org.quorate.card.practice;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.CardReader;

/// A folder of practice cards, all of which are there at once.
public final class PracticeTray implements CardReader {
    static final String CARD = ".card";
    private static final Pattern PERSON = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final Path folder;

    public PracticeTray(Path folder) {
        this.folder = folder;
    }

    /// Who a new card is made for.
    ///
    /// @param person the stable id of the roster; it names the file
    public record Holder(String person, String name, String organisation) {
        public Holder {
            if (!PERSON.matcher(person).matches()) {
                throw new IllegalArgumentException("not the id of a person: " + person);
            }
        }
    }

    /// Makes a card with new keys on P-256 and a new PIN. Nothing is overwritten.
    public static PracticeCard create(Path folder, Holder holder, CertificateIssuer issuer) {
        return create(folder, holder, issuer, PracticeTray::newPair);
    }

    /// Makes a card whose keys `pairs` hands out, one for each use.
    public static PracticeCard create(Path folder, Holder holder, CertificateIssuer issuer, Supplier<KeyPair> pairs) {
        Path path = folder.resolve(holder.person() + CARD);
        var random = new SecureRandom();
        String serial = String.format(Locale.ROOT, "P-%04X-%04X", random.nextInt(1 << 16), random.nextInt(1 << 16));
        String digits = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
        try (Secret pin = Secret.ofChars(digits.toCharArray())) {
            Files.createDirectories(folder);
            var keys = new EnumMap<CardKey, CardFile.Certified>(CardKey.class);
            for (CardKey use : CardKey.values()) {
                KeyPair pair = pairs.get();
                keys.put(
                        use,
                        new CardFile.Certified(
                                issuer.issue(pair.getPublic(), use, holder),
                                SealedKey.seal(pair.getPrivate(), pin, random)));
            }
            String puk = String.format(Locale.ROOT, "%08d", random.nextInt(100_000_000));
            var file = new CardFile(serial, digits, puk, keys);
            Tries.create(PracticeCard.triesOf(path));
            file.write(path);
            return new PracticeCard(path, file);
        } catch (FileAlreadyExistsException e) {
            throw Problem.of("card.practice-exists", path).causedBy(e);
        } catch (IOException | GeneralSecurityException e) {
            throw Problem.of("card.practice-not-made", path).causedBy(e);
        }
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes keys on P-256", e);
        }
    }

    /// The cards in the order of their files. A file that is no card is passed over, as a reader passes over a card
    /// that does not answer.
    @Override
    public List<Card> present() {
        return List.copyOf(cards());
    }

    /// The same, as what they are.
    public List<PracticeCard> cards() {
        var paths = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + CARD)) {
            files.forEach(paths::add);
        } catch (IOException e) {
            return List.of();
        }
        return paths.stream().sorted().flatMap(path -> card(path).stream()).toList();
    }

    private static Optional<PracticeCard> card(Path path) {
        try {
            return Optional.of(new PracticeCard(path, CardFile.read(path)));
        } catch (IOException | CardFile.Damaged e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean practice() {
        return true;
    }
}
