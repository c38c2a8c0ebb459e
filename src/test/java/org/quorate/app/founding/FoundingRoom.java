package org.quorate.app.founding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.quorate.app.SystemClock;
import org.quorate.app.reader.TestReaders;
import org.quorate.app.site.LiveCards;
import org.quorate.app.site.SiteFolder;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.card.practice.TestCards.Kind;
import org.quorate.hsm.SoftHsm;
import org.quorate.ledger.TrustFile;

/// A room in which a site is founded: seven people with PIV cards in readers of a real PC/SC service, and
/// SoftHSM in the place of the console's token and of two HSMs.
public final class FoundingRoom implements AutoCloseable {
    public static final SystemClock CLOCK = new SystemClock();

    /// A founder as they will say who they are.
    ///
    /// @param roles the option that is chosen for them
    record Person(String id, String roles, PracticeCard card) {}

    public final SoftHsm hsm = SoftHsm.with("primary", "backup");
    public final TestReaders readers;
    final List<Person> people = new ArrayList<>();

    public FoundingRoom(Path folder) throws IOException {
        readers = TestReaders.start(8);
        add(folder, "p1", "administrator", Kind.P256);
        add(folder, "p2", "officer_so", Kind.P256);
        add(folder, "p3", "officer_user", Kind.P384);
        add(folder, "p4", "officer", Kind.RSA_2048);
        add(folder, "p5", "officer", Kind.P256);
        add(folder, "p6", "officer", Kind.P256);
        add(folder, "p7", "witness", Kind.P256);
        IntStream.range(0, people.size())
                .forEach(i -> readers.insert(i, people.get(i).card()));
        readers.await(() -> readers.pcsc().present().size() == people.size());
    }

    private void add(Path folder, String id, String roles, Kind kind) {
        people.add(new Person(id, roles, TestCards.make(folder, id, kind)));
    }

    /// The cards of all who found.
    public List<PracticeCard> cards() {
        return people.stream().map(Person::card).toList();
    }

    public FoundingFront front() {
        return new FoundingFront(this, people);
    }

    /// Only these people found.
    FoundingFront front(String... ids) {
        List<String> wanted = List.of(ids);
        return new FoundingFront(
                this, people.stream().filter(p -> wanted.contains(p.id())).toList());
    }

    public TrustFile found(Path home, FoundingFront front) {
        var folder = new SiteFolder(home);
        try (var cards = new LiveCards(folder)) {
            front.reader(cards.reader());
            return new LiveFounding(folder, CLOCK, front, cards).found();
        }
    }

    @Override
    public void close() {
        readers.close();
        hsm.close();
    }
}
