package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.Console.Examined;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Script;

/// What a review of the evidence lists, and that each finding gets an answer.
class ReviewActsTest {
    private static final UUID REVIEW = UUID.fromString("00000000-0000-4000-8000-00000000000c");
    private static final String LOOK = step("confirm", "look", "statement: All is well.");
    private static final String CLOSE = step("read_exceptions", "read") + step("close_ceremony", "close");

    @TempDir
    private Path folder;

    private static Script review(int days) {
        return TestRoom.script(step("review_evidence", "review", "days: " + days));
    }

    private static Json.Obj observed(TestRoom room, String name) {
        return room.later(REVIEW)
                .of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Json.Obj artefact(TestRoom room, String name) {
        Digest hash = Digest.fromArtefactName(observed(room, name).string("artefact"));
        return Json.parseObject(room.ledger.artefact(hash).orElseThrow());
    }

    private static List<String> kinds(TestRoom room) {
        return artefact(room, "evidence_listed").objects("findings").stream()
                .map(finding -> finding.string("kind"))
                .toList();
    }

    private static long asked(TestRoom room) {
        return room.front.asked.stream()
                .filter(question ->
                        question instanceof Enter enter && enter.name().startsWith("finding_"))
                .count();
    }

    @Test
    void ceremoniesOfThePeriod_areListedWithWhatTheVerifierSays_andReadAloud() {
        try (TestRoom room = new TestRoom(folder, LOOK, CLOSE)) {
            room.conduct();

            assertThat(room.conduct(REVIEW, review(92))).isEqualTo(Conductor.Ending.CLOSED);

            Json.Obj listed = artefact(room, "evidence_listed");
            assertThat(listed.string("format")).isEqualTo("quorate-review/1");
            assertThat(listed.objects("ceremonies")).singleElement().satisfies(one -> {
                assertThat(one.string("title")).isEqualTo("A test");
                assertThat(one.string("state")).isEqualTo("closed");
                assertThat(one.string("record")).isEqualTo("valid");
            });
            assertThat(room.front.asked)
                    .filteredOn(Confirm.class::isInstance)
                    .anyMatch(question -> question.toString().contains("closed; its record verifies"));
        }
    }

    @Test
    void recordThatDoesNotVerify_isAFinding_andWhatBecomesOfItIsKept() {
        try (TestRoom room = new TestRoom(folder, LOOK, CLOSE)) {
            room.conduct();
            room.examined = _ -> new Examined(Examined.State.WRONG, "A page differs.", Optional.empty());
            room.front.thenGive(Enter.class, "Ann gets the mirror's copy by Friday.");

            room.conduct(REVIEW, review(92));

            assertThat(kinds(room)).startsWith("record_wrong");
            assertThat(observed(room, "evidence_listed").string("verdict")).isEqualTo("differs");
            Json.Obj first =
                    artefact(room, "evidence_reviewed").objects("findings").getFirst();
            assertThat(first.string("text")).contains("A page differs.");
            assertThat(first.string("becomes")).isEqualTo("Ann gets the mirror's copy by Friday.");
            assertThat(asked(room)).isEqualTo(kinds(room).size());
        }
    }

    @Test
    void missingRecords_exceptionsAndBrokenGlasses_areFound() {
        try (TestRoom room = new TestRoom(
                folder,
                step("break_glass", "glass", "quorum: lone", "review_within_days: 3", "reviewed_by: officer"),
                CLOSE)) {
            room.front.thenGive(Enter.class, "The signer fails at noon.");
            room.front.then(
                    Question.PresentCard.class,
                    new Answer.RecordException<>(new ExceptionSheet("a seal", "no seal", "go on", "ann", "wil")));
            room.conduct();
            room.examined = _ -> new Examined(Examined.State.MISSING, "", Optional.of(room.script));

            room.conduct(REVIEW, review(92));

            assertThat(kinds(room))
                    .contains("record_missing", "exception", "review_due")
                    .doesNotContain("card_unused");
        }
    }

    /// The clock goes on by a hundred days, in which only those who hold the review use their cards.
    @Test
    void cardsThatNobodyUsed_areFound_andWhatIsOlderIsNotListed() {
        try (TestRoom room = new TestRoom(folder, LOOK, CLOSE)) {
            room.conduct();
            room.people.clock.pass(Duration.ofDays(100));

            room.conduct(REVIEW, review(92));

            assertThat(artefact(room, "evidence_listed").objects("ceremonies")).isEmpty();
            assertThat(kinds(room)).isNotEmpty().containsOnly("card_unused");
        }
    }

    @Test
    void keysPastTheirCryptoperiod_areFound_untilTheyAreDestroyed() {
        String make = step("generate_key_pair", "generate", "key: code", "token: primary", "quorum: officers");
        String destroy = step("destroy_key", "destroy", "key: code", "tokens: [primary]", "quorum: officers");
        try (TestRoom room = new TestRoom(folder, make, CLOSE)) {
            room.conduct();
            room.examined = _ -> new Examined(Examined.State.VALID, "", Optional.of(forOneYear(room.script)));
            room.people.clock.pass(Duration.ofDays(364));
            room.conduct(REVIEW, review(92));
            assertThat(kinds(room)).doesNotContain("key_too_old");

            room.people.clock.pass(Duration.ofDays(2));
            UUID second = UUID.randomUUID();
            room.conduct(second, review(92));
            assertThat(tooOld(room, second)).singleElement().asString().contains("code-1", "primary");

            Script identify = TestRoom.script(
                    step("identify_token", "identify", "token: primary"),
                    step("identify_key", "find", "key: code", "token: primary"),
                    destroy);
            assertThat(room.conduct(UUID.randomUUID(), identify)).isEqualTo(Conductor.Ending.CLOSED);
            UUID third = UUID.randomUUID();
            room.conduct(third, review(92));
            assertThat(tooOld(room, third)).isEmpty();
        }
    }

    private static List<String> tooOld(TestRoom room, UUID review) {
        return room.later(review)
                .of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").startsWith("finding_"))
                .map(data -> data.string("label"))
                .filter(label -> label.contains("cryptoperiod"))
                .toList();
    }

    private static Script forOneYear(Script script) {
        var keys = new LinkedHashMap<String, KeyDefinition>();
        script.cast()
                .keys()
                .forEach((name, key) ->
                        keys.put(name, new KeyDefinition(key.label(), key.spec(), key.purpose(), Optional.of(1))));
        var cast = new Script.Cast(
                script.cast().roles(), script.cast().quorums(), script.cast().tokens(), keys);
        return new Script(
                script.id(),
                script.version(),
                script.title(),
                script.kind(),
                script.document(),
                cast,
                script.acts(),
                script.waivers(),
                script.source());
    }

    @Test
    void answersMayNotBeBlank_andAReviewThatIsResumedHasTheSameList() {
        try (TestRoom room = new TestRoom(folder, LOOK, CLOSE)) {
            room.conduct();
            room.examined = _ -> new Examined(Examined.State.MISSING, "", Optional.empty());
            room.front.then(Enter.class, new Answer.Pause<>("lunch"));

            assertThat(room.conduct(REVIEW, review(92))).isEqualTo(Conductor.Ending.PAUSED);
            Json.Obj listed = artefact(room, "evidence_listed");
            room.examined = _ -> new Examined(Examined.State.VALID, "", Optional.empty());
            assertThat(Conductor.conduct(REVIEW, review(92), room.equipment(), room.desk(), room.front))
                    .isEqualTo(Conductor.Ending.CLOSED);

            assertThat(artefact(room, "evidence_reviewed").objects("findings"))
                    .hasSameSizeAs(listed.objects("findings"))
                    .allMatch(finding -> finding.has("becomes"));
            Enter asked = (Enter) room.front.asked.stream()
                    .filter(Enter.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            assertThat(asked.check().apply(" ")).isPresent();
            assertThat(asked.check().apply("Done.")).isEmpty();
        }
    }
}
