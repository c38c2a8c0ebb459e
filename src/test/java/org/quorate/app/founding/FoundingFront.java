package org.quorate.app.founding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.quorate.app.founding.FoundingRoom.Person;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.hsm.SoftHsm;
import org.quorate.quorum.Tally;

/// Answers for all founders; what a test wants otherwise it says for the next question of a name.
public final class FoundingFront implements Front {
    public final List<Problem> notices = new ArrayList<>();
    public final List<Question<?>> asked = new ArrayList<>();

    private final FoundingRoom room;
    private final Deque<Person> coming;
    private final List<PracticeCard> cards = new ArrayList<>();
    private final Deque<String> tokenRoles = new ArrayDeque<>(List.of("primary", "backup"));
    private final Map<String, Deque<Function<Question<?>, Answer<?>>>> instead = new HashMap<>();
    private Optional<Person> current = Optional.empty();
    private Optional<CardReader> reader = Optional.empty();
    private String role = "";

    FoundingFront(FoundingRoom room, List<Person> people) {
        this.room = room;
        this.coming = new ArrayDeque<>(people);
        room.people.forEach(person -> cards.add(person.card()));
    }

    void reader(CardReader other) {
        reader = Optional.of(other);
    }

    FoundingFront once(String question, Object answer) {
        return once(question, asked -> new Answer.Given<>(answer));
    }

    FoundingFront once(String question, Function<Question<?>, Answer<?>> answer) {
        instead.computeIfAbsent(question, name -> new ArrayDeque<>()).add(answer);
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // each question is answered by a value of its own type
    public <T> Answer<T> ask(Question<T> question) {
        asked.add(question);
        Deque<Function<Question<?>, Answer<?>>> other = instead.getOrDefault(question.name(), new ArrayDeque<>());
        if (!other.isEmpty()) {
            return (Answer<T>) other.poll().apply(question);
        }
        Object value = switch (question) {
            case Question.Confirm q -> new Question.Verdict.Yes();
            case Question.Compare q -> new Question.Verdict.Yes();
            case Question.Enter q -> entered(q);
            case Question.EnterSecret q -> q.name().startsWith("so") ? SoftHsm.soPin() : SoftHsm.userPin();
            case Question.Choose q -> chosen(q);
            case Question.Commit q -> q.serial();
            case Question.PickCard q -> picked();
            case Question.PresentCard q -> presented(q.tally());
            default -> throw new AssertionError("a founding does not ask " + question);
        };
        return (Answer<T>) new Answer.Given<>(value);
    }

    private String entered(Question.Enter question) {
        String text = switch (question.name()) {
            case "module" -> SoftHsm.MODULE.toString();
            case "module-environment" ->
                "SOFTHSM2_CONF=" + SoftHsm.environment(room.hsm.folder()).get("SOFTHSM2_CONF");
            case "token-role" -> role = tokenRoles.remove();
            case "person" -> current.orElseThrow().id();
            case "name" -> "Founder " + current.orElseThrow().id();
            case "quorum" -> "2";
            default -> "The " + question.name();
        };
        if (question.check().apply(text).isPresent()) {
            throw new AssertionError(
                    question.name() + ": " + question.check().apply(text).get());
        }
        return text;
    }

    private String chosen(Question.Choose question) {
        return switch (question.name()) {
            case "module-needs" -> "environment";
            case "module-again" -> question.options().getFirst().id();
            case "console-token" -> with(question, "Not initialised");
            case "more-tokens" -> tokenRoles.isEmpty() ? "enough" : "add";
            case "role-token" -> with(question, "label " + role + ".");
            case "card-modules" -> "enough";
            case "roles" -> current.orElseThrow().roles();
            case "more-founders" -> coming.isEmpty() ? "enough" : "add";
            default -> throw new AssertionError("nobody said what to choose for " + question);
        };
    }

    static String with(Question.Choose question, String text) {
        return question.options().stream()
                .filter(option -> option.consequence().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text + " is not offered: " + question.options()))
                .id();
    }

    private Card picked() {
        current = Optional.of(coming.remove());
        return there(current.get().card());
    }

    private Presented presented(Tally tally) {
        return cards.stream()
                .filter(card -> tally.admit(card.keyId()) instanceof Tally.Admission.Admitted)
                .findFirst()
                .map(this::approves)
                .orElseThrow();
    }

    Presented approves(PracticeCard card) {
        return new Presented.Approves(there(card), TestCards.pin(card));
    }

    /// As the readers show it.
    Card there(PracticeCard card) {
        Supplier<Optional<Card>> look = () -> reader.orElseThrow().present().stream()
                .filter(one -> one.keyId().equals(card.keyId()))
                .findFirst();
        room.readers.await(() -> look.get().isPresent());
        return look.get().orElseThrow();
    }

    Secret wrongPin(PracticeCard card) {
        return TestCards.wrongPin(card);
    }

    @Override
    public void working(String what) {
        // Nobody looks.
    }

    @Override
    public void notice(Problem problem) {
        notices.add(problem);
    }

    List<String> noticed() {
        return notices.stream().map(Problem::id).toList();
    }
}
