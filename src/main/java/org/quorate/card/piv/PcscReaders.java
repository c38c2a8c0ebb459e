package org.quorate.card.piv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /// By reader: the card in it, or what is the matter with it. A card that was used is read anew.
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private volatile List<Card> cards = List.of();
    private volatile List<Problem> troubles = List.of();
    private Optional<CardTerminals> terminals = Optional.empty();

    private sealed interface Seen {
        record Usable(PivCard card) implements Seen {}

        record Unusable(Problem why) implements Seen {}
    }

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
        } catch (CardException e) {
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
                seen.clear();
            }
            look(service.list(CardTerminals.State.CARD_PRESENT));
        } catch (CardException | IllegalStateException e) {
            terminals = Optional.empty();
            boolean again = PcscLibrary.forgetService();
            nothing(Problem.of(again ? "card.no_service" : "card.service_lost").withTechnical(PcscLibrary.causes(e)));
        }
    }

    private void nothing(Problem why) {
        seen.clear();
        cards = List.of();
        troubles = List.of(why);
    }

    private void look(List<CardTerminal> filled) {
        seen.keySet().retainAll(filled.stream().map(CardTerminal::getName).collect(Collectors.toSet()));
        var now = new LinkedHashMap<String, Seen>();
        for (CardTerminal terminal : filled) {
            now.put(terminal.getName(), seen.computeIfAbsent(terminal.getName(), name -> read(terminal)));
        }
        var usable = new ArrayList<Card>();
        var unusable = new ArrayList<Problem>();
        for (Seen one : now.values()) {
            switch (one) {
                case Seen.Usable(var card) -> usable.add(card);
                case Seen.Unusable(var why) -> unusable.add(why);
            }
        }
        cards = List.copyOf(usable);
        troubles = List.copyOf(unusable);
    }

    private Seen read(CardTerminal terminal) {
        var place = new PcscPlace(terminal, lock);
        try {
            PivIdentity identity = place.talk(Afterwards.LEAVE, PivIdentity::read);
            return new Seen.Usable(new PivCard(place, identity, () -> seen.remove(terminal.getName())));
        } catch (Refused refused) {
            return new Seen.Unusable(
                    switch (refused.why()) {
                        case CardRefusal.Failed(var technical) ->
                            Problem.of("card.not_understood", terminal.getName())
                                    .withTechnical(technical);
                        default -> Problem.of("card.lost", terminal.getName());
                    });
        }
    }

    private CardTerminals terminals() throws CardException {
        if (terminals.isEmpty()) {
            terminals = Optional.of(PcscLibrary.terminals());
        }
        return terminals.get();
    }
}
