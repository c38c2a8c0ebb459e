package org.quorate.card.piv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import org.quorate.base.Problem;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.CardRefusal;
import org.quorate.card.piv.CardPlace.Afterwards;

/// The PC/SC readers of this machine. Whoever wants to know what is there looks, as often as they like: a card is read
/// once when it is new and again after it was used, so that a look costs next to nothing.
public final class PcscReaders implements CardReader {
    private static final long AT_ONCE = 1;

    private final ReentrantLock lock = new ReentrantLock();

    /// By reader: the card in it, if it could be read and was not used since.
    private final Map<String, PivCard> read = new ConcurrentHashMap<>();

    private volatile List<Card> cards = List.of();
    private volatile List<Problem> troubles = List.of();
    private Optional<CardTerminals> terminals = Optional.empty();

    /// While a card is at work, what was seen last still stands.
    @Override
    public List<Card> present() {
        if (lock.tryLock()) {
            try {
                look();
            } finally {
                lock.unlock();
            }
        }
        return cards;
    }

    @Override
    public List<Problem> troubles() {
        return troubles;
    }

    /// The names of the readers, with a card or without.
    public List<String> readers() {
        lock.lock();
        try {
            return terminals().list().stream().map(CardTerminal::getName).toList();
        } catch (CardException | IllegalStateException e) {
            lost(e);
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean practice() {
        return false;
    }

    private void look() {
        try {
            CardTerminals service = terminals();
            List<CardTerminal> all = service.list();
            if (all.isEmpty()) {
                nothing(Problem.of("card.no_reader"));
                return;
            }
            if (service.waitForChange(AT_ONCE)) {
                // Also where one card was changed for another between two looks.
                read.clear();
            }
            look(service.list(CardTerminals.State.CARD_PRESENT));
        } catch (CardException | IllegalStateException e) {
            lost(e);
        }
    }

    private void lost(Exception e) {
        terminals = Optional.empty();
        boolean again = PcscLibrary.forgetService();
        nothing(Problem.of(again ? "card.no_service" : "card.service_lost").withTechnical(PcscLibrary.causes(e)));
    }

    private void nothing(Problem why) {
        read.clear();
        cards = List.of();
        troubles = List.of(why);
    }

    private void look(List<CardTerminal> filled) {
        read.keySet().retainAll(filled.stream().map(CardTerminal::getName).collect(Collectors.toSet()));
        var unusable = new ArrayList<Problem>();
        var usable = new ArrayList<Card>();
        for (CardTerminal terminal : filled) {
            try {
                usable.add(card(terminal));
            } catch (Refused refused) {
                unusable.add(trouble(terminal, refused.why()));
            }
        }
        cards = List.copyOf(usable);
        troubles = List.copyOf(unusable);
    }

    private PivCard card(CardTerminal terminal) throws Refused {
        Optional<PivCard> known = Optional.ofNullable(read.get(terminal.getName()));
        if (known.isPresent()) {
            return known.get();
        }
        var place = new PcscPlace(terminal, lock);
        PivIdentity identity = place.talk(Afterwards.LEAVE, PivIdentity::read);
        var card = new PivCard(place, identity, () -> read.remove(terminal.getName()));
        read.put(terminal.getName(), card);
        return card;
    }

    private static Problem trouble(CardTerminal terminal, CardRefusal why) {
        return switch (why) {
            case CardRefusal.Failed(var technical) ->
                Problem.of("card.not_understood", terminal.getName()).withTechnical(technical);
            default -> Problem.of("card.lost", terminal.getName());
        };
    }

    private CardTerminals terminals() throws CardException {
        if (terminals.isEmpty()) {
            terminals = Optional.of(PcscLibrary.terminals());
        }
        return terminals.get();
    }
}
