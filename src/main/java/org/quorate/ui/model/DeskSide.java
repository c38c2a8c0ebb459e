package org.quorate.ui.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;

/// What people have at hand when they answer: the desk, the cards that lie in the readers now, files on a
/// stick, and the clock. The same for a ceremony and for a founding.
public final class DeskSide {
    private final CardReader reader;
    private final Hands hands;
    private final Desk desk;
    private final Map<String, Card> newest = new HashMap<>();
    private Optional<Question<?>> lookedFor = Optional.empty();
    private final ReadOnlyObjectWrapper<Instant> now;
    private final ObservableList<CardItem> cards = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper cardTrouble = new ReadOnlyStringWrapper("");

    DeskSide(CardReader reader, Hands hands) {
        this.reader = reader;
        this.hands = hands;
        this.desk = new Desk(hands.window(), hands.clock());
        this.now = new ReadOnlyObjectWrapper<>(hands.clock().instant());
    }

    Desk desk() {
        return desk;
    }

    boolean practiceCards() {
        return reader.practice();
    }

    void tick() {
        now.set(hands.clock().instant());
    }

    ReadOnlyObjectProperty<Instant> nowProperty() {
        return now.getReadOnlyProperty();
    }

    ReadOnlyStringProperty cardTroubleProperty() {
        return cardTrouble.getReadOnlyProperty();
    }

    ObservableList<CardItem> cards() {
        return cards;
    }

    @SuppressWarnings("ReferenceEquality") // the same tally can be asked about twice, and is another question then
    void lookForCards(Question<?> asked, Function<Card, CardItem> as) {
        // Which cards count depends on the question: what was found for another one must not be offered for this.
        if (lookedFor.filter(before -> before == asked).isEmpty()) {
            lookedFor = Optional.of(asked);
            cards.clear();
        }
        hands.background().execute(() -> {
            List<CardItem> found = reader.present().stream().map(as).toList();
            Optional<Problem> trouble = reader.troubles().stream().findFirst();
            hands.window().execute(() -> showCards(asked, found, trouble));
        });
    }

    /// A list that reads the same stays as it is, so that nobody loses a choice; the cards behind it are the newest.
    @SuppressWarnings("ReferenceEquality") // the same tally can be asked about twice, and is another question then
    private void showCards(Question<?> asked, List<CardItem> found, Optional<Problem> trouble) {
        if (lookedFor.filter(now -> now == asked).isEmpty()) {
            return;
        }
        cardTrouble.set(
                trouble.map(problem -> problem.what() + " " + problem.next()).orElse(""));
        newest.clear();
        found.forEach(item -> newest.put(item.serial(), item.card()));
        List<String> before = cards.stream().map(CardItem::reading).toList();
        if (!found.stream().map(CardItem::reading).toList().equals(before)) {
            cards.setAll(found);
        }
    }

    private Card newest(CardItem item) {
        return newest.getOrDefault(item.serial(), item.card());
    }

    void pick(Question.PickCard asked, CardItem item) {
        desk.answer(asked, newest(item));
    }

    void setPin(Question.SetCardPin asked, CardItem item, Secret first, Secret fresh) {
        desk.answer(asked, new Question.CardPinAnswer.Typed(newest(item), first, fresh));
    }

    void approve(Question.OfCard asked, CardItem item, Secret pin) {
        desk.answer(asked, new Presented.Approves(newest(item), pin));
    }

    void reject(Question.OfCard asked, CardItem item, Secret pin, String because) {
        desk.answer(asked, new Presented.Rejects(newest(item), pin, because));
    }

    /// Reads a file that people brought; a stick can be slow, so this happens off the window's thread.
    ///
    /// @param trouble is told, on the window's thread, why the file is not taken
    void bring(Question.BringFile asked, Path file, Consumer<String> trouble) {
        hands.background().execute(() -> {
            try {
                if (Files.size(file) > asked.maxBytes()) {
                    tell(trouble, Texts.get("ui.file.too_large", asked.maxBytes()));
                    return;
                }
                byte[] content = Files.readAllBytes(file);
                asked.check()
                        .apply(content)
                        .ifPresentOrElse(
                                said -> tell(trouble, said),
                                () -> hands.window().execute(() -> desk.answer(asked, content)));
            } catch (IOException e) {
                tell(trouble, Texts.get("ui.file.unreadable"));
            }
        });
    }

    /// Writes a file that is handed out, and never over another one.
    void take(Question.TakeFile asked, Path file, Consumer<String> trouble) {
        write(asked, asked.content(), file, trouble);
    }

    /// The same for a secret.
    void take(Question.TakeSecret asked, Path file, Consumer<String> trouble) {
        write(asked, asked.content(), file, trouble);
    }

    private void write(Question<Question.Verdict> asked, byte[] content, Path file, Consumer<String> trouble) {
        hands.background().execute(() -> {
            try {
                Files.write(file, content, StandardOpenOption.CREATE_NEW);
                hands.window().execute(() -> desk.answer(asked, new Question.Verdict.Yes()));
            } catch (FileAlreadyExistsException e) {
                tell(trouble, Texts.get("ui.file.exists"));
            } catch (IOException e) {
                dropHalf(file);
                tell(trouble, Texts.get("ui.file.unwritable"));
            }
        });
    }

    /// Half of a share in clear would be nobody's.
    private static void dropHalf(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(DeskSide.class.getName()).log(System.Logger.Level.DEBUG, "half a file stays", e);
        }
    }

    private void tell(Consumer<String> trouble, String said) {
        hands.window().execute(() -> trouble.accept(said));
    }
}
