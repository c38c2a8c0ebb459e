package org.quorate.ui.demo;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.NoteAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.quorum.Participant;
import org.quorate.record.SampleCertificates;

/// A practice tray with everybody's card, one of them nobody's here.
public final class DemoCards implements CardReader {
    private volatile List<Card> cards = List.of(
            new DemoCard("0417", Demo.OKAFOR, 3),
            new DemoCard("0418", Demo.LINDQVIST, 3),
            new DemoCard("0419", Demo.TANAKA, 1),
            new DemoCard("0512", Demo.WEBER, 3),
            new DemoCard("0999", Demo.STRANGER, 3));

    private volatile List<Problem> troubles = List.of();

    /// What stands in the way of another card.
    public void trouble(Problem now) {
        troubles = List.of(now);
    }

    @Override
    public List<Problem> troubles() {
        return troubles;
    }

    public void put(List<Card> now) {
        cards = List.copyOf(now);
    }

    @Override
    public List<Card> present() {
        return cards;
    }

    @Override
    public boolean practice() {
        return true;
    }

    public record DemoCard(String serial, Participant holder, int triesLeft) implements Card {
        @Override
        public X509Certificate certificate() {
            return SampleCertificates.ofCard("CN=" + holder.name() + ",O=" + holder.organisation());
        }

        @Override
        public Digest keyId() {
            return holder.keys().getFirst();
        }

        @Override
        public PinHelp pinHelp() {
            return new PinHelp(6, 8, triesLeft, Optional.of("11" + serial));
        }

        @Override
        public Optional<String> kept(String origin) {
            return Optional.empty();
        }

        @Override
        public NoteAnswer keep(String note) {
            return NoteAnswer.CANNOT;
        }

        @Override
        public SignAnswer sign(Secret pin, byte[] message) {
            throw new UnsupportedOperationException("the window signs nothing");
        }
    }
}
