package org.quorate.card.piv;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.quorate.card.CardRefusal;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.piv.VirtualPiv;

/// A reader without PC/SC: commands go straight to a virtual card, and a test can meddle with each of them.
class TestPlace implements CardPlace {
    VirtualPiv card;
    boolean there = true;
    final List<byte[]> commands = new ArrayList<>();
    final List<Afterwards> endings = new ArrayList<>();

    /// The command, by its number in this talk, before which the card is pulled.
    int pullAt = -1;

    /// The command whose answer is changed, and how; the card does not see it where `instead` is set.
    int meddleAt = -1;

    UnaryOperator<byte[]> meddle = answer -> answer;
    boolean instead;

    Optional<PinPad.Control> keys = Optional.empty();

    TestPlace(PracticeCard card) {
        this.card = new VirtualPiv(card);
    }

    PivCard read() {
        try {
            return new PivCard(this, talk(Afterwards.LEAVE, PivIdentity::read), () -> {});
        } catch (Refused e) {
            throw new AssertionError(e);
        }
    }

    /// Answers the command with this status word, and the card never sees it.
    void answerAt(int command, String hex) {
        meddleAt = command;
        meddle = answer -> HexFormat.of().parseHex(hex);
        instead = true;
    }

    void clear() {
        pullAt = -1;
        meddleAt = -1;
        instead = false;
        meddle = answer -> answer;
        there = true;
    }

    /// What comes back of what the card answered.
    byte[] answered(byte[] command, byte[] answer) {
        return answer;
    }

    @Override
    public String name() {
        return "test reader";
    }

    @Override
    public <T> T talk(Afterwards afterwards, Talk<T> talk) throws Refused {
        if (!there) {
            throw new Refused(new CardRefusal.Removed());
        }
        commands.clear();
        try {
            return talk.with(new Link());
        } finally {
            endings.add(afterwards);
            if (afterwards == Afterwards.RESET || !there) {
                card.reset();
            }
        }
    }

    private final class Link implements CardLink {
        @Override
        public byte[] transmit(byte[] command) throws Refused {
            int number = commands.size();
            commands.add(command.clone());
            if (number == pullAt) {
                there = false;
            }
            if (!there) {
                throw new Refused(new CardRefusal.Removed());
            }
            if (number != meddleAt) {
                return answered(command, card.process(command));
            }
            return meddle.apply(instead ? new byte[0] : card.process(command));
        }

        @Override
        public Optional<PinPad> pinPad() {
            byte[] features = HexFormat.of().parseHex("120442330012" + "060442000db2");
            return keys.flatMap(control -> PinPad.of(features, control));
        }
    }
}
