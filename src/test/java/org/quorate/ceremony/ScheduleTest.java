package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerKeys;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Script;

/// What is due follows from the ceremonies that were held, and from their scripts.
class ScheduleTest {
    private static final UUID LATER = UUID.fromString("00000000-0000-4000-8000-00000000000c");
    private static final String LOOK = step("confirm", "look", "statement: All is well.");
    private static final String CLOSE = step("read_exceptions", "read") + step("close_ceremony", "close");

    @TempDir
    private Path folder;

    private static List<Schedule.Due> due(Script script, Ceremony... ceremonies) {
        var schedule = new Schedule(LedgerKeys.none());
        for (Ceremony ceremony : ceremonies) {
            schedule.add(ceremony, Optional.of(script));
        }
        return schedule.due();
    }

    @Test
    void ceremony_isDueAgain_whenItsMonthsAreOver() {
        try (TestRoom room = new TestRoom(folder, LOOK, CLOSE)) {
            room.conduct();
            Instant closed = room.entries(EntryType.CEREMONY_CLOSE).getFirst().time();
            Instant by = closed.atOffset(ZoneOffset.UTC).plusMonths(3).toInstant();

            assertThat(due(every(TestRoom.script(LOOK, CLOSE), 3), room.now()))
                    .singleElement()
                    .satisfies(due -> {
                        assertThat(due.kind()).isEqualTo(Schedule.Kind.CEREMONY);
                        assertThat(due.title()).isEqualTo("A test");
                        assertThat(due.detail()).endsWith("and again every 3 months.");
                        assertThat(due.by()).isEqualTo(by);
                        assertThat(due.overdue(by)).isFalse();
                        assertThat(due.overdue(by.plusMillis(1))).isTrue();
                    });
            assertThat(due(TestRoom.script(LOOK, CLOSE), room.now())).isEmpty();
        }
    }

    @Test
    void abortedCeremony_movesNothing_andTheOneThatWasClosedCounts() {
        Script script = every(TestRoom.script(LOOK, CLOSE), 3);
        try (TestRoom room = new TestRoom(folder, LOOK, CLOSE)) {
            room.conduct();
            room.front.then(Confirm.class, new Answer.Abort<>("fire alarm"));
            room.conduct(LATER, TestRoom.script(LOOK, CLOSE));

            assertThat(room.later(LATER).status()).isEqualTo(Ceremony.Status.ABORTED);
            assertThat(due(script, room.now(), room.later(LATER))).isEqualTo(due(script, room.now()));
            assertThat(due(script, room.later(LATER))).isEmpty();
        }
    }

    @Test
    void keys_areDueWhenTheirCryptoperiodEnds_untilTheyAreDestroyed() throws IOException {
        String make = step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers");
        String destroy = step("destroy_key", "destroy", "key: root", "tokens: [primary]", "quorum: officers");
        try (TestRoom room = new TestRoom(folder, make)) {
            room.conduct();
            Instant made = room.entries(EntryType.INTENT).getFirst().time();

            assertThat(due(forOneYear(TestRoom.script(make)), room.now()))
                    .singleElement()
                    .satisfies(due -> {
                        assertThat(due.kind()).isEqualTo(Schedule.Kind.KEY);
                        assertThat(due.title()).isEqualTo("Key root-1");
                        assertThat(due.by())
                                .isEqualTo(made.atOffset(ZoneOffset.UTC)
                                        .plusYears(1)
                                        .toInstant());
                    });
        }
        try (TestRoom room = new TestRoom(Files.createDirectory(folder.resolve("destroyed")), make + destroy)) {
            room.conduct();

            assertThat(room.entries(EntryType.INTENT)).hasSize(2);
            assertThat(due(forOneYear(TestRoom.script(make + destroy)), room.now()))
                    .isEmpty();
        }
    }

    @Test
    void howOftenItIsHeld_standsInTheOpening_whereTheScriptSaysIt() {
        try (TestRoom room = new TestRoom(folder, LOOK, CLOSE)) {
            room.conduct(LATER, every(TestRoom.script(LOOK, CLOSE), 3));

            assertThat(room.later(LATER).opening().object("document").integer("repeat_months"))
                    .isEqualTo(3);
            assertThat(room.now().opening().object("document").has("repeat_months"))
                    .isFalse();
        }
    }

    /// Somebody took the months out of the script, and it is not overdue for ever.
    @Test
    void scriptThatComesAgainNoMore_isDueNoMore() {
        Script once = TestRoom.script(LOOK, CLOSE);
        try (TestRoom room = new TestRoom(folder, LOOK, CLOSE)) {
            room.conduct();
            room.conduct(LATER, once);
            var schedule = new Schedule(room.ledger.keys());
            schedule.add(room.now(), Optional.of(every(once, 3)));
            assertThat(schedule.due()).hasSize(1);

            schedule.add(room.later(LATER), Optional.of(once));

            assertThat(schedule.due()).isEmpty();
        }
    }

    @Test
    void keyThatWasNotMade_isNotDue_andWhatIsDueFirstComesFirst() throws IOException {
        String make = step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers");
        try (TestRoom room = new TestRoom(folder, make)) {
            room.hsm.fault = Optional.of(new TestHsm.Fault(TestHsm.Effect.NOTHING, TestHsm.Reply.REFUSED));
            room.front.thenGive(Choose.class, "abort");
            room.conduct();

            assertThat(room.entries(EntryType.INTENT)).hasSize(1);
            assertThat(due(forOneYear(TestRoom.script(make)), room.now())).isEmpty();
        }
        try (TestRoom room = new TestRoom(Files.createDirectory(folder.resolve("made")), make, CLOSE)) {
            room.conduct();

            assertThat(due(every(forOneYear(TestRoom.script(make, CLOSE)), 24), room.now()))
                    .extracting(Schedule.Due::kind)
                    .containsExactly(Schedule.Kind.KEY, Schedule.Kind.CEREMONY);
        }
    }

    /// A copy ends with its key, however late it was made; and a token that is emptied takes nothing from another one.
    @Test
    void copyOfAKey_isAsOldAsTheKey_andOutlivesTheTokenThatItCameFrom() {
        String[] copy = {
            step("generate_key_pair", "transport", "key: transport", "token: backup", "quorum: officers"),
            step("import_trusted_key", "trust", "key: transport", "from: backup", "to: primary", "quorum: officers"),
            step("generate_secret_key", "wrapping", "key: wrapping", "token: primary", "quorum: officers"),
            step(
                    "transfer_key",
                    "transfer",
                    "key: wrapping",
                    "under: transport",
                    "from: primary",
                    "to: backup",
                    "quorum: officers")
        };
        String[] empty = {
            step(
                    "zeroise_token",
                    "end",
                    "token: primary",
                    "quorum: officers",
                    "so_pin_by: security_officer",
                    "user_pin_by: officer")
        };
        try (TestRoom room = new TestRoom(folder, copy)) {
            room.conduct();
            var schedule = new Schedule(room.ledger.keys());
            schedule.add(room.now(), Optional.of(forOneYear(room.script)));
            List<Schedule.Due> wrapping = schedule.due().stream()
                    .filter(due -> due.title().contains("wrapping-1"))
                    .toList();
            assertThat(wrapping).hasSize(2);
            assertThat(wrapping.stream().map(Schedule.Due::by).distinct()).hasSize(1);
            List<Schedule.Due> before = schedule.due();

            // The HSM in memory keeps its objects, which ends the step after the act.
            room.front.thenGive(Choose.class, "abort");
            room.conduct(LATER, TestRoom.script(empty));
            schedule.add(room.later(LATER), Optional.of(TestRoom.script(empty)));

            assertThat(schedule.due())
                    .isEqualTo(before.stream()
                            .filter(due -> due.detail().contains("backup"))
                            .toList())
                    .hasSize(2);
        }
    }

    private static Script every(Script script, int months) {
        Script.DocumentControl own = script.document();
        return with(
                script,
                new Script.DocumentControl(
                        own.owner(),
                        own.reviewers(),
                        own.approvers(),
                        own.classification(),
                        own.retention(),
                        own.nextReview(),
                        own.implementsPolicy(),
                        own.approvedBy(),
                        Optional.of(months)),
                script.cast());
    }

    private static Script forOneYear(Script script) {
        var keys = new LinkedHashMap<String, KeyDefinition>();
        Script.Cast own = script.cast();
        own.keys()
                .forEach((name, key) ->
                        keys.put(name, new KeyDefinition(key.label(), key.spec(), key.purpose(), Optional.of(1))));
        return with(script, script.document(), new Script.Cast(own.roles(), own.quorums(), own.tokens(), keys));
    }

    private static Script with(Script script, Script.DocumentControl document, Script.Cast cast) {
        return new Script(
                script.id(),
                script.version(),
                script.title(),
                script.kind(),
                document,
                cast,
                script.acts(),
                script.waivers(),
                script.source());
    }
}
