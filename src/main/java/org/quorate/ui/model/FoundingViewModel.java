package org.quorate.ui.model;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;

/// A founding as the window shows it: one question after the other, with no ledger behind it yet.
public final class FoundingViewModel implements Answering {
    /// How it ended.
    ///
    /// @param problem empty where the site is founded
    public record Ended(Optional<Problem> problem) {}

    private final DeskSide side;
    private final ReadOnlyObjectWrapper<Optional<Ended>> ended = new ReadOnlyObjectWrapper<>(Optional.empty());

    public FoundingViewModel(CardReader reader, Hands hands) {
        this.side = new DeskSide(reader, hands);
    }

    /// For the founding.
    public Front front() {
        return desk();
    }

    @Override
    public DeskSide side() {
        return side;
    }

    @Override
    public List<Segment> segments(Question.OfCard asked) {
        return Segment.of(asked.tally(), Optional.empty());
    }

    /// Whether a card founds already is for the founding to say.
    @Override
    public Optional<String> holder(Digest key) {
        return Optional.empty();
    }

    @Override
    public Optional<HeadView> headNow() {
        return Optional.empty();
    }

    public void tick() {
        side.tick();
    }

    /// On the window's thread.
    public void end(Optional<Problem> problem) {
        ended.set(Optional.of(new Ended(problem)));
    }

    public ReadOnlyObjectProperty<Optional<Ended>> endedProperty() {
        return ended.getReadOnlyProperty();
    }

    /// The window is closed, which stops the founding.
    public void leave() {
        desk().leave();
    }
}
