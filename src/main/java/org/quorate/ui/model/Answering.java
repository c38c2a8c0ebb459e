package org.quorate.ui.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.collections.ObservableList;
import org.quorate.base.Digest;
import org.quorate.base.Secret;
import org.quorate.ceremony.Question;

/// What the page of a question needs to be answered, in a ceremony as in a founding.
public sealed interface Answering permits CeremonyViewModel, FoundingViewModel, ApprovingViewModel {
    DeskSide side();

    /// The people of a quorum, and what each has done so far.
    List<Segment> segments(Question.OfCard asked);

    /// Who is known by a key already.
    Optional<String> holder(Digest key);

    /// The head of the ledger; empty where there is no ledger yet.
    Optional<HeadView> headNow();

    /// For the page that answers the question.
    default Desk desk() {
        return side().desk();
    }

    /// Looks which cards are there now; readers can be slow, so this happens off the window's thread.
    default void lookForCards(Question.OfCard asked) {
        side().lookForCards(asked, card -> CardItem.toSign(card, asked.tally(), holder(card.keyId())));
    }

    /// The same for a card that is to be enrolled.
    default void lookForCards(Question.PickCard asked) {
        side().lookForCards(asked, card -> CardItem.toEnrol(card, holder(card.keyId())));
    }

    /// The same for a card that gets a new PIN.
    default void lookForCards(Question.SetCardPin asked) {
        side().lookForCards(asked, card -> CardItem.of(card, asked.tally(), holder(card.keyId())));
    }

    /// How long the answer still counts by the clock of now; empty where it has no end.
    default Optional<Countdown> countdown(Question.OfCard asked) {
        return asked.until().map(end -> Countdown.of(end, nowProperty().get()));
    }

    default ObservableList<CardItem> cards() {
        return side().cards();
    }

    /// Why a card that lies there is not offered, or why none can be; empty where nothing is the matter.
    default ReadOnlyStringProperty cardTroubleProperty() {
        return side().cardTroubleProperty();
    }

    default boolean practiceCards() {
        return side().practiceCards();
    }

    default ReadOnlyObjectProperty<Instant> nowProperty() {
        return side().nowProperty();
    }

    default void pick(Question.PickCard asked, CardItem item) {
        side().pick(asked, item);
    }

    default void setPin(Question.SetCardPin asked, CardItem item, Secret first, Secret fresh) {
        side().setPin(asked, item, first, fresh);
    }

    default void approve(Question.OfCard asked, CardItem item, Secret pin) {
        side().approve(asked, item, pin);
    }

    default void reject(Question.OfCard asked, CardItem item, Secret pin, String because) {
        side().reject(asked, item, pin, because);
    }

    /// Reads a file that people brought; a stick can be slow, so this happens off the window's thread.
    ///
    /// @param trouble is told, on the window's thread, why the file is not taken
    default void bring(Question.BringFile asked, Path file, Consumer<String> trouble) {
        side().bring(asked, file, trouble);
    }

    /// Writes a file that is handed out, and never over another one.
    default void take(Question.TakeFile asked, Path file, Consumer<String> trouble) {
        side().take(asked, file, trouble);
    }

    /// The same for a file that is a secret.
    default void take(Question.TakeSecret asked, Path file, Consumer<String> trouble) {
        side().take(asked, file, trouble);
    }
}
