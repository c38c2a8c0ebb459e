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
