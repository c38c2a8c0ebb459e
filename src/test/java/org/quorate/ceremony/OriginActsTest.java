package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.EntryType;

/// Keys that an earlier ceremony brought to a token.
class OriginActsTest {
    private static final UUID LATER = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final String MAKE =
            step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers");
    private static final String FIND = step("identify_key", "find", "key: root", "token: primary");
    private static final UUID LAST = UUID.fromString("00000000-0000-4000-8000-00000000000c");
    private static final String FIND_COPYABLE = step("identify_key", "find", "key: copyable_root", "token: primary");
    private static final String FIND_ELSEWHERE = step("identify_key", "find", "key: root", "token: backup");

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

    private static StepRun find(TestRoom room) {
        return room.later(LATER).latest("find").orElseThrow();
    }

    private static String problem(TestRoom room) {
        return find(room).end().orElseThrow().data().object("problem").string("problem");
    }

    @Test
    void keyOfAnEarlierCeremony_isFound_withWhereItComesFrom() {
        TestRoom room = room(MAKE);
        room.conduct();

        assertThat(room.conduct(LATER, TestRoom.script(FIND))).isEqualTo(Conductor.Ending.CLOSED);

        Json.Obj found = room.later(LATER)
                .observation("identified_key", "root", "primary")
                .orElseThrow()
                .data()
                .object("detail");
        assertThat(found.integer("origin"))
                .isEqualTo(room.entries(EntryType.INTENT).getFirst().seq());
        assertThat(room.later(LATER).keyOn("root", "primary"))
                .isEqualTo(room.now().keyOn("root", "primary"));
        assertThat(room.later(LATER).observation("public_key", "root", "primary"))
                .isPresent();
    }

    @Test
    void keyThatNoCeremonyMade_isRefused() {
        TestRoom room = room(MAKE);
        room.conduct();
        room.hsm.token("S2").takeFrom(room.hsm.token("S1"));
        room.front.thenGive(Question.Choose.class, "abort");

        assertThat(room.conduct(LATER, TestRoom.script(FIND_ELSEWHERE))).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problem(room)).isEqualTo("ceremony.key_of_unknown_origin");
    }

    @Test
    void tokenWithoutTheKey_isRefused() {
        TestRoom room = room(MAKE);
        room.conduct();
        room.hsm.token("S1").forget(ObjectClass.PRIVATE_KEY);
        room.front.thenGive(Question.Choose.class, "abort");

        assertThat(room.conduct(LATER, TestRoom.script(FIND))).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problem(room)).isEqualTo("ceremony.keys_of_that_label");
    }

    @Test
    void anotherKeyUnderTheSameId_isRefused() {
        TestRoom room = room(MAKE);
        room.conduct();
        room.hsm.token("S1").swapPublicKey();
        room.front.thenGive(Question.Choose.class, "abort");

        assertThat(room.conduct(LATER, TestRoom.script(FIND))).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problem(room)).isEqualTo("ceremony.key_differs");
    }

    @Test
    void keyThatIsToBeCopiedFurther_mustStillBeExtractable() {
        TestRoom room = room(MAKE);
        room.conduct();
        assertThat(room.conduct(LATER, TestRoom.script(FIND_COPYABLE))).isEqualTo(Conductor.Ending.CLOSED);
        try (TokenSession session =
                room.hsm.token("S1").open(new Token.Login.None()).orThrow()) {
            session.objects().stream()
                    .filter(object -> object.kind() == ObjectClass.PRIVATE_KEY)
                    .forEach(object ->
                            session.set(object, Attribute.EXTRACTABLE, false).orThrow());
        }
        room.front.thenGive(Question.Choose.class, "abort");

        assertThat(room.conduct(LAST, TestRoom.script(FIND_COPYABLE))).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.later(LAST)
                        .latest("find")
                        .orElseThrow()
                        .observation("key_report")
                        .orElseThrow()
                        .data()
                        .string("verdict"))
                .isEqualTo("differs");
    }
}
