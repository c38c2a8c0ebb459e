package org.quorate.app.reader;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.quorate.app.site.CardsAtHand;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.PracticeTray;

/// The practice cards of a site in virtual readers: each in one of its own, or all through one, where the hand that
/// changes them is this program's.
public final class VirtualCards implements CardsAtHand {
    private final VirtualReaders readers;
    private final Map<Digest, PracticeCard> cards = new LinkedHashMap<>();
    private final boolean oneReader;

    private VirtualCards(VirtualReaders readers, List<PracticeCard> cards, boolean oneReader) {
        this.readers = readers;
        this.oneReader = oneReader;
        cards.forEach(card -> this.cards.put(card.keyId(), card));
    }

    /// @param socket the value of `PCSCLITE_CSOCK_NAME`, which the launcher sets; empty where somebody else started us
    public static CardsAtHand open(SiteFolder folder, Optional<Path> socket, boolean oneReader) {
        Path place = socket.orElseThrow(() -> Problem.of("app.reader.no_socket").asException());
        List<PracticeCard> cards = new PracticeTray(folder.cards()).cards();
        var readers = VirtualReaders.start(place, oneReader ? 1 : cards.size());
        try {
            var virtual = new VirtualCards(readers, cards, oneReader);
            virtual.fill(cards);
            return virtual;
        } catch (RuntimeException e) {
            readers.close();
            throw e;
        }
    }

    private void fill(List<PracticeCard> all) {
        if (!oneReader) {
            for (int i = 0; i < all.size(); i++) {
                readers.reader(i).insert(Chip.of(all.get(i)));
            }
            readers.await(() -> readers.pcsc().present().size() == all.size());
        }
    }

    @Override
    public CardReader reader() {
        return new CardReader() {
            @Override
            public List<Card> present() {
                return readers.pcsc().present().stream()
                        .map(VirtualCards.this::withPracticePin)
                        .toList();
            }

            @Override
            public List<Problem> troubles() {
                return readers.pcsc().troubles();
            }

            @Override
            public boolean practice() {
                return true;
            }
        };
    }

    private Card withPracticePin(Card card) {
        return Optional.ofNullable(cards.get(card.keyId()))
                .flatMap(file ->
                        file.pinHelp().practicePin().<Card>map(pin -> new RehearsedCard(card, pin, file.practicePuk())))
                .orElse(card);
    }

    @Override
    public Optional<Card> take(Predicate<Digest> wanted) {
        Optional<Card> there = CardsAtHand.super.take(wanted);
        if (there.isPresent() || !oneReader) {
            return there;
        }
        for (PracticeCard card : cards.values()) {
            if (wanted.test(card.keyId())) {
                readers.reader(0).insert(Chip.of(card));
                readers.await(() -> CardsAtHand.super.take(card.keyId()::equals).isPresent());
                return CardsAtHand.super.take(wanted);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        readers.close();
    }
}
