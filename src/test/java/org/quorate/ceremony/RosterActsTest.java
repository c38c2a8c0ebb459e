package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Compare;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ceremony.Question.PickCard;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.directory.OpensslSigner;

class RosterActsTest {
    private static final String OFFICERS =
            step("check_roster", "check-officers", "role: officer", "group: hsm-officers", "file: groups.p7m");
    private static final String WITNESSES =
            step("check_roster", "check-witnesses", "role: witness", "group: hsm-witnesses", "file: groups.p7m");
    private static final String ENROL =
            step("enrol_card", "enrol", "roles: [officer]", "quorum: officers", "photo: dora.jpg");
    private static final byte[] PHOTO = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1};

    @TempDir
    private static Path signing;

    @TempDir
    private Path folder;

    private static OpensslSigner signer;

    @BeforeAll
    static void makeSigner() throws Exception {
        signer = new OpensslSigner(signing);
    }

    private static byte[] groups(String... officers) throws Exception {
        var csv = new StringBuilder("group,name\nhsm-witnesses,wil\n");
        List.of(officers)
                .forEach(name -> csv.append("hsm-officers,").append(name).append('\n'));
        return signer.sign(csv.toString());
    }

    private TestRoom room(byte[] file, String... steps) {
        var room = new TestRoom(folder, steps);
        room.front.thenBring(() -> file);
        return room;
    }

    @Test
    void groupsThatAgree_areOnRecord_andTheSignerIsComparedOnce() throws Exception {
        try (TestRoom room = room(groups("Ann", "bob", "cem"), OFFICERS, WITNESSES)) {

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.observed("roster_checked"))
                    .extracting(data -> data.string("verdict"))
                    .containsExactly("matches", "matches");
            assertThat(room.front.count(BringFile.class)).isOne();
            assertThat(room.front.asked).filteredOn(Compare.class::isInstance).hasSize(1);
        }
    }

    @Test
    void whoIsInOneOfThemOnly_isReadAloud_andItIsOnRecordWhatBecomesOfIt() throws Exception {
        try (TestRoom room = room(groups("ann", "bob", "dora"), OFFICERS)) {
            room.front.thenGive(Enter.class, "Dora is enrolled today. Cem's card is retired.");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            Json.Obj found = room.observed("roster_checked").getFirst();
            assertThat(found.string("verdict")).isEqualTo("differs");
            assertThat(found.object("detail").strings("no_card")).containsExactly("dora");
            assertThat(found.object("detail").strings("no_member")).containsExactly("cem");
            assertThat(room.front.asked)
                    .filteredOn(Confirm.class::isInstance)
                    .extracting(question -> ((Confirm) question).statement())
                    .anyMatch(read -> read.contains("dora") && read.contains("cem"));
            assertThat(room.observed("differences_next").getFirst().string("text"))
                    .contains("Dora is enrolled");
        }
    }

    @Test
    void differencesWithoutAnAnswer_areNotAccepted() throws Exception {
        try (TestRoom room = room(groups("ann"), OFFICERS)) {
            room.conduct();

            Enter asked = (Enter) room.front.asked.stream()
                    .filter(Enter.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            assertThat(asked.check().apply(" ")).isPresent();
            assertThat(asked.check().apply("Put right tomorrow.")).isEmpty();
        }
    }

    @Test
    void signerWhomNobodyKnows_endsTheStep() throws Exception {
        try (TestRoom room = room(groups("ann", "bob", "cem"), OFFICERS)) {
            room.front
                    .thenGive(Compare.class, new Question.Verdict.No("the letter says otherwise"))
                    .thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);
            assertThat(room.observed("roster_checked")).isEmpty();
        }
    }

    /// Another team's signature is compared on its own, and one that people denied is compared again.
    @Test
    void eachSigner_isComparedUntilPeopleSayThatItIsTheirs() throws Exception {
        byte[] others = new OpensslSigner(Files.createDirectory(signing.resolve("others")))
                .sign("group,name\nhsm-witnesses,wil\n");
        byte[] ours = groups("ann", "bob", "cem");
        String second =
                step("check_roster", "check-witnesses", "role: witness", "group: hsm-witnesses", "file: others.p7m");
        try (TestRoom room = new TestRoom(folder, OFFICERS, second)) {
            room.front.always(BringFile.class, asked -> asked.fileName().equals("others.p7m") ? others : ours);
            room.front
                    .thenGive(Compare.class, new Question.Verdict.No("not in the letter"))
                    .thenGive(Choose.class, "retry");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.observed("directory_signer"))
                    .extracting(data -> data.string("verdict"))
                    .containsExactly("differs", "matches", "matches");
        }
    }

    @Test
    void file_isKeptWhole_underItsDigest() throws Exception {
        byte[] file = groups("ann", "bob", "cem");
        try (TestRoom room = room(file, OFFICERS)) {
            room.conduct();

            Json.Obj brought = room.observed("file_brought").getFirst();
            assertThat(brought.string("text")).isEqualTo(Digest.of(file).grouped());
            assertThat(room.ledger.artefact(Digest.fromArtefactName(brought.string("artefact"))))
                    .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(file));
        }
    }

    /// Who may hold a card as an officer is not said by the group of the witnesses.
    @Test
    void newCard_isComparedWithTheGroupOfItsOwnRole() throws Exception {
        try (TestRoom room = room(groups("ann"), WITNESSES, ENROL)) {
            enrolDora(room);
            room.front.thenGive(Choose.class, "new").thenBring(PHOTO::clone);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.entries(EntryType.KEY_ADD)).hasSize(1);
        }
    }

    @Test
    void groupThatIsNotInTheFile_endsTheStep_withThoseThatAre() throws Exception {
        try (TestRoom room = room(
                groups("ann"),
                step("check_roster", "check-officers", "role: officer", "group: hsm-admins", "file: groups.p7m"))) {
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.notices.getFirst().id()).isEqualTo("ceremony.no_such_group");
            assertThat(room.front.notices.getFirst().cause()).contains("hsm-officers, hsm-witnesses");
        }
    }

    @Test
    void fileThatIsNotSigned_isRefusedWhereItIsBrought() throws Exception {
        try (TestRoom room = room(groups("ann", "bob", "cem"), OFFICERS)) {
            room.conduct();

            BringFile asked = (BringFile) room.front.asked.stream()
                    .filter(BringFile.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            assertThat(asked.check().apply("group,name".getBytes(StandardCharsets.UTF_8)))
                    .get()
                    .asString()
                    .contains("no signed export");
            assertThat(asked.check().apply(groups("ann"))).isEmpty();
        }
    }

    @Test
    void newCard_isGivenToSomebodyInTheGroup_withAPhotograph() throws Exception {
        try (TestRoom room = room(groups("ann", "bob", "cem", "dora"), OFFICERS, ENROL)) {
            enrolDora(room);
            room.front.thenGive(Choose.class, "new").thenBring(PHOTO::clone);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.entries(EntryType.KEY_ADD)).hasSize(1);
            assertThat(room.observed("file_brought"))
                    .extracting(data -> data.object("detail").string("file"))
                    .containsExactly("groups.p7m", "dora.jpg");
            BringFile photo = (BringFile) room.front.asked.stream()
                    .filter(BringFile.class::isInstance)
                    .reduce((first, second) -> second)
                    .orElseThrow();
            assertThat(photo.check().apply(new byte[] {'G', 'I', 'F', '8'})).isPresent();
            assertThat(photo.check().apply(PHOTO)).isEmpty();
        }
    }

    @Test
    void newCard_isNotGivenToSomebodyElse() throws Exception {
        try (TestRoom room = room(groups("ann", "bob", "cem"), OFFICERS, ENROL)) {
            enrolDora(room);
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.not_in_group");
            assertThat(room.entries(EntryType.KEY_ADD)).isEmpty();
        }
    }

    private static void enrolDora(TestRoom room) {
        room.front
                .thenGive(PickCard.class, room.dora)
                .thenPresent(room.ann, TestCard.PIN)
                .thenPresent(room.bob, TestCard.PIN)
                .thenPresent(room.dora, TestCard.PIN);
    }
}
