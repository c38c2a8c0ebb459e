package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.GlassReviews.GlassReview;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerFixture;
import org.quorate.script.Script;

/// A glass that is broken, the review that is due by itself, and who may hold it.
class BreakGlassActsTest {
    private static final UUID LATER = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final String GLASS =
            step("break_glass", "glass", "quorum: lone", "review_within_days: 3", "reviewed_by: officer");
    private static final String CLOSE = step("read_exceptions", "read") + step("close_ceremony", "close");

    @TempDir
    private Path folder;

    private Optional<TestRoom> room = Optional.empty();

    @AfterEach
    void stop() {
        room.ifPresent(TestRoom::close);
    }

    private TestRoom enter(String... steps) {
        var made = new TestRoom(folder, steps);
        room = Optional.of(made);
        made.front.thenGive(Enter.class, "The signer fails at noon.");
        return made;
    }

    private static Script reviewing(String quorum) {
        return TestRoom.script(step("review_break_glass", "review", "quorum: " + quorum));
    }

    private static GlassReview only(TestRoom room) {
        return GlassReviews.of(room.ledger).getFirst();
    }

    private static Json.Obj detail(TestRoom room, UUID ceremony, String name) {
        return room.later(ceremony)
                .of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals(name))
                .findFirst()
                .orElseThrow()
                .object("detail");
    }

    @Test
    void brokenGlass_saysWhyByWhomAndUntilWhenItIsReviewed() {
        TestRoom room = enter(GLASS);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        GlassReview review = only(room);
        assertThat(review.reason()).isEqualTo("The signer fails at noon.");
        assertThat(review.brokenBy()).containsExactly("ann");
        Entry stated = room.entries(EntryType.STATEMENT).getFirst();
        assertThat(stated.data().string("text")).contains("The signer fails at noon.", "Officer");
        assertThat(Duration.between(stated.time(), review.due())).isBetween(Duration.ofHours(71), Duration.ofHours(72));
        assertThat(review.open()).isTrue();
        assertThat(review.overdue(review.due().plusSeconds(1))).isTrue();
        assertThat(review.overdue(review.due())).isFalse();
    }

    @Test
    void close_saysByItselfThatAReviewIsDue() {
        TestRoom room = enter(GLASS, CLOSE);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        List<Json.Obj> due = room.observed("review_due");
        assertThat(due).singleElement().satisfies(data -> {
            assertThat(data.object("detail").integer("glass"))
                    .isEqualTo(only(room).glass());
            assertThat(UtcTime.parse(data.object("detail").string("due")))
                    .contains(only(room).due());
        });
        List<EntryType> types = room.now().entries().stream().map(Entry::type).toList();
        assertThat(types.indexOf(EntryType.CEREMONY_CLOSE)).isPositive();
    }

    @Test
    void abort_saysSoToo_andOnlyOnce() {
        TestRoom room = enter(GLASS, step("confirm", "later", "statement: It is done."));
        room.front.then(Confirm.class, new Answer.Abort<>("The door was forced"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.observed("review_due")).hasSize(1);
        assertThat(only(room).open()).isTrue();
    }

    @Test
    void ceremonyWithoutBrokenGlass_saysNothingOfAReview() {
        TestRoom room = enter(step("confirm", "later", "statement: It is done."), CLOSE);

        room.conduct();

        assertThat(room.observed("review_due")).isEmpty();
        assertThat(GlassReviews.of(room.ledger)).isEmpty();
    }

    @Test
    void review_isHeldByOthers_andClosesIt() {
        TestRoom room = enter(GLASS);
        room.conduct();
        room.front
                .thenGive(Choose.class, Long.toString(only(room).glass()))
                .thenGive(Enter.class, "The reason was good.");
        room.front.thenPresent(room.ann, TestCard.PIN);

        assertThat(room.conduct(LATER, reviewing("officers"))).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.problems()).containsExactly("ceremony.card.own_act");
        assertThat(room.ann.signed).isOne();
        Json.Obj made = detail(room, LATER, GlassReviews.REVIEWED);
        assertThat(made.strings("persons")).containsExactly("bob", "cem");
        assertThat(made.string("findings")).isEqualTo("The reason was good.");
        assertThat(made.digest("leaf"))
                .isEqualTo(room.ledger.entry(made.integer("glass")).leaf());
        assertThat(detail(room, LATER, "card_refused").string("reason")).isEqualTo("own_act");
        assertThat(only(room).open()).isFalse();
        assertThat(only(room).overdue(only(room).due().plusSeconds(1))).isFalse();
    }

    /// A review as a console writes it that cares for no rule: `signed` is what the cards approve, `said` what it says
    /// of it.
    private static void forge(TestRoom room, String signed, String said, int least, TestCard... cards) {
        GlassReview review = only(room);
        Json.Obj act = Json.obj()
                .put("op", GlassReviews.REVIEWED)
                .put("glass", review.glass())
                .put("leaf", review.leaf().hex())
                .put("findings", signed)
                .build();
        Entry statement = room.ledger.append(Draft.ofCeremony(
                EntryType.STATEMENT,
                LATER,
                LedgerFixture.statement(act, least, "officer").data()));
        List<Long> cosigns = Stream.of(cards)
                .map(card -> room.ledger.append(card.person.approve(statement)).seq())
                .toList();
        room.ledger.append(Draft.ofCeremony(
                EntryType.OBSERVATION,
                LATER,
                Json.obj()
                        .put("name", GlassReviews.REVIEWED)
                        .put(
                                "detail",
                                act.with("findings", Json.of(said))
                                        .with("persons", Json.strings(List.of("bob", "cem")))
                                        .with("quorum", Json.integers(cosigns)))
                        .build()));
    }

    @Test
    void review_countsByWhatOthersSigned_andNotByWhatIsSaidOfIt() {
        TestRoom room = enter(GLASS);
        room.conduct();

        forge(room, "All was well.", "All was well.", 1);
        assertThat(only(room).open()).as("nobody signed").isTrue();
        forge(room, "All was well.", "All was well.", 1, room.ann);
        assertThat(only(room).open()).as("who broke it signed").isTrue();
        forge(room, "All was well.", "All was well.", 1, room.bob, room.ann);
        assertThat(only(room).open()).as("who broke it signed too").isTrue();
        forge(room, "Nothing was well.", "All was well.", 1, room.bob);
        assertThat(only(room).open()).as("other findings were signed").isTrue();
        forge(room, "All was well.", "All was well.", 2, room.bob);
        assertThat(only(room).open()).as("too few signed").isTrue();
        forge(room, "All was well.", "All was well.", 2, room.bob, room.cem);
        assertThat(only(room).open()).as("two others signed this").isFalse();
    }

    @Test
    void review_isDue_untilItWasHeld() {
        TestRoom room = enter(GLASS);
        room.conduct();
        var schedule = new Schedule(room.ledger.keys());
        schedule.add(room.now(), Optional.empty());
        assertThat(schedule.due()).singleElement().satisfies(due -> {
            assertThat(due.kind()).isEqualTo(Schedule.Kind.REVIEW);
            assertThat(due.by()).isEqualTo(only(room).due());
        });
        room.front
                .thenGive(Choose.class, Long.toString(only(room).glass()))
                .thenGive(Enter.class, "The reason was good.");
        room.front.thenPresent(room.bob, TestCard.PIN).thenPresent(room.cem, TestCard.PIN);
        room.conduct(LATER, reviewing("officers"));

        schedule.add(room.later(LATER), Optional.empty());

        assertThat(schedule.due()).isEmpty();
    }

    @Test
    void review_endsAtOnce_whereTooFewOthersAreLeft() {
        TestRoom room = enter(GLASS.replace("lone", "officers"));
        room.conduct();
        room.front.thenGive(Choose.class, Long.toString(only(room).glass())).thenGive(Choose.class, "abort");

        assertThat(room.conduct(LATER, reviewing("officers"))).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).containsExactly("ceremony.review_too_few");
        assertThat(only(room).open()).isTrue();
    }

    @Test
    void review_byAnotherRoleThanWasSaid_isRefused() {
        TestRoom room = enter(GLASS.replace("reviewed_by: officer", "reviewed_by: witness"));
        room.conduct();
        room.front.thenGive(Choose.class, Long.toString(only(room).glass())).thenGive(Choose.class, "abort");

        assertThat(room.conduct(LATER, reviewing("lone"))).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).containsExactly("ceremony.review_wrong_role");
    }

    @Test
    void review_ofNothing_isRefused() {
        TestRoom room = enter(step("review_break_glass", "review", "quorum: officers"));
        room.front.thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).containsExactly("ceremony.nothing_to_review");
    }
}
