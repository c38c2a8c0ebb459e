package org.quorate.card.practice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.quorate.base.Problem;
import org.quorate.card.Card;
import org.quorate.card.CardReader;

/// A folder in which every file is a card. All cards lie there at once, and a person takes one.
public final class PracticeTray implements CardReader {
    private static final String ENDING = ".card.json";

    private final Path folder;

    public PracticeTray(Path folder) {
        this.folder = folder;
    }

    /// Issues the certificate of a card's key.
    @FunctionalInterface
    public interface Issuer {
        X509Certificate issue(PublicKey key, String name, String organisation);
    }

    /// Makes a card for a person.
    ///
    /// @param serial as it would be printed on the card
    public static Card create(Path folder, String serial, String name, String organisation, String pin, Issuer issuer) {
        Path file = folder.resolve(serial + ENDING);
        CardFile.make(serial, pin, key -> issuer.issue(key, name, organisation)).write(file);
        return new PracticeCard(file);
    }

    @Override
    public List<Card> present() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .<Card>map(PracticeCard::new)
                    .toList();
        } catch (IOException e) {
            throw Problem.of("card.tray_unreadable", folder).causedBy(e);
        }
    }

    @Override
    public boolean practice() {
        return true;
    }
}
