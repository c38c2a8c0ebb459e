package org.quorate.ui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.quorate.base.Digest;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;

/// A running ceremony as the window shows it. What is asked comes from the [Desk]; everything else is folded from the
/// ledger, so nothing shows as done that is not recorded.
///
/// All observable state changes on the window's thread only.
public final class CeremonyViewModel implements Answering, AutoCloseable {

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
    private final Hands hands;
    private final DeskSide side;
    private final Ledger.Subscription subscription;

    private final List<Entry> entries = new ArrayList<>();
    private final Queue<Entry> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicReference<HeadView> newestHead;
    private final AtomicBoolean taking = new AtomicBoolean();
    private Optional<UUID> ceremony;
    private Optional<Ceremony> fold = Optional.empty();

    private final ReadOnlyObjectWrapper<State> state;
    private final ReadOnlyObjectWrapper<Optional<StepPage>> viewing = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<HeadView> head;
    private final ObservableList<LedgerLine> lines = FXCollections.observableArrayList();

    public CeremonyViewModel(Occasion occasion, Ledger ledger, CardReader reader, Hands hands) {
        this.occasion = occasion;
        this.ledger = ledger;
        this.hands = hands;
        this.side = new DeskSide(reader, hands);
        this.ceremony = occasion.ceremony();
        this.newestHead = new AtomicReference<>(HeadView.of(ledger.head()));
        this.head = new ReadOnlyObjectWrapper<>(newestHead.get());
        ceremony.ifPresent(id -> entries.addAll(ledger.ofCeremony(id)));
        this.state = new ReadOnlyObjectWrapper<>(fold());
        showLines();
        this.subscription = ledger.onAppend(this::appended);
    }

    /// For the engine.
    public Front front() {
        return desk();
    }

    @Override
    public DeskSide side() {
        return side;
    }

    @Override
    public Optional<HeadView> headNow() {
        return Optional.of(head.get());
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
    @Override
    public List<Segment> segments(Question.OfCard asked) {
        return Segment.of(asked.tally(), picture(state.get().people()).open());
    }

    @Override
    public Optional<String> holder(Digest key) {
        return state.get().people().holder(key);
    }

    /// The clock of the status strip and of everything that waits.
    public void tick() {
        side.tick();
    }

    @Override
    public void close() {
        subscription.close();
        desk().leave();
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

    public ObservableList<LedgerLine> lines() {
        return lines;
    }
}
