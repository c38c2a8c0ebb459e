package org.quorate.ceremony;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.quorum.Tally;

/// Willing people, but for what a test has them do first.
final class TestFront implements Front {
    /// No test asks so often, but one that would never end.
    private static final int MOST = 500;

    final List<Question<?>> asked = new ArrayList<>();
    /// What was handed out, by its name.
    final Map<String, byte[]> taken = new HashMap<>();
    /// The words of every sheet, in the order in which they were printed.
    final List<String> sheets = new ArrayList<>();
    int sheetsRead;
    final List<Problem> notices = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<Secret> pins = new ArrayList<>();
    /// Done when people are told of a problem.
    Runnable onNotice = () -> {};
    private final List<TestCard> cards;
    private final Map<Class<?>, Deque<Function<Question<?>, Answer<?>>>> first = new HashMap<>();
    private final Map<Class<?>, Function<Question<?>, ?>> habits = new HashMap<>();

    TestFront(List<TestCard> cards) {
        this.cards = cards;
    }

    /// The next question of this kind is answered so; a second call is for the one after it.
    TestFront then(Class<?> kind, Answer<?> answer) {
        first.computeIfAbsent(kind, fresh -> new ArrayDeque<>()).add(question -> answer);
        return this;
    }

    /// People do with the practice HSM what the next confirmation is about, and say so.
    TestFront thenDoIt() {
        first.computeIfAbsent(Question.Confirm.class, fresh -> new ArrayDeque<>())
                .add(question -> {
                    ((Question.Confirm) question).practice().orElseThrow().act().run();
                    return new Answer.Given<>(new Verdict.Yes());
                });
        return this;
    }

    /// The file is looked for when it is asked for, since the ceremony may have made it until then.
    TestFront thenBring(Supplier<byte[]> file) {
        first.computeIfAbsent(Question.BringFile.class, fresh -> new ArrayDeque<>())
                .add(question -> new Answer.Given<>(file.get()));
        return this;
    }

    /// After this many sheets were read back well, other words come once.
    TestFront thenGiveWords(int after, Supplier<String> words) {
        var queue = first.computeIfAbsent(Question.EnterWords.class, fresh -> new ArrayDeque<>());
        for (int i = 0; i < after; i++) {
            queue.add(this::willing);
        }
        queue.add(question -> new Answer.Given<>(secret(words.get())));
        return this;
    }

    /// What people answer to questions of this kind whenever nothing else was said.
    <Q extends Question<?>> TestFront always(Class<Q> kind, Function<Q, ?> answer) {
        habits.put(kind, question -> answer.apply(kind.cast(question)));
        return this;
    }

    /// What was to be answered to questions of that kind.
    void forget(Class<?> kind) {
        first.remove(kind);
    }

    TestFront thenGive(Class<?> kind, Object value) {
        return then(kind, new Answer.Given<>(value));
    }

    TestFront thenPresent(TestCard card, String pin) {
        return thenGive(Question.PresentCard.class, new Presented.Approves(card, secret(pin)));
    }

    /// The same, when something else has happened first.
    TestFront thenPresentAfter(Runnable before, TestCard card, String pin) {
        return thenGiveAfter(before, Question.PresentCard.class, () -> new Presented.Approves(card, secret(pin)));
    }

    TestFront thenEnterAfter(Runnable before, String text) {
        return thenGiveAfter(before, Question.Enter.class, () -> text);
    }

    TestFront thenGiveAfter(Runnable before, Class<?> kind, Supplier<?> value) {
        first.computeIfAbsent(kind, fresh -> new ArrayDeque<>()).add(question -> {
            before.run();
            return new Answer.Given<>(value.get());
        });
        return this;
    }

    TestFront thenReject(TestCard card, String because) {
        return thenGive(Question.PresentCard.class, new Presented.Rejects(card, secret(TestCard.PIN), because));
    }

    Secret secret(String text) {
        Secret secret = Secret.ofChars(text.toCharArray());
        pins.add(secret);
        return secret;
    }

    long count(Class<?> kind) {
        return asked.stream().filter(kind::isInstance).count();
    }

    List<String> problems() {
        return notices.stream().map(Problem::id).toList();
    }

    @Override
    @SuppressWarnings("unchecked") // each question is answered by a value of its own type
    public <T> Answer<T> ask(Question<T> question) {
        asked.add(question);
        if (asked.size() > MOST) {
            throw new AssertionError("asked again and again: " + question);
        }
        var waiting = first.getOrDefault(question.getClass(), new ArrayDeque<>());
        return (Answer<T>)
                (waiting.isEmpty() ? asEver(question) : waiting.remove().apply(question));
    }

    private Answer<?> asEver(Question<?> question) {
        return Optional.ofNullable(habits.get(question.getClass()))
                .<Answer<?>>map(habit -> new Answer.Given<>(habit.apply(question)))
                .orElseGet(() -> willing(question));
    }

    private Answer<?> willing(Question<?> question) {
        return switch (question) {
            case Question.Confirm q -> new Answer.Given<>(new Verdict.Yes());
            case Question.Compare q -> new Answer.Given<>(new Verdict.Yes());
            case Question.Agree q -> new Answer.Given<>(new Verdict.Yes());
            case Question.Reconcile q -> new Answer.Given<>(new Verdict.Yes());
            case Question.Closed q -> new Answer.Given<>(new Verdict.Yes());
            case Question.Enter q -> new Answer.Given<>("as seen");
            case Question.EnterSecret q -> new Answer.Given<>(secret(TestHsm.PIN));
            case Question.Commit q -> new Answer.Given<>(q.serial());
            case Question.OfCard q ->
                new Answer.Given<>(new Presented.Approves(card(q.tally()), secret(card(q.tally()).pin)));
            case Question.SetCardPin q -> throw new AssertionError("nobody expected to be asked: " + q.title());
            case Question.BringFile q -> throw new AssertionError("nobody expected to be asked: " + q.fileName());
            case Question.TakeFile q -> {
                taken.put(q.fileName(), q.content());
                yield new Answer.Given<>(new Verdict.Yes());
            }
            case Question.TakeSecret q -> {
                // The bytes are wiped when they were taken.
                taken.put(q.fileName(), q.content().clone());
                yield new Answer.Given<>(new Verdict.Yes());
            }
            case Question.EnterWords q -> new Answer.Given<>(secret(words(q)));
            case Question.PickCard q -> throw new AssertionError("nobody expected to be asked: " + q.title());
            case Question.Choose q -> throw new AssertionError("nobody expected to be asked: " + q.explanation());
        };
    }

    /// As printed; where they were printed earlier, those of one sheet after the other.
    private String words(Question.EnterWords question) {
        question.practice().ifPresent(sheets::add);
        return question.practice().orElseGet(() -> sheets.get(sheetsRead++));
    }

    private TestCard card(Tally tally) {
        return cards.stream()
                .filter(card -> tally.admit(card.keyId()) instanceof Tally.Admission.Admitted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no card is left that counts"));
    }

    @Override
    public void working(String what) {
        told.add(what);
    }

    @Override
    public void notice(Problem problem) {
        notices.add(problem);
        onNotice.run();
    }
}
