package org.quorate.card.piv;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import org.quorate.card.CardRefusal;

/// A reader of PC/SC. Talks wait for one another, because Java shares one connection among all who ask for the same
/// reader.
final class PcscPlace implements CardPlace {
    private static final String ANY_PROTOCOL = "*";
    /// Of a short answer, its status word included.
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final CardTerminal terminal;
    private final ReentrantLock lock;

    PcscPlace(CardTerminal terminal, ReentrantLock lock) {
        this.terminal = terminal;
        this.lock = lock;
    }

    @Override
    public String name() {
        return terminal.getName();
    }

    @Override
    public <T> T talk(Afterwards afterwards, Talk<T> talk) throws Refused {
        lock.lock();
        try {
            Card card = terminal.connect(ANY_PROTOCOL);
            try {
                card.beginExclusive();
                return talk.with(new Link(card));
            } finally {
                disconnect(card, afterwards);
            }
        } catch (CardNotPresentException e) {
            throw new Refused(new CardRefusal.Removed());
        } catch (CardException | IllegalStateException e) {
            throw refused(e);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the exclusive use too. Of a card that was pulled there is nothing left to end.
    private static void disconnect(Card card, Afterwards afterwards) {
        try {
            card.disconnect(afterwards == Afterwards.RESET);
        } catch (CardException | IllegalStateException e) {
            // The card is gone; its PIN went with its power.
        }
    }

    private static Refused refused(Exception e) {
        return new Refused(
                PcscLibrary.saysRemoved(e) ? new CardRefusal.Removed() : new CardRefusal.Failed(PcscLibrary.causes(e)));
    }

    private record Link(Card card) implements CardLink {

        @Override
        public byte[] transmit(byte[] command) throws Refused {
            CardChannel channel = card.getBasicChannel();
            ByteBuffer answer = ByteBuffer.allocate(LARGEST_ANSWER);
            try {
                int length = channel.transmit(ByteBuffer.wrap(command), answer);
                return Arrays.copyOf(answer.array(), length);
            } catch (CardException | IllegalStateException | IllegalArgumentException e) {
                throw refused(e);
            } finally {
                // It may have been a shared secret.
                Arrays.fill(answer.array(), (byte) 0);
            }
        }

        @Override
        public Optional<PinPad> pinPad() {
            try {
                return PinPad.of(card.transmitControlCommand(PinPad.FEATURES, new byte[0]), this::control);
            } catch (CardException | IllegalStateException e) {
                // Most readers have no keys, and some do not even know the question.
                return Optional.empty();
            }
        }

        private byte[] control(int code, byte[] command) throws Refused {
            try {
                return card.transmitControlCommand(code, command);
            } catch (CardException | IllegalStateException e) {
                throw refused(e);
            }
        }
    }
}
