package org.quorate.app.rehearsal;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.quorate.app.site.CardsAtHand;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.NewPin;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Tally;

/// Answers as willing officers with practice cards would. A step that fails is tried once more; if it fails again the
/// rehearsal pauses with the problem, and the ceremony can be taken up later, in the window too.
public final class AutomaticFront implements Front {
    private static final int MAX_REFUSED = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// What people come with.
    ///
    /// @param files what is brought, and where what is handed out goes
    public record Brought(RehearsalFiles files, Decisions decisions) {}

    private final CardsAtHand cards;
    private final Supplier<Roster> people;
    private final InstantSource clock;
    private final Brought brought;
    private final Consumer<String> progress;
    private Optional<Problem> lastProblem = Optional.empty();
    private int failures;
    private int refused;

    /// @param people the roster as it is now, by which a new card is told from the others
    /// @param brought what people would bring and have in mind
    /// @param progress is told in words what goes on
    public AutomaticFront(
            CardsAtHand cards,
            Supplier<Roster> people,
            InstantSource clock,
            Brought brought,
            Consumer<String> progress) {
        this.cards = cards;
        this.people = people;
        this.clock = clock;
        this.brought = brought;
        this.progress = progress;
    }

    /// The problem that ended the rehearsal, if one did.
    public Optional<Problem> problem() {
        return lastProblem;
    }

    @Override
    @SuppressWarnings("unchecked") // each question is answered by a value of its own type
    public <T> Answer<T> ask(Question<T> question) {
        return (Answer<T>)
                switch (question) {
                    case Question.Confirm q -> confirmed(q);
                    case Question.Compare q -> given(new Verdict.Yes());
                    case Question.Agree q -> given(new Verdict.Yes());
                    case Question.Reconcile q -> given(new Verdict.Yes());
                    case Question.Closed q -> given(new Verdict.Yes());
                    case Question.Enter q -> given(entry(q));
                    case Question.EnterSecret q -> given(pin(q));
                    case Question.Commit q -> given(q.serial());
                    case Question.OfCard q -> card(q.tally());
                    case Question.SetCardPin q -> newPin(q);
                    case Question.PickCard q -> given(newCard());
                    case Question.BringFile q -> given(brought.files().bring(q));
                    case Question.TakeFile q -> taken(q.fileName(), q.content());
                    case Question.TakeSecret q -> taken(q.fileName(), q.content());
                    case Question.EnterWords q -> given(words(q));
                    case Question.Choose q -> choose(q);
                };
    }

    /// Does first what it then says is done.
    private static Answer<Verdict> confirmed(Question.Confirm question) {
        question.practice().ifPresent(practice -> practice.act().run());
        return given(new Verdict.Yes());
    }

    private Answer<Verdict> taken(String fileName, byte[] content) {
        brought.files().take(fileName, content);
        return given(new Verdict.Yes());
    }

    private static <T> Answer<T> given(T value) {
        return new Answer.Given<>(value);
    }

    /// The time of day where a time is asked for, otherwise a text that says what it is.
    private String entry(Question.Enter question) {
        return List.of(Texts.get("app.rehearsal.entry"), TIME.format(clock.instant())).stream()
                .filter(text -> question.check().apply(text).isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        Problem.of("app.rehearsal.no_entry", question.label()).asException());
    }

    private static Secret pin(Question.EnterSecret question) {
        return question.practice()
                .map(pin -> Secret.ofChars(pin.toCharArray()))
                .orElseThrow(() ->
                        Problem.of("app.rehearsal.no_pin", question.label()).asException());
    }

    /// A card that is refused again and again will be refused for ever; there is nobody here to fetch another.
    private Answer<Presented> card(Tally tally) {
        return refused < MAX_REFUSED
                ? new Answer.Given<>(present(tally))
                : new Answer.Pause<>(lastProblem.map(Problem::what).orElse(""));
    }

    private Presented present(Tally tally) {
        return tally.eligible().stream()
                .flatMap(person ->
                        cards
                                .take(key ->
                                        person.hasCard(key) && tally.admit(key) instanceof Tally.Admission.Admitted)
                                .stream())
                .filter(card -> !card.pinHelp().blocked())
                .findFirst()
                .map(card -> (Presented) new Presented.Approves(card, pin(card)))
                .orElseThrow(() ->
                        Problem.of("app.rehearsal.no_card", tally.missing()).asException());
    }

    /// The words of a sheet that another ceremony made are on paper, and there is nobody here to read them.
    private static Secret words(Question.EnterWords question) {
        return question.practice()
                .map(words -> Secret.ofChars(words.toCharArray()))
                .orElseThrow(() ->
                        Problem.of("app.rehearsal.no_words", question.label()).asException());
    }

    private Answer<Question.CardPinAnswer> newPin(Question.SetCardPin question) {
        if (refused >= MAX_REFUSED) {
            return new Answer.Pause<>(lastProblem.map(Problem::what).orElse(""));
        }
        Card card = cards.take(key -> question.tally().admit(key) instanceof Tally.Admission.Admitted)
                .orElseThrow(() -> Problem.of("app.rehearsal.no_card", 1).asException());
        Supplier<RuntimeException> unknown =
                () -> Problem.of("app.rehearsal.no_pin", card.serial()).asException();
        String before = card.pinHelp().practicePin().orElseThrow(unknown);
        String first = question.act() == Question.SetCardPin.Act.CHANGE
                ? before
                : card.practicePuk().orElseThrow(unknown);
        return given(new Question.CardPinAnswer.Typed(
                card,
                Secret.ofChars(first.toCharArray()),
                Secret.ofChars(NewPin.practiceAfter(before).toCharArray())));
    }

    private static Secret pin(Card card) {
        return card.pinHelp()
                .practicePin()
                .map(pin -> Secret.ofChars(pin.toCharArray()))
                .orElseThrow(
                        () -> Problem.of("app.rehearsal.no_pin", card.serial()).asException());
    }

    private Card newCard() {
        Roster roster = people.get();
        return cards.take(key -> roster.holder(key).isEmpty())
                .orElseThrow(() -> Problem.of("app.rehearsal.no_new_card").asException());
    }

    /// Where nothing failed, and nothing else was said, the last choice is taken: a new person, the newest
    /// card, nothing to correct.
    private Answer<String> choose(Question.Choose question) {
        if (!question.name().equals(Question.Choose.AFTER_FAILURE)) {
            return new Answer.Given<>(brought.decisions()
                    .answer(question)
                    .orElseGet(() -> question.options().getLast().id()));
        }
        failures++;
        return failures == 1
                ? new Answer.Given<>("retry")
                : new Answer.Pause<>(lastProblem.map(Problem::what).orElse(""));
    }

    @Override
    public void working(String what) {
        progress.accept(what);
    }

    @Override
    public void notice(Problem problem) {
        lastProblem = Optional.of(problem);
        refused += problem.id().startsWith("ceremony.card.") ? 1 : 0;
        progress.accept(problem.what());
    }
}
