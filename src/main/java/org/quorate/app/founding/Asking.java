package org.quorate.app.founding;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.quorum.Participant;

/// What a founding asks of people, in few verbs. Whoever stops, stops all of it: there is no ledger yet in which half a
/// founding could stand.
final class Asking {
    private final Front front;

    Asking(Front front) {
        this.front = front;
    }

    <T> T ask(Question<T> question) {
        while (true) {
            switch (front.ask(question)) {
                case Answer.Given<T>(var value) -> {
                    return value;
                }
                case Answer.RecordException<T>(var sheet) -> notice(Problem.of("app.founding.no_exceptions"));
                case Answer.Pause<T>(var why) -> throw stopped(why);
                case Answer.Abort<T>(var why) -> throw stopped(why);
            }
        }
    }

    private static ProblemException stopped(String why) {
        return Problem.of("app.founding.stopped", why).asException();
    }

    void notice(Problem problem) {
        front.notice(problem);
    }

    void working(String key) {
        front.working(Texts.get("app.founding.working." + key));
    }

    /// A text of one line that says something.
    String enter(String name) {
        return enter(name, text -> Optional.empty());
    }

    /// @param check why a text is not acceptable
    String enter(String name, Function<String, Optional<String>> check, Object... values) {
        return ask(new Question.Enter(
                name,
                text(name, values),
                Texts.get("app.founding." + name + ".hint", values),
                List.of(),
                Texts.get("app.founding.enter"),
                check));
    }

    String choose(String name, List<Question.Option> options, Object... values) {
        return ask(new Question.Choose(
                name, text(name, values), Texts.get("app.founding." + name + ".explained", values), options));
    }

    /// An option whose words stand under the question's own name.
    static Question.Option option(String question, String id) {
        String key = "app.founding." + question + "." + id;
        return new Question.Option(id, Texts.get(key), Texts.get(key + ".follows"));
    }

    /// @return the reason where somebody says no
    Optional<String> confirm(String name, List<Participant> by, Object... values) {
        return reason(ask(new Question.Confirm(
                name, text(name, values), by, Texts.get("app.founding.confirm"), Optional.empty())));
    }

    Optional<String> compare(String name, Exhibit shown, List<Participant> by) {
        return reason(ask(new Question.Compare(
                name, shown, Texts.get("app.founding." + name + ".against"), by, Texts.get("app.founding.same"))));
    }

    private static Optional<String> reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Yes yes -> Optional.empty();
            case Verdict.No(var because) -> Optional.of(because);
        };
    }

    Secret pin(String name, boolean fresh, TokenPins lengths, Object... values) {
        return ask(new Question.EnterSecret(
                name,
                text(name, values),
                fresh,
                lengths.shortest(),
                lengths.longest(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
    }

    /// How long a PIN may be.
    record TokenPins(int shortest, int longest) {}

    static String text(String name, Object... values) {
        return Texts.get("app.founding." + name, values);
    }
}
