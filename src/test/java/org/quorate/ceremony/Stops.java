package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.LongForm;
import org.quorate.app.Program;
import org.quorate.base.Json;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.LedgerFixture.Person;

/// Holds one ceremony again and again, broken off at each place in turn, and asks what must be so wherever that was:
/// people go on and it closes, nothing that was on record is asked again, no card signs the same twice, no secret stays
/// in memory, and the ledger is sound.
final class Stops {
    /// With a key that is quick.
    private static final Person BOB = Person.p256("bob", "officer");

    private static final Map<String, String> SERIALS = Map.of("primary", "S1", "backup", "S2");

    /// What can be true more than once in an attempt.
    private static final Set<String> AGAIN = Set.of(
            "card_refused",
            "call_log",
            "share_opened",
            "domain_share_opened",
            "sealing_key",
            "shares_proven",
            "key_put_together",
            "card_pin_begun",
            "card_pin",
            "card_pin_tried",
            "sheet_opened",
            "sheet_sealed");

    private Stops() {}

    /// @param before how many steps lead to those that are broken off; they are held once for all, and must leave
    ///     nothing to the token that the others change
    /// @param people what they answer, whenever they are asked
    /// @param ends what must be so in the end of this ceremony
    record Play(List<String> steps, int before, Arrangement people, Ending ends) {
        Play(List<String> steps, Arrangement people, Ending ends) {
            this(steps, 0, people, ends);
        }

        private List<String> ids() {
            return TestRoom.script(words()).steps().map(step -> step.id()).toList();
        }

        private String[] words() {
            return steps.toArray(String[]::new);
        }

        Predicate<String> broken() {
            return Set.copyOf(ids().subList(before, steps.size()))::contains;
        }
    }

    interface Arrangement {
        void arrange(TestRoom room) throws Exception;
    }

    interface Ending {
        void check(TestRoom room, Stopped stopped) throws Exception;
    }

    /// @param asked how many questions there had been
    /// @param entries of the ceremony as they were
    record Stopped(Break at, int asked, List<Entry> entries) {
        boolean had(String observation) {
            return entries.stream()
                    .anyMatch(entry -> entry.is(EntryType.OBSERVATION)
                            && entry.data().string("name").equals(observation));
        }

        long askedAgain(TestRoom room, Class<?> kind) {
            return room.front.asked.stream()
                    .skip(asked)
                    .filter(kind::isInstance)
                    .count();
        }
    }

    static void breakNowhere(Path folder, Play play) throws Exception {
        var hsm = new TestHsm("S1", "S2");
        Path before = folder.resolve("before");
        if (play.before() > 0) {
            lead(play, before, hsm);
        }
        Break.Count count = hold(play, Break.NOWHERE, folder.resolve("whole"), before, hsm);
        var failed = new ArrayList<String>();
        for (Break at : Break.all(count, play.before() > 0)) {
            try {
                hold(play, at, folder.resolve(at.how() + "-" + at.at()), before, hsm);
            } catch (AssertionError | RuntimeException e) {
                failed.add(at + ": " + e);
            }
        }
        assertThat(failed).isEmpty();
        var python = Program.python(Path.of("docs/verify/quorate_verify.py"), folder.resolve("whole/ledger.db"));
        assertThat(python.code()).as(python.out()).isZero();
    }

    /// Up to the first step that will be broken off.
    private static void lead(Play play, Path folder, TestHsm hsm) throws Exception {
        Files.createDirectory(folder);
        try (TestRoom room = new TestRoom(new LedgerFixture(BOB), folder, hsm, SERIALS, play.words())) {
            play.people().arrange(room);
            room.books = Trap.onEntry(
                            draft -> draft.type() == EntryType.STEP_START
                                    && draft.step().map(play.broken()::test).orElse(false),
                            Trap.Where.BEFORE)
                    .around(room.ledger);
            assertThat(catchThrowable(room::conduct)).isInstanceOf(Killed.class);
        }
    }

    private static Break.Count hold(Play play, Break at, Path folder, Path before, TestHsm shared) throws Exception {
        Files.createDirectory(folder);
        int secrets = Secret.unwiped();
        boolean led = play.before() > 0;
        if (led) {
            Files.copy(before.resolve("ledger.db"), folder.resolve("ledger.db"));
        }
        TestHsm hsm = led ? shared : new TestHsm("S1", "S2");
        Break.Count count;
        try (var room = new TestRoom(new LedgerFixture(BOB), folder, hsm, SERIALS, play.words())) {
            count = at.lieInWait(room, play.broken(), hsm);
            play.people().arrange(room);
            if (at.stops()) {
                assertThat(catchThrowable(room::conduct)).isInstanceOfAny(Killed.class, ProblemException.class);
                Break.over(room);
            }
            var stopped = new Stopped(at, room.front.asked.size(), room.now().entries());
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
            endsWell(room, count);
            play.ends().check(room, stopped);
        }
        assertThat(Secret.unwiped()).as("secrets still in memory").isEqualTo(secrets);
        if (LongForm.wanted() || at.at() % 3 == 0) {
            new LedgerFixture(BOB).open(folder.resolve("ledger.db")).close();
        }
        return count;
    }

    private static void endsWell(TestRoom room, Break.Count count) {
        assertThat(room.now().openIntents()).isEmpty();
        assertThat(room.front.pins).allMatch(Stops::wiped);
        assertThat(Stream.of(room.ann, room.bob, room.cem).flatMap(card -> card.gave.stream()))
                .allMatch(Stops::wiped);
        var signed = new HashSet<String>();
        for (Entry cosign : room.entries(EntryType.COSIGN)) {
            assertThat(signed.add(
                            cosign.data().integer("target") + cosign.data().string("key")))
                    .as("%s signs once", cosign)
                    .isTrue();
        }
        for (StepRun run : room.now().runs()) {
            assertThat(run.of(EntryType.OBSERVATION)
                            .map(Entry::data)
                            .filter(data -> !AGAIN.contains(data.string("name")))
                            .map(Stops::fact))
                    .as("facts of %s", run.step())
                    .doesNotHaveDuplicates();
            run.of(EntryType.INTENT)
                    .forEach(intent ->
                            assertThat(run.settlement(intent)).as("%s", intent).isPresent());
        }
        nothingIsAskedAgain(room, count);
    }

    /// What was split anew has shares of its own.
    private static String fact(Json.Obj data) {
        return Stream.of(
                        data.string("name"),
                        data.string("label"),
                        data.optionalObject("detail")
                                .flatMap(detail -> detail.optionalString("split"))
                                .orElse(""))
                .collect(Collectors.joining(": "));
    }

    /// A question whose answer goes on record is asked once in an attempt, and again only where the stop took the
    /// answer with it.
    private static void nothingIsAskedAgain(TestRoom room, Break.Count count) {
        var asked = new HashMap<String, Integer>();
        room.front.asked.forEach(question -> asked.merge(question.name(), 1, Integer::sum));
        var answers = new HashMap<String, Integer>();
        room.entries(EntryType.OBSERVATION)
                .forEach(entry -> answers.merge(entry.data().string("name"), 1, Integer::sum));
        answers.forEach((name, times) -> assertThat(asked.getOrDefault(name, 0))
                .as("%s is asked", name)
                .isLessThanOrEqualTo(count.broke(name) ? times + 1 : times));
    }

    static boolean wiped(Secret secret) {
        try {
            secret.length();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
