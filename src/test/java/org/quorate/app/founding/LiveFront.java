package org.quorate.app.founding;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.quorate.base.Problem;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.ExceptionSheet;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.hsm.SoftHsm;
import org.quorate.quorum.Tally;

/// Answers for everybody in a ceremony at a live site, where nothing tells it a PIN: it types what it knows.
final class LiveFront implements Front {
    private final FoundingRoom room;
    private final CardReader reader;
    private Optional<Problem> last = Optional.empty();
    private int sheets;

    LiveFront(FoundingRoom room, CardReader reader) {
        this.room = room;
        this.reader = reader;
    }

    Optional<Problem> last() {
        return last;
    }

    @Override
    @SuppressWarnings("unchecked") // each question is answered by a value of its own type
    public <T> Answer<T> ask(Question<T> question) {
        if (question.name().equals(Question.Choose.AFTER_FAILURE)) {
            return (Answer<T>) afterFailure();
        }
        Object value = switch (question) {
            case Question.Enter q -> entered(q);
            case Question.EnterSecret q -> secret(q);
            case Question.Commit q -> q.serial();
            case Question.PresentCard q -> presented(q.tally());
            case Question.Choose q -> q.options().getLast().id();
            case Question.PickCard q -> throw new AssertionError("nobody is enrolled here");
            case Question.BringFile q -> throw new AssertionError("nobody brings a file here");
            default -> new Question.Verdict.Yes();
        };
        return (Answer<T>) new Answer.Given<>(value);
    }

    /// The machine that the tests run on may have a network, which people at a live site put on record.
    private Answer<String> afterFailure() {
        if (last.filter(problem -> problem.id().equals("ceremony.network_up")).isEmpty()) {
            return new Answer.Pause<>(last.map(Problem::what).orElse(""));
        }
        sheets++;
        return sheets == 1
                ? new Answer.RecordException<>(
                        new ExceptionSheet("No network", "A test has one", "To go on", "p2", "p7"))
                : new Answer.Given<>("override");
    }

    private static String entered(Question.Enter question) {
        Supplier<String> time = () -> FoundingRoom.CLOCK.now().time().toString().substring(11, 19);
        return List.of("Seen by all", time.get()).stream()
                .filter(text -> question.check().apply(text).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static Object secret(Question.EnterSecret question) {
        if (question.practice().isPresent()) {
            throw new AssertionError("a live site shows a PIN");
        }
        return question.name().endsWith("user") ? SoftHsm.userPin() : SoftHsm.soPin();
    }

    private Presented presented(Tally tally) {
        PracticeCard file = room.cards().stream()
                .filter(card -> tally.admit(card.keyId()) instanceof Tally.Admission.Admitted)
                .findFirst()
                .orElseThrow();
        Supplier<Optional<Card>> look = () -> reader.present().stream()
                .filter(one -> one.keyId().equals(file.keyId()))
                .findFirst();
        room.readers.await(() -> look.get().isPresent());
        return new Presented.Approves(look.get().orElseThrow(), TestCards.pin(file));
    }

    @Override
    public void working(String what) {
        // Nobody looks.
    }

    @Override
    public void notice(Problem problem) {
        last = Optional.of(problem);
    }
}
