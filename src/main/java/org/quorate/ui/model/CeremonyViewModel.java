package org.quorate.ui.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;

/// A running ceremony as the window shows it. What is asked comes from the [Desk]; everything else is folded from the
/// ledger, so nothing shows as done that is not recorded.
///
/// All observable state changes on the window's thread only.
public final class CeremonyViewModel implements AutoCloseable {

    /// What the whole window shows beside the question.
    ///
    /// @param step the step that is open now
    /// @param serial of the HSM that it is about; empty where no HSM has been looked at yet
    public record State(
            List<RailAct> rail,
            Optional<StepPage> step,
            People people,
            Optional<String> serial,
            int exceptions,
            Optional<Ceremony.Status> status) {}

    private final Occasion occasion;
    private final Ledger ledger;
    private final CardReader reader;
    private final Hands hands;
    private final Desk desk;
    private final Ledger.Subscription subscription;

    private final List<Entry> entries = new ArrayList<>();
    private final Queue<Entry> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicReference<HeadView> newestHead;
    private final AtomicBoolean taking = new AtomicBoolean();
    private final Map<String, Card> newest = new HashMap<>();
    private Optional<Question<?>> lookedFor = Optional.empty();
    private Optional<UUID> ceremony;
    private Optional<Ceremony> fold = Optional.empty();

    private final ReadOnlyObjectWrapper<State> state;
    private final ReadOnlyObjectWrapper<Optional<StepPage>> viewing = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<HeadView> head;
    private final ReadOnlyObjectWrapper<Instant> now;
    private final ObservableList<LedgerLine> lines = FXCollections.observableArrayList();
    private final ObservableList<CardItem> cards = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper cardTrouble = new ReadOnlyStringWrapper("");

    public CeremonyViewModel(Occasion occasion, Ledger ledger, CardReader reader, Hands hands) {
        this.occasion = occasion;
        this.ledger = ledger;
        this.reader = reader;
        this.hands = hands;
        this.desk = new Desk(hands.window(), hands.clock());
        this.ceremony = occasion.ceremony();
        this.newestHead = new AtomicReference<>(HeadView.of(ledger.head()));
        this.head = new ReadOnlyObjectWrapper<>(newestHead.get());
        this.now = new ReadOnlyObjectWrapper<>(hands.clock().instant());
        ceremony.ifPresent(id -> entries.addAll(ledger.ofCeremony(id)));
        this.state = new ReadOnlyObjectWrapper<>(fold());
        showLines();
        this.subscription = ledger.onAppend(this::appended);
    }

    /// For the engine.
    public Front front() {
        return desk;
    }

    /// For the page that answers the question.
    public Desk desk() {
        return desk;
    }

    public Occasion occasion() {
        return occasion;
    }

    public boolean rehearsal() {
        return occasion.site().mode() == Site.Mode.REHEARSAL;
    }

    public Digest scriptDigest() {
        return occasion.script().digest();
    }

    public Optional<UUID> ceremony() {
        return ceremony;
    }

    // What an append changes. Entries that come faster than the window draws are taken together. The head is read on
    // the
    // appending thread, where the ledger is known to be open.

    private void appended(Entry entry) {
        arrived.add(entry);
        newestHead.set(HeadView.of(ledger.head()));
        if (taking.compareAndSet(false, true)) {
            hands.window().execute(this::takeAll);
        }
    }

    private void takeAll() {
        taking.set(false);
        var ours = new ArrayList<Entry>();
        for (Entry entry = arrived.poll(); entry != null; entry = arrived.poll()) {
            if (isOurs(entry)) {
                ours.add(entry);
            }
        }
        head.set(newestHead.get());
        if (!ours.isEmpty()) {
            entries.addAll(ours);
            state.set(fold());
            People people = state.get().people();
            lines.addAll(
                    ours.stream().map(entry -> LedgerLine.of(entry, people)).toList());
            viewing.get().ifPresent(page -> view(page.id()));
        }
    }

    private boolean isOurs(Entry entry) {
        if (ceremony.isEmpty() && entry.is(EntryType.CEREMONY_OPEN)) {
            ceremony = entry.ceremony();
        }
        return entry.ceremony().isPresent() && entry.ceremony().equals(ceremony);
    }

    private State fold() {
        fold = entries.isEmpty() ? Optional.empty() : Optional.of(Ceremony.of(entries));
        People people = People.of(occasion.roster(), fold);
        Picture picture = picture(people);
        return new State(
                picture.rail(),
                picture.open().flatMap(run -> picture.page(run.step())),
                people,
                serial(picture),
                picture.exceptions(),
                fold.map(Ceremony::status));
    }

    /// The serial of the HSM that the step is about: the one last seen in its role, or before that the one the site
    /// profile expects there.
    private Optional<String> serial(Picture picture) {
        Map<String, Site.TokenAt> tokens = occasion.site().tokens();
        return picture.tokenRole()
                .flatMap(role -> picture.serial(role)
                        .or(() -> Optional.ofNullable(tokens.get(role)).map(Site.TokenAt::serial)));
    }

    private Picture picture(People people) {
        return new Picture(occasion.script(), fold, people);
    }

    private void showLines() {
        People people = state.get().people();
        lines.setAll(entries.stream().map(entry -> LedgerLine.of(entry, people)).toList());
    }

    // What people do.

    /// Shows what is on record for a step; it is only looked at and never done again.
    public void view(String step) {
        viewing.set(picture(state.get().people()).page(step));
    }

    public void backToCurrent() {
        viewing.set(Optional.empty());
    }

    /// The page that belongs behind a question of this name, with the people of its quorum.
    public List<Segment> segments(Question.OfCard asked) {
        return Segment.of(asked.tally(), picture(state.get().people()).open());
    }

    /// Looks which cards are there now; readers can be slow, so this happens off the window's thread.
    public void lookForCards(Question.OfCard asked) {
        lookForCards(asked, card -> CardItem.of(card, asked.tally()));
    }

    /// The same for a card that is to be enrolled.
    public void lookForCards(Question.PickCard asked) {
        People people = state.get().people();
        lookForCards(asked, card -> CardItem.toEnrol(card, people.holder(card.keyId())));
    }

    @SuppressWarnings("ReferenceEquality") // the same tally can be asked about twice, and is another question then
    private void lookForCards(Question<?> asked, Function<Card, CardItem> as) {
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

    public boolean practiceCards() {
        return reader.practice();
    }

    /// Reads a file that people brought; a stick can be slow, so this happens off the window's thread.
    ///
    /// @param trouble is told, on the window's thread, why the file is not taken
    public void bring(Question.BringFile asked, Path file, Consumer<String> trouble) {
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
    public void take(Question.TakeFile asked, Path file, Consumer<String> trouble) {
        hands.background().execute(() -> {
            try {
                Files.write(file, asked.content(), StandardOpenOption.CREATE_NEW);
                hands.window().execute(() -> desk.answer(asked, new Question.Verdict.Yes()));
            } catch (FileAlreadyExistsException e) {
                tell(trouble, Texts.get("ui.file.exists"));
            } catch (IOException e) {
                tell(trouble, Texts.get("ui.file.unwritable"));
            }
        });
    }

    private void tell(Consumer<String> trouble, String said) {
        hands.window().execute(() -> trouble.accept(said));
    }

    public void pick(Question.PickCard asked, CardItem item) {
        desk.answer(asked, newest(item));
    }

    public void approve(Question.OfCard asked, CardItem item, Secret pin) {
        desk.answer(asked, new Presented.Approves(newest(item), pin));
    }

    public void reject(Question.OfCard asked, CardItem item, Secret pin, String because) {
        desk.answer(asked, new Presented.Rejects(newest(item), pin, because));
    }

    /// The clock of the status strip and of everything that waits.
    public void tick() {
        now.set(hands.clock().instant());
    }

    @Override
    public void close() {
        subscription.close();
        desk.leave();
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// The earlier step that is looked at; empty while the current one shows.
    public ReadOnlyObjectProperty<Optional<StepPage>> viewingProperty() {
        return viewing.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<HeadView> headProperty() {
        return head.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Instant> nowProperty() {
        return now.getReadOnlyProperty();
    }

    public ObservableList<LedgerLine> lines() {
        return lines;
    }

    /// Why a card that lies there is not offered, or why none can be; empty where nothing is the matter.
    public ReadOnlyStringProperty cardTroubleProperty() {
        return cardTrouble.getReadOnlyProperty();
    }

    public ObservableList<CardItem> cards() {
        return cards;
    }
}
