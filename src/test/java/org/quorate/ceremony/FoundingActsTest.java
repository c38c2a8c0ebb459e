package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Compare;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// What the first entry says is compared, and signed by those who signed it when the ledger was founded.
class FoundingActsTest {
    private static final String COMPARE = step("compare_founding", "compare");
    private static final String COPY = step("copy_ledger", "copy");

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    private TestRoom room(String... steps) {
        opened = Optional.of(new TestRoom(folder, steps));
        return opened.get();
    }

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    private static Json.Obj observed(TestRoom room, String name) {
        return room.entries(EntryType.OBSERVATION).stream()
                .map(Entry::data)
                .filter(data -> data.string("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void founding_isComparedWithTheFirstEntry_andEveryFounderSigns() {
        TestRoom room = room(step("roll_call", "roll"), COMPARE);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Entry first = room.ledger.entry(0);
        List<Compare> compared = room.front.asked.stream()
                .filter(Compare.class::isInstance)
                .map(Compare.class::cast)
                .toList();
        assertThat(compared).extracting(Compare::name).startsWith("founding_entry", "founding_console_key");
        assertThat(compared.getFirst().shown().digest()).contains(first.leaf());
        assertThat(compared.get(1).shown().digest())
                .contains(room.ledger.genesis().console().id());
        Json.Obj signed = observed(room, "founding_compared");
        assertThat(signed.string("verdict")).isEqualTo("matches");
        List<String> founders = room.ledger.genesis().founders().stream()
                .map(key -> key.person().orElseThrow())
                .distinct()
                .toList();
        assertThat(signed.object("detail").strings("persons")).containsExactlyInAnyOrderElementsOf(founders);
        assertThat(signed.object("detail").strings("absent")).isEmpty();
        assertThat(room.entries(EntryType.STATEMENT)).singleElement().satisfies(statement -> {
            assertThat(statement.data().object("act").string("leaf"))
                    .isEqualTo(first.leaf().hex());
            assertThat(statement.data().object("need").integer("m")).isEqualTo(founders.size());
        });
    }

    @Test
    void founderWhoIsAbsent_isADeviation_andHoldsNobodyUp() {
        TestRoom room = room(step("roll_call", "roll"), COMPARE);
        room.front.thenGive(Confirm.class, new Verdict.No("ill"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Confirm called = (Confirm) room.front.asked.stream()
                .filter(Confirm.class::isInstance)
                .findFirst()
                .orElseThrow();
        String missing = called.name().substring("present-".length());
        Json.Obj signed = observed(room, "founding_compared");
        assertThat(signed.string("verdict")).isEqualTo("differs");
        assertThat(signed.object("detail").strings("absent")).contains(missing);
        assertThat(signed.object("detail").strings("persons")).doesNotContain(missing);
    }

    /// A card of somebody who did not answer the roll call is refused, in words that are true of it.
    @Test
    void founderWhoDidNotAnswer_cannotSignLater() {
        TestRoom room = room(step("roll_call", "roll"), COMPARE);
        room.front.thenGive(Confirm.class, new Verdict.No("ill"));
        room.ledger.onAppend(entry -> {
            if (entry.is(EntryType.STATEMENT)) {
                room.front.thenPresent(room.ann, TestCard.PIN);
            }
        });

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsExactly("ceremony.card.not_of_these");
        assertThat(observed(room, "card_refused").object("detail").string("reason"))
                .isEqualTo("not_of_these");
        assertThat(room.ann.signed).isZero();
    }

    @Test
    void withoutAnyFounder_nothingIsSigned() {
        TestRoom room = room(step("roll_call", "roll"), COMPARE);
        room.front
                .always(
                        Confirm.class,
                        question -> question.name().startsWith("present-") ? new Verdict.No("ill") : new Verdict.Yes())
                .thenGive(Question.Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).contains("ceremony.no_founder");
        assertThat(room.entries(EntryType.STATEMENT)).isEmpty();
    }

    @Test
    void founders_areShownWithTheirRolesAndKeys() {
        TestRoom room = room(step("roll_call", "roll"), COMPARE);
        room.conduct();

        assertThat(observed(room, "founding_people").string("text"))
                .contains("security officer")
                .contains(room.ledger.genesis().founders().stream()
                        .map(key -> key.id().grouped())
                        .toList());
    }

    @Test
    void wordThatDiffers_endsTheStep_beforeAnyCardSigns() {
        TestRoom room = room(step("roll_call", "roll"), COMPARE);
        room.front.thenGive(Compare.class, new Verdict.No("the third word is another one"));
        room.front.thenGive(Question.Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.entries(EntryType.STATEMENT)).isEmpty();
    }

    @Test
    void ledger_isCopied_andTheWordsAreThoseOfTheCopy() {
        TestRoom room = room(COPY);
        room.mirror = () -> Optional.of(new Console.Mirrored("second/ledger.db", room.ledger.head()));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Json.Obj copied = observed(room, "ledger_copied").object("detail");
        assertThat(observed(room, "copy_words").string("text")).isEqualTo(copied.string("root"));
        assertThat(room.ledger.tree(copied.integer("size")).root().hex()).isEqualTo(copied.string("root"));
    }

    @Test
    void siteWithoutASecondDisk_goesOnByAnOverrideOnly() {
        TestRoom room = room(COPY);
        room.front.thenGive(Question.Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).contains("ceremony.no_mirror");
    }
}
